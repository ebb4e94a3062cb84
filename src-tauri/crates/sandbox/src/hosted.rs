//! x
use crate::world::Shared;
use axum::extract::State;
#[derive(Debug)]
pub(crate) struct Visit {}
pub(crate) async fn open(State(_s): State<Shared>) {}
pub(crate) async fn answer(State(_s): State<Shared>) {}
