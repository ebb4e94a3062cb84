//! Support's world: one environment, worked in with a key that is accepted.

use std::{collections::HashMap, sync::Arc, time::Duration};

use follower::Gate;
use jiff::{SignedDuration, Timestamp};
use login_flow::{AnswerProblem, Stage, Text, Trouble, View};
use managed_auth::{Client, Connection, Error, Journal, LoginStarted, Read};
use secrecy::{ExposeSecret, SecretString};
use support::{Filter, NewNeed, Roster, Subject, Window, at, trouble_of};

use super::{
    authflows::Authflows,
    followed::Followed,
    news::{Messenger, What},
    opened::Opened,
    search::Search,
    walk::Walk,
};
use crate::{
    console_window::{LinkKind, Look, Reading},
    environment::Environment,
    handoff::{Handoff, nonce},
    login_window::{KeychainUse, PageKind},
    page_opener::Offer,
};

/// So many flows are followed, one stream each; the rest are renewed by the walk.
const MOST_FOLLOWED: usize = 200;
/// Reads and streams that may be on their way at once.
const ON_THEIR_WAY: usize = 8;
/// One begins at most this often: below 40 in a second.
const APART: Duration = Duration::from_millis(28);
/// So many ways back from hosted pages are remembered; the oldest are forgotten.
const MOST_WAYS_BACK: usize = 100;

/// Support's world. When it is dropped, everything in it stops.
pub(super) struct World {
    pub(super) environment: Environment,
    pub(super) client: Client,
    /// The key, to keep it once there is a keychain.
    pub(super) key: SecretString,
    pub(super) kept: KeychainUse,
    pub(super) organization: Option<Text>,
    /// What was tried.
    pub(super) journal: Journal,
    pub(super) messenger: Messenger,
    pub(super) roster: Roster,
    pub(super) flows: HashMap<String, Followed>,
    /// The connection that is open. While one is, no authflow is.
    pub(super) open: Option<Opened>,
    pub(super) authflows: Authflows,
    pub(super) look: Look,
    pub(super) search: Search,
    pub(super) reading: Reading,
    pub(super) in_control: Option<String>,
    pub(super) not_found: Option<Text>,
    gate: Gate,
    /// This computer's clock minus the service's.
    clock_ahead: SignedDuration,
    /// The links of the logins that were started here.
    pub(super) handoffs: HashMap<String, Handoff>,
    /// What was put into the return addresses of hosted pages, each once: the nonce and its
    /// connection, the oldest first.
    ways_back: Vec<(SecretString, String)>,
    _walk: Walk,
}

impl World {
    pub(super) fn begin(
        environment: Environment,
        client: Client,
        key: SecretString,
        kept: KeychainUse,
        messenger: Messenger,
        journal: Journal,
        authflows: Authflows,
    ) -> Self {
        let walk = Walk::begin(client.clone(), messenger.clone());
        let mut roster = Roster::default();
        roster.begin_walk();
        Self {
            environment,
            client,
            key,
            kept,
            organization: None,
            journal,
            messenger,
            roster,
            flows: HashMap::new(),
            open: None,
            authflows,
            look: Look {
                filter: Filter::All,
                query: String::new(),
                first: 0,
                count: 100,
            },
            search: Search::default(),
            reading: Reading::First { known: 0 },
            in_control: None,
            not_found: None,
            gate: Gate::new(ON_THEIR_WAY, APART),
            clock_ahead: SignedDuration::ZERO,
            handoffs: HashMap::new(),
            ways_back: Vec::new(),
            _walk: walk,
        }
    }

    /// Looks at another part of the list.
    pub(super) fn look(&mut self, look: Look) {
        self.search.set(&look.query, &self.client, &self.messenger);
        self.look = look;
    }

    /// The part of the list that is looked at.
    pub(super) fn window<'a>(&'a self, open: Option<&'a Subject>) -> Window<'a> {
        Window {
            filter: self.look.filter,
            query: &self.look.query,
            found: self.search.found.as_ref(),
            first: usize::try_from(self.look.first).unwrap_or(usize::MAX),
            count: usize::try_from(self.look.count.min(200)).unwrap_or(200),
            open,
        }
    }

    pub(super) fn open_id(&self) -> Option<&str> {
        self.open.as_ref().map(|open| open.id.as_str())
    }

    /// Opens a connection, or none.
    pub(super) async fn open(&mut self, id: Option<String>, by_link: bool) {
        self.authflows.close();
        let Some(id) = id else {
            return self.close_connection();
        };
        if self.in_control.as_ref() != Some(&id) {
            self.in_control = None;
        }
        self.not_found = None;
        if self.open_id() != Some(&id) {
            self.open = Some(Opened::new(id.clone(), by_link));
            self.let_go_of_ended();
        }
        self.refresh_open().await;
        self.read(id);
    }

    /// No connection is open any more.
    pub(super) fn close_connection(&mut self) {
        self.in_control = None;
        self.not_found = None;
        self.open = None;
        self.let_go_of_ended();
    }

    /// Reads a connection by itself.
    pub(super) fn read(&self, id: String) {
        let (client, messenger) = (self.client.clone(), self.messenger.clone());
        tokio::spawn(async move {
            let outcome = client.get(&id).await.map(Box::new);
            messenger.tell(What::Read { id, outcome }).await;
        });
    }

    /// The person wants to know how a connection stands now.
    pub(super) async fn check(&mut self, id: String) {
        if let Some(followed) = self.flows.get(&id) {
            followed.follower.check_again().await;
        }
        self.read(id);
    }

    pub(super) fn listed(&mut self, connections: &[Connection], service_time: Option<Timestamp>) {
        self.learn_time(service_time);
        let now = at(self.service_now());
        for connection in connections {
            self.roster.read(connection, now);
        }
        if let Reading::First { known } = &mut self.reading {
            *known = u32::try_from(self.roster.len()).unwrap_or(u32::MAX);
        }
        self.follow_running();
    }

    pub(super) fn walk_over(&mut self, outcome: Result<(), Error>) {
        match outcome {
            Ok(()) => {
                self.reading = Reading::Complete;
                for gone in self.roster.end_walk() {
                    self.flows.remove(&gone);
                }
            }
            Err(error) => {
                self.reading = Reading::Failed {
                    trouble: trouble_of(&error),
                    shown_before: !self.roster.is_empty(),
                };
            }
        }
        self.roster.begin_walk();
    }

    pub(super) fn found(&mut self, query: &str, connections: Result<Vec<Connection>, Error>) {
        // What can't be had is not waited for: the rows that are known here stand.
        let connections = connections.unwrap_or_default();
        self.listed(&connections, None);
        let ids = connections.into_iter().map(|connection| connection.id);
        self.search.answered(query, ids.collect());
    }

    pub(super) fn was_read(&mut self, id: &str, outcome: Result<Box<Read<Connection>>, Error>) {
        match outcome {
            Ok(read) => {
                self.learn_time(read.server_time);
                let connection = Box::new(read.value);
                self.roster.read(&connection, at(self.service_now()));
                if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
                    open.connection = Some(connection);
                    open.trouble = None;
                }
                self.follow_running();
            }
            Err(error @ (Error::NotFound(_) | Error::Gone(_))) => {
                self.is_gone(id, trouble_of(&error));
            }
            Err(error) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
                    open.trouble = Some(trouble_of(&error));
                }
            }
        }
    }

    /// A connection does not exist, or no longer.
    pub(super) fn is_gone(&mut self, id: &str, trouble: Trouble) {
        let was_known = self.roster.knows(id);
        self.roster.remove(id);
        self.flows.remove(id);
        self.handoffs.remove(id);
        if self.in_control.as_deref() == Some(id) {
            self.in_control = None;
        }
        let Some(open) = self.open.as_mut().filter(|open| open.id == id) else {
            return;
        };
        if open.by_link && !was_known {
            self.not_found = Some(Text::or_dash(id));
            self.open = None;
        } else {
            open.trouble = Some(trouble);
        }
    }

    /// A followed flow has changed. Who has begun to wait, if somebody has; whether its row
    /// changed; and whether the key must be asked about.
    pub(super) async fn flow(&mut self, id: &str) -> FlowNews {
        let Some(followed) = self.flows.get(id) else {
            return FlowNews::default();
        };
        let view = followed.view();
        let (row_changed, need) = self.roster.follow(id, view.clone());
        if self.open_id() == Some(id) {
            self.refresh_open().await;
        }
        if view.stage.is_end() {
            self.ended(id, &view);
        }
        FlowNews {
            need,
            row_changed,
            key_in_doubt: view.stage == Stage::Refused,
        }
    }

    fn ended(&mut self, id: &str, view: &View) {
        self.handoffs.remove(id);
        if self.in_control.as_deref() == Some(id) {
            self.in_control = None;
        }
        if view.stage == Stage::Gone {
            let trouble = view.error.clone();
            let gone = Error::NotFound(managed_auth::ErrorBody::default());
            return self.is_gone(id, trouble.unwrap_or_else(|| trouble_of(&gone)));
        }
        // How the connection stands now is not in the flow.
        self.read(id.to_owned());
        if self.open_id() != Some(id) {
            self.flows.remove(id);
        }
    }

    /// A login was started here.
    pub(super) async fn started(&mut self, login: LoginStarted) {
        let id = login.id.clone();
        let handoff = Handoff {
            code: login.handoff_code,
            hosted_url: login.hosted_url,
            ours: true,
        };
        self.handoffs.insert(id.clone(), handoff);
        self.follow(&id, login.flow_expires_at);
        self.open(Some(id), false).await;
    }

    /// Sends an answer to a flow that is followed.
    pub(super) async fn answer(
        &self,
        id: &str,
        answer: login_flow::Answer,
    ) -> Result<(), AnswerProblem> {
        match self.flows.get(id) {
            Some(followed) => followed.follower.answer(answer).await,
            None => Err(AnswerProblem::Over),
        }
    }

    /// The address of a flow's page and the origins it may have. A hosted page comes back to us.
    pub(super) async fn page(&mut self, id: &str, page: PageKind) -> Option<Offer> {
        let (url, origins) = match page {
            PageKind::HostedPage => (
                self.link(id, LinkKind::HostedPage).await?,
                self.environment.hosted_origins.clone(),
            ),
            PageKind::LiveView => (
                self.flows.get(id)?.page(page).await?,
                self.environment.live_view_origins.clone(),
            ),
        };
        Some(Offer { url, origins })
    }

    /// A link of a flow, to be copied.
    pub(super) async fn link(&mut self, id: &str, link: LinkKind) -> Option<SecretString> {
        let handoff = self.handoff(id).await?;
        match link {
            LinkKind::Usher => handoff.usher_link(id, &self.environment.name),
            LinkKind::HostedPage => {
                let state = nonce()?;
                let url = handoff.hosted_link(id, &state)?;
                self.ways_back.push((state, id.to_owned()));
                let too_many = self.ways_back.len().saturating_sub(MOST_WAYS_BACK);
                self.ways_back.drain(..too_many);
                Some(url)
            }
        }
    }

    /// A hosted page has come back with this nonce. True, once, if it was given to it.
    pub(super) fn comes_back(&mut self, id: &str, state: &SecretString) -> bool {
        let is_it = |(given, to): &(SecretString, String)| {
            to == id && given.expose_secret() == state.expose_secret()
        };
        let Some(place) = self.ways_back.iter().position(is_it) else {
            return false;
        };
        self.ways_back.remove(place);
        true
    }

    /// The running flow's links, as far as they are known.
    async fn handoff(&self, id: &str) -> Option<Handoff> {
        let followed = self.flows.get(id)?;
        if followed.view().stage.is_end() {
            return None;
        }
        if let Some(ours) = self.handoffs.get(id) {
            return Some(ours.clone());
        }
        Some(Handoff::seen(followed.page(PageKind::HostedPage).await))
    }

    /// What the open connection shows of its flow and of its pages.
    pub(super) async fn refresh_open(&mut self) {
        let Some(id) = self.open_id().map(str::to_owned) else {
            return;
        };
        let handoff = self.handoff(&id).await;
        let live_view = match self.flows.get(&id) {
            Some(followed) if !followed.view().stage.is_end() => {
                followed.page(PageKind::LiveView).await
            }
            _ => None,
        };
        if let Some(open) = &mut self.open {
            open.handoff = handoff;
            open.see_live_view(live_view.as_ref());
        }
    }

    /// The service's clock, which its times are by. This computer's may be wrong.
    pub(super) fn service_now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_sub(self.clock_ahead).unwrap_or(now)
    }

    fn learn_time(&mut self, service_time: Option<Timestamp>) {
        if let Some(time) = service_time {
            self.clock_ahead = Timestamp::now().duration_since(time);
        }
    }

    /// Follows the flows that run and are not followed yet, those that wait first.
    pub(super) fn follow_running(&mut self) {
        let now = self.service_now();
        let room = MOST_FOLLOWED.saturating_sub(self.flows.len());
        let missing: Vec<String> = self
            .roster
            .running(now)
            .filter(|id| !self.is_followed(id))
            .take(room)
            .map(str::to_owned)
            .collect();
        for id in missing {
            self.follow(&id, None);
        }
    }

    pub(super) fn is_followed(&self, id: &str) -> bool {
        self.flows
            .get(id)
            .is_some_and(|followed| !followed.view().stage.is_end())
    }

    fn follow(&mut self, id: &str, started_until: Option<Timestamp>) {
        let followed = Followed::start(
            id,
            self.client.clone(),
            self.gate.clone(),
            started_until,
            self.messenger.clone(),
        );
        if started_until.is_some() {
            self.roster.follow(id, followed.view());
        }
        self.flows.insert(id.to_owned(), followed);
    }

    /// Flows that are over are kept only for the one that is open, which may be looked at again.
    fn let_go_of_ended(&mut self) {
        let open = self.open.as_ref().map(|open| open.id.clone());
        self.flows
            .retain(|id, followed| Some(id) == open.as_ref() || !followed.view().stage.is_end());
    }

    pub(super) fn view(&self, id: &str) -> Option<Arc<View>> {
        self.flows.get(id).map(Followed::view)
    }
}

/// What a change of a followed flow means.
#[derive(Debug, Default)]
pub(super) struct FlowNews {
    pub(super) need: Option<NewNeed>,
    pub(super) row_changed: bool,
    pub(super) key_in_doubt: bool,
}
