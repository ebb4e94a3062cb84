//! x
use crate::world::Shared;
use axum::extract::State;
pub(crate) async fn open(State(_s): State<Shared>) {}
pub(crate) async fn screen(State(_s): State<Shared>) {}
pub(crate) async fn follow(State(_s): State<Shared>) {}
pub(crate) async fn done(State(_s): State<Shared>) {}
