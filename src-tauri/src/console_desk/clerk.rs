//! Serves the desk: one order or piece of news after the other.

use std::{future::pending, sync::Arc, time::Duration};

use login_flow::{Text, Trouble};
use managed_auth::Error;
use support::{Subject, trouble_of};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};

use super::{
    Signal, Waiting,
    authflows::Authflows,
    drawing::{choice, desk_view, settings_view},
    entrance::{Entrance, Source},
    inside::{carry_out_inside, refuse},
    news::{Messenger, News, What},
    order::Order,
    publish::{Publisher, Publishing},
    world::World,
};
use crate::{
    api_key::KeyStore,
    console_window::{ConsoleScreen, ConsoleWindow, KeyState},
    environment::Mistake,
    environment_book::{EnvironmentBook, Known},
    login_window::KeychainUse,
    settings::SettingsFile,
};

/// News that may wait. A flow that changes while its last news waits is told once.
const WAITING_NEWS: usize = 1024;
/// The list is drawn at most this often: many flows change in the same moment.
const LIST_EVERY: Duration = Duration::from_millis(100);

/// Serves the desk.
pub(super) struct Clerk {
    pub(super) book: Arc<EnvironmentBook>,
    pub(super) known: watch::Receiver<Arc<Known>>,
    pub(super) keys: KeyStore,
    pub(super) settings: SettingsFile,
    pub(super) signals: mpsc::UnboundedSender<Signal>,
    pub(super) publisher: Publisher,
    pub(super) news: mpsc::Sender<News>,
    pub(super) arrivals: Option<mpsc::Receiver<News>>,
    pub(super) place: Place,
    /// Counts the worlds, so that what comes for a former one is known for that.
    pub(super) world: u64,
    /// What to open once there is a world.
    pub(super) wanted: Option<Wanted>,
    /// The authflows of the world before, to go on in the next of the same environment.
    pub(super) left: Option<Authflows>,
    pub(super) closing: bool,
    pub(super) in_view: bool,
    pub(super) list_due: Option<Instant>,
    pub(super) list_drawn: Option<Instant>,
    pub(super) waiting_told: Option<Waiting>,
}

/// What to open once there is a world of an environment.
pub(super) struct Wanted {
    pub(super) environment: String,
    pub(super) subject: Subject,
}

/// Where the person is.
pub(super) enum Place {
    /// `environments.toml` can't be used.
    Misconfigured(Mistake),
    /// Before the door.
    Entrance(Box<Entrance>),
    /// Inside.
    World(Box<World>),
}

impl Clerk {
    pub(super) fn new(
        book: Arc<EnvironmentBook>,
        keys: KeyStore,
        settings: SettingsFile,
        signals: mpsc::UnboundedSender<Signal>,
    ) -> (Self, Publishing) {
        let known = book.follow();
        let (news, arrivals) = mpsc::channel(WAITING_NEWS);
        let nowhere = Mistake {
            line: None,
            text: None,
            problem: String::new(),
        };
        let first = ConsoleWindow {
            revision: 0,
            screen: ConsoleScreen::Misconfigured {
                file: Text::or_dash(""),
                line: None,
                text: None,
                problem: Text::or_dash(""),
            },
            environments: Vec::new(),
            settings: settings_view(&settings),
            closing: false,
        };
        let (publisher, publishing) = Publisher::new(first);
        let mut clerk = Self {
            book,
            known,
            keys,
            settings,
            signals,
            publisher,
            news,
            arrivals: Some(arrivals),
            place: Place::Misconfigured(nowhere),
            world: 0,
            wanted: None,
            left: None,
            closing: false,
            in_view: false,
            list_due: None,
            list_drawn: None,
            waiting_told: None,
        };
        clerk.take_environments();
        clerk.publish_window();
        (clerk, publishing)
    }

    pub(super) async fn serve(mut self, mut inbox: mpsc::Receiver<Order>) {
        let Some(mut arrivals) = self.arrivals.take() else {
            return;
        };
        loop {
            let (list_due, authflow_due) = (self.list_due, self.authflow_due());
            tokio::select! {
                order = inbox.recv() => match order {
                    Some(order) => self.carry_out(order).await,
                    None => return,
                },
                Some(news) = arrivals.recv() => self.hear(news).await,
                Ok(()) = self.known.changed() => self.take_environments(),
                () = until(list_due) => self.draw_list(),
                () = until(authflow_due) => self.read_authflows(),
            }
            self.publish();
        }
    }

    async fn carry_out(&mut self, order: Order) {
        match order {
            Order::UseKey(key) => self.use_key(key),
            Order::TryKeyAgain => {
                if let Place::Entrance(entrance) = &mut self.place {
                    entrance.try_again();
                }
            }
            Order::AskKeychainAgain => self.ask_keychain_again(),
            Order::ForgetKey => self.forget_key(),
            Order::ChooseEnvironment(name) => self.choose_environment(&name),
            Order::SetNotifications(on) => {
                self.settings.change(|choices| choices.notifications = on);
            }
            Order::SetKeepWatching(on) => {
                self.settings
                    .change(|choices| choices.keep_watching = Some(on));
            }
            Order::WantToClose => self.want_to_close(),
            Order::Close(keep) => self.close(keep),
            Order::InView(is) => self.in_view = is,
            Order::Details(reply) => {
                let _ = reply.send(self.details().text());
            }
            Order::Watch {
                connection_id,
                environment,
            } => {
                let subject = Subject::Connection(connection_id);
                self.open_by_link(subject, &environment).await;
            }
            Order::LookUpByLink {
                authflow_id,
                environment,
            } => {
                let subject = Subject::Authflow(authflow_id);
                self.open_by_link(subject, &environment).await;
            }
            order => match &mut self.place {
                Place::World(world) => {
                    carry_out_inside(world, order).await;
                    self.list_changed();
                }
                Place::Entrance(_) | Place::Misconfigured(_) => refuse(order),
            },
        }
    }

    async fn hear(&mut self, News { world, what }: News) {
        if world != self.world {
            return;
        }
        match (&mut self.place, what) {
            (Place::Entrance(entrance), What::KeyFound(found)) => match found {
                Ok(Some(key)) => entrance.check(key, Source::Keychain),
                Ok(None) => entrance.key = KeyState::Wanted,
                Err(why) => entrance.key = KeyState::KeychainTrouble { why },
            },
            (Place::Entrance(entrance), What::KeyChecked(outcome)) => match outcome {
                Ok(context) => {
                    let organization = context
                        .and_then(|context| context.organization?.id)
                        .and_then(|id| Text::bounded(&id, 80));
                    if let Some(tried) = entrance.tried.take() {
                        let environment = entrance.environment.clone();
                        self.enter(environment, tried, organization).await;
                    }
                }
                Err(error) => entrance.failed(&error),
            },
            (Place::World(world), What::KeyKept(outcome)) => {
                world.kept = match outcome {
                    Ok(()) => KeychainUse::Kept,
                    Err(why) => KeychainUse::MemoryOnly { why },
                };
            }
            (Place::World(_), What::KeyChecked(Err(error @ Error::Unauthorised(_)))) => {
                self.lose_key(trouble_of(&error));
            }
            (Place::World(_), what) => self.hear_inside(what).await,
            (Place::Entrance(_) | Place::Misconfigured(_), _) => {}
        }
    }

    async fn hear_inside(&mut self, what: What) {
        if let Some(trouble) = refused_key(&what) {
            return self.lose_key(trouble);
        }
        let Place::World(world) = &mut self.place else {
            return;
        };
        match what {
            What::Listed {
                connections,
                service_time,
            } => world.listed(&connections, service_time),
            What::WalkOver(outcome) => world.walk_over(outcome),
            What::Found { query, connections } => world.found(&query, connections),
            What::Read { id, outcome } => world.was_read(&id, outcome),
            What::Started(login) => world.started(*login).await,
            What::Deleted(id) => {
                let gone = Error::NotFound(managed_auth::ErrorBody::default());
                world.is_gone(&id, trouble_of(&gone));
                if world.open_id() == Some(&id) {
                    world.open(None, false).await;
                }
            }
            What::Flow(id) => {
                let news = world.flow(&id).await;
                if news.key_in_doubt {
                    let (client, messenger) = (world.client.clone(), world.messenger.clone());
                    tokio::spawn(async move {
                        messenger
                            .tell(What::KeyChecked(client.check_key().await))
                            .await;
                    });
                }
                let seen = self.in_view && world.open_id() == Some(&id);
                if let Some(need) = news.need
                    && !seen
                    && self.settings.choices.notifications
                {
                    let _ = self.signals.send(Signal::Need(need));
                }
                if !news.row_changed {
                    return;
                }
            }
            What::Authflow(news) => {
                if !world.authflows.hear(news, &mut world.roster) {
                    return;
                }
            }
            What::KeyFound(_) | What::KeyChecked(_) | What::KeyKept(_) => return,
        }
        self.list_changed();
    }

    /// A link asks for a connection or an authflow.
    async fn open_by_link(&mut self, subject: Subject, environment: &str) {
        if let Place::World(world) = &mut self.place
            && world.environment.name == environment
        {
            world.open_again(subject).await;
            return self.list_changed();
        }
        self.choose_environment(environment);
        self.wanted = Some(Wanted {
            environment: environment.to_owned(),
            subject,
        });
    }

    /// When an authflow is to be read.
    fn authflow_due(&self) -> Option<Instant> {
        match &self.place {
            Place::World(world) => world.authflows.due(),
            Place::Entrance(_) | Place::Misconfigured(_) => None,
        }
    }

    fn read_authflows(&mut self) {
        if let Place::World(world) = &mut self.place
            && world.authflows.read_due(&mut world.roster)
        {
            self.list_changed();
        }
    }

    fn want_to_close(&mut self) {
        let at_work = matches!(self.place, Place::World(_));
        match self.settings.choices.keep_watching {
            _ if !at_work => self.close(Some(false)),
            Some(keep) => self.close(Some(keep)),
            None => self.closing = true,
        }
    }

    fn close(&mut self, keep: Option<bool>) {
        let was_asked = std::mem::take(&mut self.closing);
        let Some(keep) = keep else { return };
        if was_asked {
            self.settings
                .change(|choices| choices.keep_watching = Some(keep));
        }
        if keep {
            let say_so = !self.settings.choices.said_it_goes_on;
            if say_so {
                self.settings
                    .change(|choices| choices.said_it_goes_on = true);
            }
            let _ = self.signals.send(Signal::GoOn { say_so });
        } else {
            let _ = self.signals.send(Signal::End);
        }
    }

    /// Ends the present world; what comes for it from now on is for nobody.
    pub(super) fn next_world(&mut self) -> Messenger {
        self.world += 1;
        self.messenger()
    }

    pub(super) fn messenger(&self) -> Messenger {
        Messenger {
            world: self.world,
            news: self.news.clone(),
        }
    }

    pub(super) fn list_changed(&mut self) {
        let soonest = self
            .list_drawn
            .map_or_else(Instant::now, |drawn| drawn + LIST_EVERY);
        self.list_due = self.list_due.or(Some(soonest));
    }

    fn draw_list(&mut self) {
        self.list_due = None;
        self.list_drawn = Some(Instant::now());
        if let Place::World(world) = &self.place {
            let open = world.subject();
            let window = world.window(open.as_ref());
            self.publisher.list(world.roster.list(window));
        }
        self.tell_waiting();
    }

    /// Says outside the window who waits, when that has changed.
    fn tell_waiting(&mut self) {
        let waiting = match &self.place {
            Place::World(world) => Waiting::at(world),
            Place::Entrance(_) | Place::Misconfigured(_) => Waiting::default(),
        };
        if self.waiting_told.as_ref() != Some(&waiting) {
            self.waiting_told = Some(waiting.clone());
            let _ = self.signals.send(Signal::Waiting(waiting));
        }
    }

    fn publish(&mut self) {
        let (open, authflow) = match &self.place {
            Place::World(world) => (
                world.open.as_ref().map(|open| open.draw(world)),
                world
                    .authflows
                    .draw(&self.book.file().display().to_string()),
            ),
            Place::Entrance(_) | Place::Misconfigured(_) => (None, None),
        };
        self.publisher.open(open);
        self.publisher.authflow(authflow);
        self.publish_window();
        if !matches!(self.place, Place::World(_)) {
            self.tell_waiting();
        }
    }

    fn publish_window(&self) {
        self.publisher.window(ConsoleWindow {
            revision: 0,
            screen: self.screen(),
            environments: match self.known.borrow().as_ref() {
                Ok(environments) => environments.iter().map(choice).collect(),
                Err(_) => Vec::new(),
            },
            settings: settings_view(&self.settings),
            closing: self.closing,
        });
    }

    fn screen(&self) -> ConsoleScreen {
        match &self.place {
            Place::Misconfigured(mistake) => ConsoleScreen::Misconfigured {
                file: Text::or_dash(&self.book.file().display().to_string()),
                line: mistake.line.and_then(|line| u32::try_from(line).ok()),
                text: mistake.text.as_deref().and_then(Text::new),
                problem: Text::new(&mistake.problem).unwrap_or_else(|| Text::or_dash("")),
            },
            Place::Entrance(entrance) => ConsoleScreen::Welcome {
                environment: choice(&entrance.environment),
                key: entrance.key.clone(),
            },
            Place::World(world) => ConsoleScreen::Desk {
                desk: Box::new(desk_view(world)),
            },
        }
    }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(at) => sleep_until(at).await,
        None => pending().await,
    }
}

/// Whether news mean that the key is not accepted any more.
fn refused_key(what: &What) -> Option<Trouble> {
    let (What::WalkOver(Err(error))
    | What::Read {
        outcome: Err(error),
        ..
    }
    | What::Found {
        connections: Err(error),
        ..
    }) = what
    else {
        return None;
    };
    matches!(error, Error::Unauthorised(_)).then(|| trouble_of(error))
}
