//! A connection with its flow and its history, and how they are told (kernel-api.md 4.1, 6.2).

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::sync::{Notify, broadcast, watch};

use crate::{
    clock,
    config::Config,
    faults::Stream,
    flow::{Flow, FlowType},
    pages::{Manner, Pages},
    random,
    reauth::Reauth,
    scenario::{Plan, Status},
    timeline::Entry,
};

/// How many events a slow reader of the stream may fall behind.
const BACKLOG: usize = 64;

/// `status` of kernel-api.md 4.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Standing {
    Authenticated,
    NeedsAuth,
}

/// What an open event stream is told.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// The flow moved; `last` if it is over.
    State { data: String, last: bool },
    /// Go wrong like this.
    Fault(Stream),
}

/// One (profile, domain) pair.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) id: String,
    pub(crate) domain: String,
    pub(crate) profile: String,
    pub(crate) config: Config,
    /// What its logins play.
    pub(crate) plan: Plan,
    pub(crate) standing: Standing,
    pub(crate) flow: Option<Flow>,
    pub(crate) last_check: Option<Timestamp>,
    /// What is known of unattended logins, where it is not to be told from the rest.
    pub(crate) reauth: Option<Reauth>,
    /// Health checks are on, but there is no page that would tell them anything.
    pub(crate) is_uncheckable: bool,
    /// How its pages behave.
    pub(crate) pages: Pages,
    /// Oldest first.
    history: Vec<Entry>,
    /// To the open event streams; none before the first, as the backlog takes room.
    news: Option<broadcast::Sender<News>>,
    /// To whoever draws the flow.
    pub(crate) moved: watch::Sender<()>,
    /// Wakes the task that keeps the flow's time.
    pub(crate) wake: Arc<Notify>,
    origin: Arc<str>,
}

impl Connection {
    pub(crate) fn new(
        domain: String,
        profile: String,
        config: Config,
        plan: Plan,
        origin: Arc<str>,
    ) -> Self {
        Self {
            id: random::id("ma_", 20),
            domain,
            profile,
            config,
            plan,
            standing: Standing::NeedsAuth,
            flow: None,
            last_check: None,
            reauth: None,
            is_uncheckable: false,
            pages: Pages::default(),
            history: Vec::new(),
            news: None,
            moved: watch::Sender::new(()),
            wake: Arc::new(Notify::new()),
            origin,
        }
    }

    pub(crate) fn live_flow(&self) -> Option<&Flow> {
        self.flow.as_ref().filter(|flow| flow.is_live())
    }

    /// The kind of a login that begins now.
    pub(crate) fn next_kind(&self) -> FlowType {
        match self.standing {
            Standing::NeedsAuth => FlowType::Login,
            Standing::Authenticated => FlowType::Reauth,
        }
    }

    /// An event stream that begins to listen now.
    pub(crate) fn subscribe(&mut self) -> broadcast::Receiver<News> {
        self.news
            .get_or_insert_with(|| broadcast::Sender::new(BACKLOG))
            .subscribe()
    }

    /// Tells the open event streams. Says whether there are any.
    /// How many event streams are open.
    pub(crate) fn readers(&self) -> usize {
        self.news
            .as_ref()
            .map_or(0, broadcast::Sender::receiver_count)
    }

    /// Tells the open event streams. Says whether there are any.
    pub(crate) fn tell(&self, news: News) -> bool {
        self.news
            .as_ref()
            .is_some_and(|readers| readers.send(news).is_ok())
    }

    fn is_followed(&self) -> bool {
        self.news
            .as_ref()
            .is_some_and(|readers| readers.receiver_count() > 0)
    }

    /// Tells everybody who follows that the flow moved.
    pub(crate) fn publish(&mut self) {
        let Some(flow) = &self.flow else { return };
        if flow.status == Status::Success {
            self.standing = Standing::Authenticated;
        }
        let entry = flow.entry();
        let last = !flow.is_live();
        match self.history.iter_mut().find(|known| known.id == entry.id) {
            Some(known) => *known = entry,
            None => self.history.push(entry),
        }
        if self.is_followed()
            && let Some(data) = self.event()
        {
            self.tell(News::State { data, last });
        }
        self.moved.send_replace(());
        self.wake.notify_one();
    }

    /// A health check ran at this time and found this.
    pub(crate) fn checked(&mut self, found: Standing, at: Timestamp) {
        let entry = Entry::health_check(self.standing, found, at);
        self.last_check = Some(entry.timestamp);
        self.history.push(entry);
        self.standing = found;
    }

    /// The history, newest first.
    pub(crate) fn timeline(&self) -> impl Iterator<Item = &Entry> {
        self.history.iter().rev()
    }

    pub(crate) fn hosted_url(&self, flow: &Flow) -> String {
        let origin = match self.pages.hosted_page {
            Manner::Foreign => "https://hosted.foreign.invalid",
            _ => &self.origin,
        };
        format!("{origin}/hosted/{}?code={}", self.id, flow.handoff_code)
    }

    pub(crate) fn live_view_url(&self, flow: &Flow) -> String {
        let origin = match self.pages.live_view {
            Manner::Foreign => "https://live.foreign.invalid",
            _ => &self.origin,
        };
        format!("{origin}/live/{}", flow.live_token)
    }

    /// The full read.
    pub(crate) fn full(&self) -> Value {
        let mut all = self.config.shown();
        let reauth = self.reauth();
        let own = json!({
            "id": self.id,
            "domain": self.domain,
            "profile_name": self.profile,
            "status": self.standing,
            "can_reauth": reauth.is_possible(),
            "can_reauth_reason": reauth,
        });
        extend(&mut all, own);
        if let Some(at) = self.last_check {
            extend(
                &mut all,
                json!({"last_auth_check_at": at, "last_auth_at": at}),
            );
        }
        if self.is_uncheckable {
            let reason = "no_auth_check_url";
            extend(&mut all, json!({"health_check_unavailable_reason": reason}));
        }
        let flow = self.flow.as_ref().filter(|flow| !flow.is_forgotten());
        extend(&mut all, self.flow_members(flow));
        let live = flow.filter(|flow| flow.is_live());
        let rest = json!({
            "flow_expires_at": flow.map(|flow| flow.expires_at),
            "sso_provider": flow.and_then(|flow| flow.sso_provider.clone()),
            "browser_session_id": live.map(|flow| flow.browser_session.clone()),
        });
        extend(&mut all, rest);
        Value::Object(all)
    }

    /// The state event of the stream: only what has a value; none without a flow.
    pub(crate) fn event(&self) -> Option<String> {
        let flow = self.flow.as_ref()?;
        let mut members = Map::new();
        extend(
            &mut members,
            json!({"event": "managed_auth_state", "timestamp": clock::now()}),
        );
        extend(&mut members, self.flow_members(Some(flow)));
        members.retain(|_, value| !value.is_null());
        Some(Value::Object(members).to_string())
    }

    /// What the full read and the event have in common.
    fn flow_members(&self, flow: Option<&Flow>) -> Value {
        let live = flow.filter(|flow| flow.is_live());
        let succeeded = flow.filter(|flow| flow.status == Status::Success);
        let mut members = json!({
            "flow_status": flow.map(|flow| flow.status),
            "flow_step": flow.map(|flow| flow.state.clone()),
            "flow_type": flow.map(|flow| flow.kind),
            "external_action_message": flow.and_then(Flow::message),
            "website_error": flow.and_then(|flow| flow.website_error.clone()),
            "error_code": flow.and_then(|flow| flow.error_code.clone()),
            "error_message": flow.and_then(|flow| flow.error_message.clone()),
            "post_login_url": succeeded.map(|_| format!("https://{}/home", self.domain)),
            "hosted_url": live.map(|flow| self.hosted_url(flow)),
            "live_view_url": live.map(|flow| self.live_view_url(flow)),
        });
        let prompt = json!(flow.map(Flow::prompt).unwrap_or_default());
        if let (Value::Object(members), Value::Object(mut prompt)) = (&mut members, prompt) {
            if flow.is_some_and(Flow::is_legacy) {
                // A server of that generation has never heard of these.
                prompt.retain(|key, _| {
                    !matches!(key.as_str(), "interaction_id" | "fields" | "choices")
                });
            }
            members.append(&mut prompt);
        }
        members
    }

    fn reauth(&self) -> Reauth {
        let logged_in_once = self.history.iter().any(Entry::is_successful_attempt);
        match self.reauth {
            _ if self.config.has_external_credential() => Reauth::ExternalCredential,
            _ if !logged_in_once => Reauth::NoPriorSuccessfulLogin,
            Some(known) => known,
            None if self.config.has_credential() => Reauth::HasCredential,
            None => Reauth::RequirementsSatisfiable,
        }
    }
}

fn extend(map: &mut Map<String, Value>, with: Value) {
    if let Value::Object(mut with) = with {
        map.append(&mut with);
    }
}
