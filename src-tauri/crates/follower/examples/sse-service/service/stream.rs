//! One stream, opened again and again as the rules of a flow say.
//!
//! `follower`'s own loop is bound to a connection's requests and gives events of a login only. So
//! this one carries out the effects of the same `Flow` for any address: when to open, how long to
//! wait, what ends it and which silence is too long are decided by the rules that Usher runs on,
//! and the bytes go through the same `Decoder`. The reads that a flow wants are answered here: a
//! login is in progress until the stream's answer says otherwise.

use std::{collections::VecDeque, future::pending, pin::Pin, time::Duration};

use axum::body::Bytes;
use futures_util::{StreamExt, future::BoxFuture};
use jiff::Timestamp;
use login_flow::{Audience, Effect, Flow, Following, Input, Moment};
use managed_auth::{Connection, Decoded, Decoder, Error, ErrorBody, RawEvent};
use serde_json::json;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until, timeout_at},
};

use super::{
    outbox::Outbox,
    protocol::{EventMessage, Message},
    request::{Opened, StreamRequest, broken},
};

pub(super) struct Stream {
    request: StreamRequest,
    outbox: Outbox,
    max_event: usize,
    flow: Flow,
    started: Instant,
    line: Line,
    /// What a read would say now.
    reads: Reads,
    /// What the flow is to be told before anything else.
    news: VecDeque<Input>,
    /// Whether the end has been told.
    is_over: bool,
}

enum Line {
    Closed,
    Opening(BoxFuture<'static, Result<Opened, Error>>),
    Open(Box<OpenLine>),
}

struct OpenLine {
    bytes: Pin<Box<dyn futures_util::Stream<Item = reqwest::Result<Bytes>> + Send>>,
    decoder: Decoder,
    /// When the last byte came.
    heard: Instant,
    /// Whether this stream has set an id. One that has none does not take away the old one.
    has_id: bool,
}

#[derive(Clone, Copy)]
enum Reads {
    /// There is something to follow.
    InProgress,
    /// There is nothing to follow, as the stream said with 204.
    NotRunning,
    /// It is not known, as the stream said with 404.
    NotFound,
}

/// What the line has to say.
enum Said {
    Opened,
    Nothing,
    Bytes(Bytes),
    Failed(Error),
    Ended,
}

impl Stream {
    pub(super) fn new(
        request: StreamRequest,
        outbox: Outbox,
        number: u64,
        max_event: usize,
    ) -> Self {
        Self {
            request,
            outbox,
            max_event,
            flow: Flow::new(Following {
                connection_id: "stream".to_owned(),
                audience: Audience::Support,
                started_until: None,
                seed: number,
            }),
            started: Instant::now(),
            line: Line::Closed,
            reads: Reads::InProgress,
            news: VecDeque::new(),
            is_over: false,
        }
    }

    /// Follows the stream until this is dropped. `first_delay` is taken as the server's `retry:`.
    pub(super) async fn run(mut self, mut restarts: mpsc::Receiver<()>, first_delay: Option<u64>) {
        if let Some(delay) = first_delay {
            self.give(Input::StreamRetry(Duration::from_millis(delay)))
                .await;
        }
        self.give(Input::Begin).await;
        loop {
            if let Some(input) = self.news.pop_front() {
                self.give(input).await;
                continue;
            }
            let deadline = self.flow.deadline();
            let said = tokio::select! {
                order = restarts.recv() => {
                    if order.is_none() {
                        return;
                    }
                    self.restart();
                    continue;
                }
                said = self.line.next(self.request.read_timeout, self.max_event) => said,
                () = until(self.started, deadline) => {
                    self.give(Input::Tick).await;
                    continue;
                }
            };
            self.hear(said).await;
        }
    }

    /// As if the server had ended the stream, and somebody did not want to wait.
    fn restart(&mut self) {
        self.reads = Reads::InProgress;
        self.line = Line::Closed;
        self.news.push_back(Input::StreamEnded);
        self.news.push_back(Input::CheckAgain);
    }

    async fn hear(&mut self, said: Said) {
        match said {
            Said::Opened => self.give(Input::StreamOpened).await,
            Said::Bytes(bytes) => self.take(&bytes).await,
            Said::Nothing => {
                self.reads = Reads::NotRunning;
                self.tell_error("there is nothing to follow (204)".to_owned())
                    .await;
                self.give(Input::StreamRefused).await;
            }
            Said::Failed(error) => {
                if matches!(error, Error::NotFound(_)) {
                    self.reads = Reads::NotFound;
                }
                self.tell_error(error.to_string()).await;
                self.give(Input::StreamFailed(error)).await;
            }
            // That a server ends a stream is how streams end.
            Said::Ended => self.give(Input::StreamEnded).await,
        }
    }

    async fn take(&mut self, bytes: &[u8]) {
        self.give(Input::StreamAlive).await;
        let Line::Open(line) = &mut self.line else {
            return;
        };
        for decoded in line.decoder.push(bytes) {
            match decoded {
                Decoded::Event(event) => {
                    if let Line::Open(line) = &mut self.line {
                        line.has_id |= !event.id.is_empty();
                        if line.has_id {
                            self.request.last_event_id.clone_from(&event.id);
                        }
                    }
                    self.tell_event(event).await;
                }
                Decoded::Retry(pause) => self.give(Input::StreamRetry(pause)).await,
                Decoded::TooLarge => {
                    self.tell_error("an event was larger than the limit and is lost".to_owned())
                        .await;
                    self.give(Input::StreamTooLarge).await;
                }
            }
        }
    }

    async fn give(&mut self, input: Input) {
        let now = Moment {
            steady: self.started.elapsed(),
            wall: Timestamp::now(),
        };
        let is_tick = matches!(input, Input::Tick);
        for effect in self.flow.handle(input, now) {
            match effect {
                Effect::Read => self.news.push_back(self.reads.outcome()),
                Effect::DropRead => self
                    .news
                    .retain(|input| !matches!(input, Input::Read { .. } | Input::ReadFailed(_))),
                Effect::OpenStream => self.line = Line::Opening(self.request.open()),
                Effect::CloseStream => {
                    self.line = Line::Closed;
                    if is_tick {
                        self.tell_error("the stream was silent for too long".to_owned())
                            .await;
                    }
                }
                // Nobody answers anything here, and nothing is forgotten.
                Effect::Submit(_) | Effect::AskTimeline(_) => {}
            }
        }
        let is_over = self.flow.view().stage.is_end();
        if std::mem::replace(&mut self.is_over, is_over) != is_over && is_over {
            self.tell_error("this is the end: it is not tried again".to_owned())
                .await;
        }
    }

    async fn tell_event(&mut self, event: RawEvent) {
        let event = EventMessage {
            kind: event.event,
            data: event.data,
            id: event.id,
        };
        self.outbox.send(&Message::Event { event }).await;
    }

    async fn tell_error(&mut self, error: String) {
        self.outbox.send(&Message::Error { error }).await;
    }
}

impl Line {
    /// The next thing the line has to say; never, if there is none.
    async fn next(&mut self, longest_silence: Option<Duration>, max_event: usize) -> Said {
        match self {
            Self::Closed => pending().await,
            Self::Opening(opening) => {
                let outcome = opening.await;
                *self = Self::Closed;
                match outcome {
                    Ok(Opened::Stream(response)) => {
                        *self = Self::Open(Box::new(OpenLine {
                            bytes: Box::pin(response.bytes_stream()),
                            decoder: Decoder::new(max_event),
                            heard: Instant::now(),
                            has_id: false,
                        }));
                        Said::Opened
                    }
                    Ok(Opened::Nothing) => Said::Nothing,
                    Err(error) => Said::Failed(error),
                }
            }
            Self::Open(line) => {
                let said = line.next(longest_silence).await;
                if !matches!(said, Said::Bytes(_)) {
                    *self = Self::Closed;
                }
                said
            }
        }
    }
}

impl OpenLine {
    async fn next(&mut self, longest_silence: Option<Duration>) -> Said {
        let outcome = match longest_silence {
            Some(longest) => match timeout_at(self.heard + longest, self.bytes.next()).await {
                Ok(outcome) => outcome,
                Err(_) => return Said::Failed(Error::Timeout),
            },
            None => self.bytes.next().await,
        };
        match outcome {
            Some(Ok(bytes)) => {
                self.heard = Instant::now();
                Said::Bytes(bytes)
            }
            Some(Err(error)) => Said::Failed(broken(&error)),
            None => Said::Ended,
        }
    }
}

impl Reads {
    fn outcome(self) -> Input {
        let flow_status = match self {
            Self::InProgress => json!("IN_PROGRESS"),
            Self::NotRunning => json!(null),
            Self::NotFound => return Input::ReadFailed(Error::NotFound(ErrorBody::default())),
        };
        let connection = json!({
            "id": "stream", "domain": "example.com", "profile_name": "p", "status": "NEEDS_AUTH",
            "save_credentials": false, "record_session": false, "flow_status": flow_status,
        });
        match serde_json::from_value::<Connection>(connection) {
            Ok(connection) => Input::Read {
                connection: Box::new(connection),
                service_time: None,
            },
            Err(_) => Input::ReadFailed(Error::Impossible("a connection can't be made up")),
        }
    }
}

async fn until(started: Instant, deadline: Option<Duration>) {
    match deadline {
        Some(at) => sleep_until(started + at).await,
        None => pending().await,
    }
}
