//! Serves the desk: one order after the other.

use std::sync::Arc;

use follower::Follower;
use jiff::Timestamp;
use login_flow::{AnswerProblem, Audience, Following, Text, exchange_trouble};
use managed_auth::{Access, Client, Error, Journal};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{mpsc, watch};

use super::{
    Order,
    front::{Exchange, Front, Happening, next_happening},
    keeper::{Found, Keeper},
    open_login::{OpenLogin, can_come_back},
};
use crate::{
    environment::{Environment, Environments},
    environment_book::Known,
    kept_session::{CodeMark, KeptSession, TOKEN_LIFE},
    link::{Invitation, Link, LinkProblem},
    login_window::{KeychainUse, LoginScreen, LoginWindow},
};

/// Serves the desk.
pub(super) struct Clerk {
    pub(super) book: watch::Receiver<Arc<Known>>,
    /// Set once it is known whether a login is continued.
    pub(super) settled: watch::Sender<bool>,
    pub(super) keeper: Keeper,
    pub(super) publish: watch::Sender<Arc<LoginWindow>>,
    /// What is on the screen.
    pub(super) front: Front,
    /// A login that goes on behind a link that is on the screen.
    pub(super) behind: Option<OpenLogin>,
    pub(super) keychain: KeychainUse,
    /// What was tried, over all of its calls.
    pub(super) journal: Journal,
}

impl Clerk {
    pub(super) async fn serve(
        mut self,
        mut inbox: mpsc::Receiver<Order>,
        link: Option<SecretString>,
    ) {
        if let Some(link) = link {
            self.take_link(&link).await;
            self.show();
            self.settled.send_replace(true);
        } else {
            // Goes on where the app was closed or killed.
            self.keeper.look_for_latest(self.environments());
        }
        loop {
            tokio::select! {
                order = inbox.recv() => match order {
                    Some(order) => self.carry_out(order).await,
                    None => return,
                },
                happening = next_happening(&mut self.front, &mut self.behind) => match happening {
                    Happening::Exchanged(outcome) => self.exchanged(outcome),
                    Happening::News => self.news(),
                },
            }
            self.show();
        }
    }

    async fn carry_out(&mut self, order: Order) {
        match order {
            Order::Link(link) => self.take_link(&link).await,
            Order::Begin => self.begin(),
            Order::DismissLink => self.dismiss_link(),
            Order::Answer(answer, reply) => {
                let outcome = match self.front.login() {
                    Some(login) => login.follower.answer(answer).await,
                    None => Err(AnswerProblem::Over),
                };
                let _ = reply.send(outcome);
            }
            Order::CheckAgain => {
                if let Some(login) = self.front.login() {
                    login.follower.check_again().await;
                }
            }
            Order::Page(page, reply) => {
                let offer = match self.front.login() {
                    Some(login) => login.offer(page).await,
                    None => None,
                };
                let _ = reply.send(offer);
            }
            Order::Details(reply) => {
                let _ = reply.send(self.details().text());
            }
            Order::Kept(outcome) => {
                self.keychain = match outcome {
                    Ok(()) => KeychainUse::Kept,
                    Err(why) => KeychainUse::MemoryOnly { why },
                };
            }
            Order::LeftOpen(found) => self.continue_latest(found),
            Order::FoundLate(found) => self.found_late(found),
        }
    }

    /// Goes on where the app was closed or killed, unless a link came first.
    fn continue_latest(&mut self, found: Option<Found>) {
        if let (Some(found), Front::Nothing, None) = (found, &self.front, &self.behind) {
            self.follow_kept(*found);
        }
        self.show();
        self.settled.send_replace(true);
    }

    /// The link on the screen has bought its access before.
    fn found_late(&mut self, found: Found) {
        let is_on_screen = match &self.front {
            Front::Invited(invitation) | Front::NotOpened { invitation, .. } => {
                invitation.connection_id == found.0.connection_id
                    && CodeMark::of(invitation) == found.0.code_mark
            }
            _ => false,
        };
        if is_on_screen {
            self.follow_kept(*found);
        }
    }

    fn follow_kept(&mut self, (session, environment): (KeptSession, Environment)) {
        self.keychain = KeychainUse::Kept;
        self.behind = None;
        self.follow(session, environment);
    }

    async fn take_link(&mut self, link: &SecretString) {
        let invitation = match read_invitation(link, &self.environments()) {
            Ok(invitation) => invitation,
            Err(problem) => return self.put_in_front(Front::BadLink(problem)),
        };
        // The same link twice is acted on once.
        if self.is_known(&invitation) {
            return self.dismiss_to_known(&invitation);
        }
        if let Some(environment) = self.environments().named(&invitation.environment)
            && let Some(found) = self.keeper.look_for(&invitation, environment.clone()).await
        {
            return self.follow_kept(*found);
        }
        self.put_in_front(Front::Invited(invitation));
    }

    /// Whether this link is on the screen or behind it already.
    fn is_known(&self, invitation: &Invitation) -> bool {
        let behind = self
            .behind
            .as_ref()
            .is_some_and(|login| login.came_from(invitation));
        behind
            || match &self.front {
                Front::Exchanging(exchange) => is_same(&exchange.invitation, invitation),
                Front::Invited(other)
                | Front::NotOpened {
                    invitation: other, ..
                } => is_same(other, invitation),
                Front::Login(login) => login.came_from(invitation),
                Front::Nothing | Front::BadLink(_) => false,
            }
    }

    fn dismiss_to_known(&mut self, invitation: &Invitation) {
        if let Some(login) = self.behind.take_if(|login| login.came_from(invitation)) {
            self.front = Front::Login(login);
        }
    }

    /// Shows something else; a login that is still going on stays behind it.
    fn put_in_front(&mut self, front: Front) {
        if let Front::Login(login) = std::mem::replace(&mut self.front, front)
            && !login.view.stage.is_end()
        {
            self.behind = Some(login);
        }
    }

    fn dismiss_link(&mut self) {
        if matches!(
            self.front,
            Front::BadLink(_) | Front::Invited(_) | Front::NotOpened { .. }
        ) {
            self.front = self.behind.take().map_or(Front::Nothing, Front::Login);
        }
    }

    /// Spends the code, once for each press of the person.
    fn begin(&mut self) {
        let invitation = match std::mem::replace(&mut self.front, Front::Nothing) {
            Front::Invited(invitation) => invitation,
            Front::NotOpened { invitation, error } if may_still_work(&error) => invitation,
            other => {
                self.front = other;
                return;
            }
        };
        let Some(environment) = self.environments().named(&invitation.environment).cloned() else {
            self.front = Front::BadLink(LinkProblem::UnknownEnvironment);
            return;
        };
        let (api, settings) = (environment.api.clone(), environment.settings(&self.journal));
        let (id, code) = (invitation.connection_id.clone(), invitation.code.clone());
        let task = tokio::spawn(async move { Client::exchange(api, &id, &code, settings).await });
        self.front = Front::Exchanging(Exchange {
            invitation,
            environment,
            task,
        });
    }

    fn exchanged(&mut self, outcome: Result<Access, Error>) {
        let Front::Exchanging(exchange) = std::mem::replace(&mut self.front, Front::Nothing) else {
            return;
        };
        let Exchange {
            invitation,
            environment,
            ..
        } = exchange;
        match outcome {
            Ok(access) => {
                tracing::info!(
                    environment = environment.name,
                    "the handoff code was exchanged"
                );
                let now = Timestamp::now();
                let session = KeptSession {
                    environment: environment.name.clone(),
                    connection_id: invitation.connection_id.clone(),
                    code_mark: CodeMark::of(&invitation),
                    token: access.token().clone(),
                    until: now.checked_add(TOKEN_LIFE).unwrap_or(now),
                };
                self.behind = None;
                self.keeper.keep(session.clone());
                self.follow(session, environment);
            }
            Err(error) => {
                tracing::warn!(%error, "the handoff code could not be exchanged");
                self.front = Front::NotOpened { invitation, error };
            }
        }
    }

    fn follow(&mut self, session: KeptSession, environment: Environment) {
        let access = Access::guest(session.token.clone());
        let client = match Client::new(
            environment.api.clone(),
            &access,
            environment.settings(&self.journal),
        ) {
            Ok(client) => client,
            // A token that can't stand in a header is no token.
            Err(error) => {
                tracing::error!(%error, "this access can't be used");
                self.front = Front::BadLink(LinkProblem::BadCode);
                return;
            }
        };
        let follower = Follower::start(
            client,
            Following {
                connection_id: session.connection_id.clone(),
                audience: Audience::Guest,
                started_until: None,
                seed: u64::from(std::process::id()),
            },
        );
        let views = follower.views();
        let view = views.borrow().clone();
        self.front = Front::Login(OpenLogin {
            session,
            environment,
            follower,
            views,
            view,
            forgotten: false,
        });
    }

    /// A followed login has changed, on the screen or behind it.
    fn news(&mut self) {
        let on_screen = match &mut self.front {
            Front::Login(login) => Some(login),
            _ => None,
        };
        for login in on_screen.into_iter().chain(&mut self.behind) {
            let stage = login.view.stage;
            if !stage.is_end() || can_come_back(stage) || login.forgotten {
                continue;
            }
            login.forgotten = true;
            self.keeper.forget(&login.session);
            self.keychain = KeychainUse::Unused;
        }
    }

    fn show(&self) {
        let screen = self.screen();
        self.publish.send_if_modified(|window| {
            if window.screen == screen && window.keychain == self.keychain {
                return false;
            }
            *window = Arc::new(LoginWindow {
                revision: window.revision + 1,
                keychain: self.keychain,
                screen,
            });
            true
        });
    }

    fn screen(&self) -> LoginScreen {
        let back_to = || self.behind.as_ref().map(OpenLogin::site);
        match &self.front {
            Front::Nothing => LoginScreen::NoLink,
            Front::BadLink(problem) => LoginScreen::BadLink {
                problem: *problem,
                back_to: back_to(),
            },
            Front::Invited(invitation) => LoginScreen::Invited {
                service: self.service(&invitation.environment),
                environment: shown(&invitation.environment),
                connection: shown(&invitation.connection_id),
                instead_of: back_to(),
            },
            Front::Exchanging(exchange) => LoginScreen::Opening {
                service: shown(&exchange.environment.host()),
            },
            Front::NotOpened { invitation, error } => {
                let service = self.service(&invitation.environment);
                let (error, try_again) = exchange_trouble(error, service.as_str());
                LoginScreen::NotOpened {
                    error,
                    try_again,
                    back_to: back_to(),
                }
            }
            Front::Login(login) => LoginScreen::Flow {
                view: Box::new((*login.view).clone()),
            },
        }
    }

    /// The environments as they are now; none while their file has a mistake, which the console
    /// shows.
    pub(super) fn environments(&self) -> Environments {
        match self.book.borrow().as_ref() {
            Ok(environments) => environments.clone(),
            Err(_) => Environments::none(),
        }
    }

    fn service(&self, environment: &str) -> Text {
        shown(
            &self
                .environments()
                .named(environment)
                .map(Environment::host)
                .unwrap_or_default(),
        )
    }
}

fn read_invitation(
    link: &SecretString,
    environments: &Environments,
) -> Result<Invitation, LinkProblem> {
    match Link::parse(link.expose_secret())? {
        Link::Login(invitation) if environments.named(&invitation.environment).is_some() => {
            Ok(invitation)
        }
        // Links of support come here only where their environment is not set up.
        Link::Login(_) | Link::Watch { .. } | Link::Authflow { .. } | Link::Return { .. } => {
            Err(LinkProblem::UnknownEnvironment)
        }
    }
}

fn is_same(one: &Invitation, other: &Invitation) -> bool {
    one.environment == other.environment
        && one.connection_id == other.connection_id
        && CodeMark::of(one) == CodeMark::of(other)
}

/// Whether a link that could not be exchanged may still work, wherever the service is.
fn may_still_work(error: &Error) -> bool {
    exchange_trouble(error, "").1
}

pub(super) fn shown(text: &str) -> Text {
    Text::or_dash(text)
}
