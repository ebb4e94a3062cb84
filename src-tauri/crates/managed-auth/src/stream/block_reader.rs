//! `eventsource-stream`, fed with whole blocks.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

use eventsource_stream::EventStream;
use futures_util::Stream;

use super::{block::FinishedBlock, decoder::RawEvent};

/// Turns blocks into events, and keeps the last event id from one to the next.
///
/// `eventsource-stream` pulls its input from a stream. Here that stream is a slot which holds
/// one block, so reading a block is to fill the slot and to poll until it is empty again.
pub(super) struct BlockReader {
    slot: Slot,
    events: EventStream<Slot>,
}

impl BlockReader {
    pub(super) fn new() -> Self {
        let slot = Slot::default();
        Self {
            events: EventStream::new(slot.clone()),
            slot,
        }
    }

    /// The event of a block, or `None` if it only sets the last event id.
    pub(super) fn read(&mut self, block: FinishedBlock) -> Option<RawEvent> {
        self.slot.fill(block);
        // Nobody has to be woken: an empty slot is only filled here, before the next poll.
        let mut context = Context::from_waker(Waker::noop());
        match Pin::new(&mut self.events).poll_next(&mut context) {
            Poll::Ready(Some(Ok(event))) => Some(RawEvent {
                event: event.event,
                data: event.data,
                id: event.id,
            }),
            // The slot never fails nor ends, and a block is valid by construction. So what is
            // left is an empty slot, after a block without data.
            Poll::Ready(_) | Poll::Pending => None,
        }
    }
}

/// Room for one block, shared between the reader and `eventsource-stream`.
///
/// It gives one line at a time: that crate moves all it has not read yet at every line, so a
/// block of many lines in one piece would take quadratic time.
#[derive(Clone, Default)]
struct Slot(Arc<Mutex<Option<FinishedBlock>>>);

impl Slot {
    fn fill(&self, block: FinishedBlock) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(block);
    }

    fn next_line(&self) -> Option<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_mut()?
            .next()
    }
}

impl Stream for Slot {
    type Item = Result<String, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.next_line()
            .map_or(Poll::Pending, |line| Poll::Ready(Some(Ok(line))))
    }
}
