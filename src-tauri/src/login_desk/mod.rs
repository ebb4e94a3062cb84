//! The login desk: the one owner of what the login window shows.
//!
//! Links, presses and news come in as orders, one after the other; a whole [`LoginWindow`] comes
//! out. Commands never touch its state.

mod clerk;
mod details;
mod front;
mod keeper;
mod open_login;

use std::sync::Arc;

use keychain::KeychainTrouble;
use login_flow::{Answer, AnswerProblem};
use managed_auth::Journal;
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot, watch};

use crate::{
    environment_book::Known,
    kept_session::SessionStore,
    login_window::{KeychainUse, LoginScreen, LoginWindow, PageKind},
    page_opener::Offer,
};
use clerk::Clerk;
use front::Front;
use keeper::{Found, Keeper};

/// How many orders may wait. Orders come from a person's hands.
const WAITING_ORDERS: usize = 32;

/// The way to the desk. Cheap to clone.
#[derive(Clone, Debug)]
pub struct LoginDesk {
    orders: mpsc::Sender<Order>,
    windows: watch::Receiver<Arc<LoginWindow>>,
    is_settled: watch::Receiver<bool>,
}

#[derive(Debug)]
enum Order {
    Link(SecretString),
    Begin,
    DismissLink,
    Answer(Answer, oneshot::Sender<Result<(), AnswerProblem>>),
    CheckAgain,
    Page(PageKind, oneshot::Sender<Option<Offer>>),
    Kept(Result<(), KeychainTrouble>),
    Details(oneshot::Sender<String>),
    /// A login that was left open, if there was one.
    LeftOpen(Option<Found>),
    /// The access that the link on the screen has bought before, which took its time.
    FoundLate(Found),
}

impl LoginDesk {
    /// Opens the desk. Without a link, a login that was left open is continued. To be called
    /// inside a tokio runtime.
    #[must_use]
    pub fn open(
        book: watch::Receiver<Arc<Known>>,
        sessions: SessionStore,
        link: Option<SecretString>,
    ) -> Self {
        let (publish, windows) = watch::channel(Arc::new(LoginWindow {
            revision: 0,
            keychain: KeychainUse::Unused,
            screen: LoginScreen::NoLink,
        }));
        let (settled, is_settled) = watch::channel(false);
        let (orders, inbox) = mpsc::channel(WAITING_ORDERS);
        let clerk = Clerk {
            book,
            settled,
            keeper: Keeper::start(sessions, orders.clone()),
            publish,
            front: Front::Nothing,
            behind: None,
            keychain: KeychainUse::Unused,
            journal: Journal::default(),
        };
        tokio::spawn(clerk.serve(inbox, link));
        Self {
            orders,
            windows,
            is_settled,
        }
    }

    /// The window as it is now and as it changes; only the latest counts.
    #[must_use]
    pub fn windows(&self) -> watch::Receiver<Arc<LoginWindow>> {
        self.windows.clone()
    }

    /// Waits until it is known whether a login that was left open is continued. Whether there is
    /// something to show.
    pub async fn has_something_to_show(&self) -> bool {
        // A desk that has closed has nothing to show.
        let _ = self.is_settled.clone().wait_for(|settled| *settled).await;
        self.windows.borrow().screen != LoginScreen::NoLink
    }

    /// A link arrived, from the system or from the person's own hands.
    pub async fn link(&self, link: SecretString) {
        self.order(Order::Link(link)).await;
    }

    /// The person wants to go on with the invitation.
    pub async fn begin(&self) {
        self.order(Order::Begin).await;
    }

    /// The person does not want the link on the screen.
    pub async fn dismiss_link(&self) {
        self.order(Order::DismissLink).await;
    }

    /// Sends an answer, once.
    pub async fn answer(&self, answer: Answer) -> Result<(), AnswerProblem> {
        let (reply, outcome) = oneshot::channel();
        self.order(Order::Answer(answer, reply)).await;
        outcome.await.unwrap_or(Err(AnswerProblem::Over))
    }

    /// Looks how things stand now.
    pub async fn check_again(&self) {
        self.order(Order::CheckAgain).await;
    }

    /// The address of a page and the origins it may have. `None` if there is no such page now.
    pub async fn page(&self, page: PageKind) -> Option<Offer> {
        let (reply, offer) = oneshot::channel();
        self.order(Order::Page(page, reply)).await;
        offer.await.ok().flatten()
    }

    /// What support needs to know about what is on the screen. `None` if the desk has closed.
    pub async fn details(&self) -> Option<String> {
        let (reply, details) = oneshot::channel();
        self.order(Order::Details(reply)).await;
        details.await.ok()
    }

    async fn order(&self, order: Order) {
        // The desk closes with the app; an order that comes after has no meaning any more.
        let _ = self.orders.send(order).await;
    }
}
