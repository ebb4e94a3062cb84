//! Serves the desk: one order or piece of news after the other.

use std::{future::pending, sync::Arc};

use login_flow::Text;
use support::Subject;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until},
};

use super::{
    Signal, Waiting,
    authflows::Authflows,
    drawing::settings_view,
    entrance::Entrance,
    inside::{carry_out_inside, refuse},
    news::{Messenger, News},
    order::Order,
    publish::{Publisher, Publishing},
    world::World,
};
use crate::{
    api_key::KeyStore,
    console_window::{ConsoleScreen, ConsoleWindow},
    environment::Mistake,
    environment_book::{EnvironmentBook, Known},
    settings::SettingsFile,
};

/// News that may wait. A flow that changes while its last news waits is told once.
const WAITING_NEWS: usize = 1024;

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
                Some(news) = arrivals.recv() => {
                    let unseen = self.is_unseen(&news);
                    self.hear(news).await;
                    // What it changes in the list is drawn with the list, and the rest with it.
                    if unseen {
                        continue;
                    }
                }
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
}

async fn until(due: Option<Instant>) {
    match due {
        Some(at) => sleep_until(at).await,
        None => pending().await,
    }
}
