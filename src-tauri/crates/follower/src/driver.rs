//! The loop that carries out effects.

use std::{future::pending, pin::pin, sync::Arc, time::Duration};

use futures_util::{StreamExt, future::BoxFuture};
use jiff::Timestamp;
use login_flow::{Answer, AnswerProblem, Effect, Flow, Input, Moment, View};
use managed_auth::{
    Client, Connection, Error, EventStream, Events, Page, PageRequest, Read, StreamItem,
    Submission, TimelineEvent, TimelineKind,
};
use secrecy::SecretString;
use tokio::{
    sync::{mpsc, oneshot, watch},
    time::{Instant, sleep_until, timeout},
};

use crate::{FlowPage, Gate};

/// What a person wants of a flow.
#[derive(Debug)]
pub(crate) enum Request {
    Answer(Answer, oneshot::Sender<Result<(), AnswerProblem>>),
    CheckAgain,
    Page(FlowPage, oneshot::Sender<Option<SecretString>>),
}

/// One flow with what is on its way for it.
pub(crate) struct Driver {
    client: Client,
    gate: Option<Gate>,
    connection_id: String,
    flow: Flow,
    views: watch::Sender<Arc<View>>,
    started: Instant,
    read: Option<BoxFuture<'static, Result<Read<Connection>, Error>>>,
    stream: Line,
    timeline: Option<BoxFuture<'static, Result<Page<TimelineEvent>, Error>>>,
    submit: Option<BoxFuture<'static, Result<bool, Error>>>,
}

/// The event stream. Letting go of it means that it can't speak again.
enum Line {
    Closed,
    Opening(BoxFuture<'static, Result<Events, Error>>),
    Open(Box<EventStream>),
}

impl Driver {
    pub(crate) fn new(
        client: Client,
        gate: Option<Gate>,
        connection_id: String,
        flow: Flow,
        views: watch::Sender<Arc<View>>,
    ) -> Self {
        Self {
            client,
            gate,
            connection_id,
            flow,
            views,
            started: Instant::now(),
            read: None,
            stream: Line::Closed,
            timeline: None,
            submit: None,
        }
    }

    /// Follows until nobody can ask for anything any more.
    pub(crate) async fn run(mut self, mut inbox: mpsc::Receiver<Request>) {
        self.give(Input::Begin);
        loop {
            let deadline = self.flow.deadline();
            tokio::select! {
                request = inbox.recv() => match request {
                    Some(request) => self.serve(request),
                    None => return,
                },
                outcome = until_ready(&mut self.read) => self.give(match outcome {
                    Ok(read) => Input::Read {
                        connection: Box::new(read.value),
                        service_time: read.server_time,
                    },
                    Err(error) => Input::ReadFailed(error),
                }),
                outcome = until_ready(&mut self.timeline) => self.give(match outcome {
                    Ok(page) => Input::Timeline(page.items),
                    Err(error) => Input::TimelineFailed(error),
                }),
                outcome = until_ready(&mut self.submit) => self.give(Input::Submitted(outcome)),
                input = self.stream.next() => self.give(input),
                () = until(self.started, deadline) => self.give(Input::Tick),
            }
        }
    }

    fn serve(&mut self, request: Request) {
        match request {
            Request::Answer(answer, reply) => {
                let outcome = self.flow.answer(answer, self.now());
                let problem = outcome.map(|effects| self.carry_out(effects));
                // Whoever asked may be gone; the answer is on its way all the same.
                let _ = reply.send(problem);
            }
            Request::CheckAgain => self.give(Input::CheckAgain),
            Request::Page(page, reply) => {
                let known = self.flow.known();
                let url = known.and_then(|known| match page {
                    FlowPage::Hosted => known.hosted_url.clone(),
                    FlowPage::LiveView => known.live_view_url.clone(),
                });
                let _ = reply.send(url);
            }
        }
    }

    fn give(&mut self, input: Input) {
        let effects = self.flow.handle(input, self.now());
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Read => self.read = Some(self.begin_read()),
                Effect::DropRead => self.read = None,
                Effect::OpenStream => self.stream = Line::Opening(self.begin_stream()),
                Effect::CloseStream => self.stream = Line::Closed,
                Effect::AskTimeline(kind) => self.timeline = Some(self.begin_timeline(kind)),
                Effect::Submit(submission) => self.submit = Some(self.begin_submit(submission)),
            }
        }
        self.publish();
    }

    fn publish(&self) {
        let view = self.flow.view();
        self.views.send_if_modified(|published| {
            let is_newer = published.revision != view.revision;
            if is_newer {
                *published = Arc::new(view.clone());
            }
            is_newer
        });
    }

    fn begin_read(&self) -> BoxFuture<'static, Result<Read<Connection>, Error>> {
        let (client, id) = (self.client.clone(), self.connection_id.clone());
        let gate = self.gate.clone();
        Box::pin(async move { in_turn(gate.as_ref(), client.get(&id)).await })
    }

    fn begin_stream(&self) -> BoxFuture<'static, Result<Events, Error>> {
        let (client, id) = (self.client.clone(), self.connection_id.clone());
        let gate = self.gate.clone();
        Box::pin(async move { in_turn(gate.as_ref(), client.events(&id)).await })
    }

    fn begin_timeline(
        &self,
        kind: Option<TimelineKind>,
    ) -> BoxFuture<'static, Result<Page<TimelineEvent>, Error>> {
        let (client, id) = (self.client.clone(), self.connection_id.clone());
        let gate = self.gate.clone();
        Box::pin(async move {
            let newest = client.timeline_page(&id, kind.as_ref(), PageRequest::default());
            in_turn(gate.as_ref(), newest).await
        })
    }

    fn begin_submit(&self, submission: Submission) -> BoxFuture<'static, Result<bool, Error>> {
        let (client, id) = (self.client.clone(), self.connection_id.clone());
        Box::pin(async move { client.submit(&id, &submission).await })
    }

    fn now(&self) -> Moment {
        Moment {
            steady: self.started.elapsed(),
            wall: Timestamp::now(),
        }
    }
}

impl Line {
    /// The next thing the stream has to say; never, if there is no stream.
    async fn next(&mut self) -> Input {
        match self {
            Self::Closed => pending().await,
            Self::Opening(opening) => {
                let outcome = opening.await;
                *self = Self::Closed;
                match outcome {
                    Ok(Events::Open(stream)) => {
                        *self = Self::Open(Box::new(stream));
                        Input::StreamOpened
                    }
                    Ok(Events::Nothing) => Input::StreamRefused,
                    Err(error) => Input::StreamFailed(error),
                }
            }
            Self::Open(stream) => match stream.next().await {
                Some(Ok(StreamItem::Event(event))) => Input::StreamEvent(event),
                Some(Ok(StreamItem::Retry(pause))) => Input::StreamRetry(pause),
                Some(Ok(StreamItem::TooLarge)) => Input::StreamTooLarge,
                Some(Ok(StreamItem::Alive)) => Input::StreamAlive,
                Some(Err(error)) => {
                    *self = Self::Closed;
                    Input::StreamFailed(error)
                }
                None => {
                    *self = Self::Closed;
                    Input::StreamEnded
                }
            },
        }
    }
}

/// The longest that one turn keeps the gate's room from the others.
const LONGEST_TURN: Duration = Duration::from_secs(1);

/// Waits for a turn at the gate, if there is one, and then does this. Where it takes long, the
/// turn is over before it is done: flows that get no answer are not to hold up those that do.
async fn in_turn<T>(gate: Option<&Gate>, doing: impl Future<Output = T>) -> T {
    let Some(gate) = gate else {
        return doing.await;
    };
    let turn = gate.pass().await;
    let mut doing = pin!(doing);
    if let Ok(done) = timeout(LONGEST_TURN, doing.as_mut()).await {
        return done;
    }
    drop(turn);
    doing.await
}

/// Waits for what is on its way and takes it away; never, if nothing is.
async fn until_ready<T>(slot: &mut Option<BoxFuture<'static, T>>) -> T {
    let Some(on_its_way) = slot else {
        return pending().await;
    };
    let outcome = on_its_way.await;
    *slot = None;
    outcome
}

async fn until(started: Instant, deadline: Option<Duration>) {
    match deadline {
        Some(at) => sleep_until(started + at).await,
        None => pending().await,
    }
}
