//! What is asked of the desk.

use login_flow::{Answer, AnswerProblem};
use secrecy::SecretString;
use support::{ConnectionDraft, HappeningKind, LoginDraft};
use tokio::sync::oneshot;

use super::authflows::AuthflowOrder;
use crate::{
    console_window::{Deleted, HistoryRead, LinkKind, Look, Saved, Started},
    login_window::PageKind,
    page_opener::Offer,
};

/// What is asked of the desk.
#[derive(Debug)]
pub(super) enum Order {
    Look(Look),
    Open(Option<String>),
    OpenNext(oneshot::Sender<bool>),
    Watch {
        connection_id: String,
        environment: String,
    },
    /// A link names an authflow.
    LookUpByLink {
        authflow_id: String,
        environment: String,
    },
    Authflow(AuthflowOrder),
    ComeBack {
        connection_id: String,
        state: SecretString,
    },
    Check(String),
    Answer {
        id: String,
        answer: Answer,
        reply: oneshot::Sender<Result<(), AnswerProblem>>,
    },
    Page {
        id: String,
        page: PageKind,
        reply: oneshot::Sender<Option<Offer>>,
    },
    Frame {
        id: String,
        control: bool,
        reply: oneshot::Sender<Option<Offer>>,
    },
    Copy(Copy),
    Start {
        id: String,
        draft: LoginDraft,
        over: bool,
        reply: oneshot::Sender<Started>,
    },
    Create {
        draft: ConnectionDraft,
        reply: oneshot::Sender<Saved>,
    },
    Change {
        id: String,
        before: Box<ConnectionDraft>,
        after: Box<ConnectionDraft>,
        reply: oneshot::Sender<Saved>,
    },
    Delete {
        id: String,
        reply: oneshot::Sender<Deleted>,
    },
    History {
        id: String,
        kind: Option<HappeningKind>,
        from: u64,
        reply: oneshot::Sender<HistoryRead>,
    },
    TakeOver(String),
    GiveBack,
    Details(oneshot::Sender<String>),
    UseKey(SecretString),
    TryKeyAgain,
    AskKeychainAgain,
    ForgetKey,
    ChooseEnvironment(String),
    SetNotifications(bool),
    SetKeepWatching(bool),
    WantToClose,
    Close(Option<bool>),
    InView(bool),
}

/// A link that is to be copied.
#[derive(Debug)]
pub(super) struct Copy {
    pub(super) id: String,
    pub(super) link: LinkKind,
    pub(super) reply: oneshot::Sender<Option<SecretString>>,
}
