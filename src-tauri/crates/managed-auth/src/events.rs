//! The event stream of a connection, as it comes in.

use std::{
    collections::VecDeque,
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};

use crate::{
    error::Error,
    event::FlowEvent,
    stream::{Decoded, Decoder},
};

/// What the service answers when asked for events.
#[derive(Debug)]
pub enum Events {
    /// A stream.
    Open(EventStream),
    /// 204: there is nothing to follow. WHATWG HTML "server-sent events" says not to ask again.
    Nothing,
}

/// What comes out of an event stream. Each is a sign of life.
#[derive(Clone, Debug)]
pub enum StreamItem {
    /// An event.
    Event(FlowEvent),
    /// The server wishes this pause before a reconnection; at most a day.
    Retry(Duration),
    /// One event was larger than the bound, and is lost. The stream goes on.
    TooLarge,
    /// Bytes have come that complete nothing, such as a comment or a part of an event.
    Alive,
}

/// Events as they arrive.
///
/// It ends when the server ends it, or after one error if the connection breaks. It has no time
/// limit of its own: count the time since the last item.
pub struct EventStream {
    bytes: Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>,
    /// Boxed, so that the stream is cheap to hand on.
    decoder: Box<Decoder>,
    ready: VecDeque<StreamItem>,
    ended: bool,
}

impl EventStream {
    /// The events in a stream of bytes, with a bound on the fields of one event in bytes (see
    /// [`Decoder`]).
    pub fn new(
        bytes: impl Stream<Item = Result<Bytes, Error>> + Send + 'static,
        max_event: usize,
    ) -> Self {
        Self {
            bytes: Box::pin(bytes),
            decoder: Box::new(Decoder::new(max_event)),
            ready: VecDeque::new(),
            ended: false,
        }
    }

    fn receive(&mut self, chunk: &[u8]) {
        let decoded = self.decoder.push(chunk);
        if decoded.is_empty() && !chunk.is_empty() {
            self.ready.push_back(StreamItem::Alive);
        }
        self.ready.extend(decoded.into_iter().map(StreamItem::from));
    }
}

impl From<Decoded> for StreamItem {
    fn from(decoded: Decoded) -> Self {
        match decoded {
            Decoded::Event(event) => Self::Event(FlowEvent::parse(&event.event, &event.data)),
            Decoded::Retry(pause) => Self::Retry(pause),
            Decoded::TooLarge => Self::TooLarge,
        }
    }
}

impl Stream for EventStream {
    type Item = Result<StreamItem, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match self.bytes.poll_next_unpin(context) {
                Poll::Ready(Some(Ok(chunk))) => self.receive(&chunk),
                Poll::Ready(Some(Err(error))) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => self.ended = true,
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
