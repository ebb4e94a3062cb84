//! The console's desk: the one owner of support's world.
//!
//! Presses, links and what comes over the network are orders and news, taken one after the other.
//! What the console shows comes out whole, over four channels: the window, the list, the open
//! connection and the open authflow. What belongs to the system around it, notes and the tray,
//! comes out as [`Signal`]s. Commands never touch its state.

mod authflows;
mod clerk;
mod closing;
mod details;
mod drawing;
mod entrance;
mod environments;
mod flows;
mod followed;
mod hearing;
mod inside;
mod keys;
mod news;
mod opened;
mod order;
mod pages;
mod publish;
mod requests;
mod search;
mod subject;
mod walk;
mod world;

use std::sync::Arc;

use login_flow::{Answer, AnswerProblem};
use secrecy::SecretString;
use support::{ConnectionDraft, HappeningKind, ListView, LoginDraft, NewNeed};
use tokio::sync::{mpsc, oneshot, watch};

use crate::{
    api_key::KeyStore,
    authflow_window::OpenAuthflow,
    console_window::{
        ConsoleWindow, Deleted, HistoryRead, LinkKind, Look, OpenConnection, Saved, Started,
    },
    environment_book::EnvironmentBook,
    login_window::PageKind,
    origin::OriginPattern,
    page_opener::Offer,
    settings::SettingsFile,
};
use clerk::Clerk;
use order::{Copy, Order};

/// How many orders may wait. They come from a person's hands.
const WAITING_ORDERS: usize = 64;

/// The way to the desk. Cheap to clone.
#[derive(Clone, Debug)]
pub struct ConsoleDesk {
    orders: mpsc::Sender<Order>,
    windows: watch::Receiver<Arc<ConsoleWindow>>,
    lists: watch::Receiver<Arc<ListView>>,
    opened: watch::Receiver<Arc<Option<OpenConnection>>>,
    authflows: watch::Receiver<Arc<Option<OpenAuthflow>>>,
}

/// Something for the system around the console.
#[derive(Debug)]
pub enum Signal {
    /// Somebody has begun to wait, is not in view, and notes are wanted.
    Need(NewNeed),
    /// Those who wait have changed.
    Waiting(Waiting),
    /// The origins whose pages may be framed from now on.
    Frames(Vec<OriginPattern>),
    /// The person wants Usher to go on behind the closed window.
    GoOn {
        /// Whether to say so; it is said once.
        say_so: bool,
    },
    /// The person wants Usher to end.
    End,
}

/// Those who wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The first few, the most pressing first: the connection and how it is called.
    pub first: Vec<(String, String)>,
    /// How many there are.
    pub count: u32,
    /// Whether somebody works at the console at all: it has a key that works.
    pub at_work: bool,
}

impl ConsoleDesk {
    /// Opens the desk, and begins to look for a key. To be called inside a tokio runtime.
    #[must_use]
    pub fn open(
        book: Arc<EnvironmentBook>,
        keys: KeyStore,
        settings: SettingsFile,
    ) -> (Self, mpsc::UnboundedReceiver<Signal>) {
        let (orders, inbox) = mpsc::channel(WAITING_ORDERS);
        let (signals, outside) = mpsc::unbounded_channel();
        let (clerk, publishing) = Clerk::new(book, keys, settings, signals);
        tokio::spawn(clerk.serve(inbox));
        let desk = Self {
            orders,
            windows: publishing.windows,
            lists: publishing.lists,
            opened: publishing.opened,
            authflows: publishing.authflows,
        };
        (desk, outside)
    }

    /// The window as it is now and as it changes.
    #[must_use]
    pub fn windows(&self) -> watch::Receiver<Arc<ConsoleWindow>> {
        self.windows.clone()
    }

    /// The list as it is now and as it changes.
    #[must_use]
    pub fn lists(&self) -> watch::Receiver<Arc<ListView>> {
        self.lists.clone()
    }

    /// The open connection as it is now and as it changes.
    #[must_use]
    pub fn opened(&self) -> watch::Receiver<Arc<Option<OpenConnection>>> {
        self.opened.clone()
    }

    /// Looks at a part of the list.
    pub async fn look(&self, look: Look) {
        self.order(Order::Look(look)).await;
    }

    /// Opens a connection, or none.
    pub async fn open_connection(&self, id: Option<String>) {
        self.order(Order::Open(id)).await;
    }

    /// Opens the next connection that waits for a person. Whether there is one.
    pub async fn open_next(&self) -> bool {
        self.ask(Order::OpenNext).await.unwrap_or(false)
    }

    /// A link asks for a connection in an environment.
    pub async fn watch(&self, connection_id: String, environment: String) {
        self.order(Order::Watch {
            connection_id,
            environment,
        })
        .await;
    }

    /// A hosted page has come back: a hint to read, if it brings what was given to it.
    pub async fn come_back(&self, connection_id: String, state: SecretString) {
        self.order(Order::ComeBack {
            connection_id,
            state,
        })
        .await;
    }

    /// Reads a connection again.
    pub async fn check(&self, id: String) {
        self.order(Order::Check(id)).await;
    }

    /// Sends an answer, once.
    pub async fn answer(&self, id: String, answer: Answer) -> Result<(), AnswerProblem> {
        let ordered = |reply| Order::Answer { id, answer, reply };
        self.ask(ordered).await.unwrap_or(Err(AnswerProblem::Over))
    }

    /// The address of a flow's page and the origins it may have.
    pub async fn page(&self, id: String, page: PageKind) -> Option<Offer> {
        let ordered = |reply| Order::Page { id, page, reply };
        self.ask(ordered).await.flatten()
    }

    /// The address of a live view, to be framed. With control only while the person has it.
    pub async fn frame(&self, id: String, control: bool) -> Option<Offer> {
        let ordered = |reply| Order::Frame { id, control, reply };
        self.ask(ordered).await.flatten()
    }

    /// The same for a window of its own: a live view is only to be looked at there.
    pub async fn page_to_look_at(&self, id: String, page: PageKind) -> Option<Offer> {
        match page {
            PageKind::LiveView => self.frame(id, false).await,
            PageKind::HostedPage => self.page(id, page).await,
        }
    }

    /// What the site of a connection is called, if it is the open one; else its id.
    #[must_use]
    pub fn site(&self, id: &str) -> String {
        let opened = self.opened.borrow().clone();
        let facts = opened.as_ref().as_ref().filter(|open| open.id == id);
        facts
            .and_then(|open| open.facts.as_ref())
            .map_or_else(|| id.to_owned(), |facts| facts.domain.to_string())
    }

    /// Whether the person has a remote browser in their hands.
    #[must_use]
    pub fn is_in_control(&self) -> bool {
        let opened = self.opened.borrow();
        opened.as_ref().as_ref().is_some_and(|open| open.in_control)
    }

    /// A link of a flow, to be copied.
    pub async fn link(&self, id: String, link: LinkKind) -> Option<SecretString> {
        let ordered = |reply| Order::Copy(Copy { id, link, reply });
        self.ask(ordered).await.flatten()
    }

    /// Starts a login. `None` if the desk is not at work any more.
    pub async fn start(&self, id: String, draft: LoginDraft, over: bool) -> Option<Started> {
        let ordered = |reply| Order::Start {
            id,
            draft,
            over,
            reply,
        };
        self.ask(ordered).await
    }

    /// Creates a connection. `None` if the desk is not at work any more.
    pub async fn create(&self, draft: ConnectionDraft) -> Option<Saved> {
        self.ask(|reply| Order::Create { draft, reply }).await
    }

    /// Changes a connection. `None` if the desk is not at work any more.
    pub async fn change(
        &self,
        id: String,
        before: ConnectionDraft,
        after: ConnectionDraft,
    ) -> Option<Saved> {
        let ordered = |reply| Order::Change {
            id,
            before: Box::new(before),
            after: Box::new(after),
            reply,
        };
        self.ask(ordered).await
    }

    /// Deletes a connection. `None` if the desk is not at work any more.
    pub async fn delete(&self, id: String) -> Option<Deleted> {
        self.ask(|reply| Order::Delete { id, reply }).await
    }

    /// Reads what happened on a connection. `None` if the desk is not at work any more.
    pub async fn history(
        &self,
        id: String,
        kind: Option<HappeningKind>,
        from: u64,
    ) -> Option<HistoryRead> {
        let ordered = |reply| Order::History {
            id,
            kind,
            from,
            reply,
        };
        self.ask(ordered).await
    }

    /// Takes a remote browser over.
    pub async fn take_over(&self, id: String) {
        self.order(Order::TakeOver(id)).await;
    }

    /// Gives the remote browser back.
    pub async fn give_back(&self) {
        self.order(Order::GiveBack).await;
    }

    /// What support needs to know about what the console shows. `None` if the desk is not at work
    /// any more.
    pub async fn details(&self) -> Option<String> {
        self.ask(Order::Details).await
    }

    /// Tries a key.
    pub async fn use_key(&self, key: SecretString) {
        self.order(Order::UseKey(key)).await;
    }

    /// Tries the key that could not be checked once more.
    pub async fn try_key_again(&self) {
        self.order(Order::TryKeyAgain).await;
    }

    /// Asks the keychain once more.
    pub async fn ask_keychain_again(&self) {
        self.order(Order::AskKeychainAgain).await;
    }

    /// Removes the key.
    pub async fn forget_key(&self) {
        self.order(Order::ForgetKey).await;
    }

    /// Works in another environment.
    pub async fn choose_environment(&self, name: String) {
        self.order(Order::ChooseEnvironment(name)).await;
    }

    /// Whether the system shows a note when a flow begins to wait.
    pub async fn set_notifications(&self, on: bool) {
        self.order(Order::SetNotifications(on)).await;
    }

    /// Whether closing the window goes on watching.
    pub async fn set_keep_watching(&self, on: bool) {
        self.order(Order::SetKeepWatching(on)).await;
    }

    /// The person wants to close the window.
    pub async fn want_to_close(&self) {
        self.order(Order::WantToClose).await;
    }

    /// The person says what closing means, or that the window stays.
    pub async fn close(&self, keep_watching: Option<bool>) {
        self.order(Order::Close(keep_watching)).await;
    }

    /// Whether the console is before the person now.
    pub async fn in_view(&self, is: bool) {
        self.order(Order::InView(is)).await;
    }

    async fn order(&self, order: Order) {
        // The desk closes with the app; an order that comes after has no meaning any more.
        let _ = self.orders.send(order).await;
    }

    async fn ask<T>(&self, order: impl FnOnce(oneshot::Sender<T>) -> Order) -> Option<T> {
        let (reply, outcome) = oneshot::channel();
        self.order(order(reply)).await;
        outcome.await.ok()
    }
}
