//! What went through a proxy.

use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;

use super::{
    bend::{is_heartbeat, is_state},
    fault::Call,
};

/// What went through. No values of answers are kept.
#[derive(Debug, Default)]
pub struct Log {
    /// When each connection was accepted.
    pub accepted: Vec<Instant>,
    /// How often each call was asked for.
    asked: HashMap<Call, usize>,
    /// How often each call's answer went out to its end.
    answered: HashMap<Call, usize>,
    /// How many bytes a call's answer had that went out whole, its head included; of an event
    /// stream, up to the end of its first event.
    sizes: HashMap<Call, usize>,
    /// Heartbeats that went through.
    pub heartbeats: usize,
    /// The states that event streams told, as they came from the service.
    pub(super) states: Vec<Vec<u8>>,
}

impl Log {
    pub(super) fn accepted(&mut self) {
        self.accepted.push(Instant::now());
    }

    pub(super) fn asked(&mut self, call: Call) {
        *self.asked.entry(call).or_default() += 1;
    }

    pub(super) fn answered(&mut self, call: Call) {
        *self.answered.entry(call).or_default() += 1;
    }

    pub(super) fn whole(&mut self, call: Call, bytes: usize) {
        self.sizes.insert(call, bytes);
    }

    pub(super) fn frame(&mut self, frame: &[u8]) {
        if is_state(frame) {
            self.states.push(frame.to_vec());
        }
        if is_heartbeat(frame) {
            self.heartbeats += 1;
        }
    }

    pub fn count(&self, call: Call) -> usize {
        self.asked.get(&call).copied().unwrap_or_default()
    }

    pub fn count_answered(&self, call: Call) -> usize {
        self.answered.get(&call).copied().unwrap_or_default()
    }

    pub fn size(&self, call: Call) -> usize {
        self.sizes.get(&call).copied().unwrap_or_default()
    }

    /// All that was asked for, whatever it was.
    pub fn total(&self) -> usize {
        self.asked.values().sum()
    }

    /// The most connections that were accepted within any span of this length, since then.
    pub fn most_accepted_within(&self, span: Duration, since: Instant) -> usize {
        let times: Vec<Instant> = self
            .accepted
            .iter()
            .copied()
            .filter(|at| *at >= since)
            .collect();
        let from = |first: usize| {
            let end = times[first] + span;
            times[first..].partition_point(|at| *at < end)
        };
        (0..times.len()).map(from).max().unwrap_or_default()
    }
}
