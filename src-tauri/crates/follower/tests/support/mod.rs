//! What the tests of bad networks are made of, beside the proxy that hurts: the service behind it,
//! a follower that is watched, and chance that can be repeated.

pub(crate) mod dice;
pub(crate) mod gauge;
pub(crate) mod service;
pub(crate) mod watched;
