//! What the tests of bad networks are made of: a proxy that hurts what goes through it, the
//! service behind it, a follower that is watched, and chance that can be repeated.

pub(crate) mod dice;
pub(crate) mod gauge;
pub(crate) mod proxy;
pub(crate) mod service;
pub(crate) mod watched;
