//! Every connection, and how its flow stands.

/// Every connection, and how its flow stands.
#[derive(Debug, Default)]
pub struct Roster {}
