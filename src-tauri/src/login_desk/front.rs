//! What is on the screen, and what happens there by itself.

use std::future::pending;

use managed_auth::{Access, Error};
use tokio::task::JoinHandle;

use super::open_login::OpenLogin;
use crate::{
    environment::Environment,
    link::{Invitation, LinkProblem},
};

/// What is on the screen.
pub(super) enum Front {
    Nothing,
    BadLink(LinkProblem),
    Invited(Invitation),
    Exchanging(Exchange),
    NotOpened {
        invitation: Invitation,
        error: Error,
    },
    Login(OpenLogin),
}

/// A code on its way to be exchanged.
pub(super) struct Exchange {
    pub(super) invitation: Invitation,
    pub(super) environment: Environment,
    pub(super) task: JoinHandle<Result<Access, Error>>,
}

impl Front {
    pub(super) fn login(&self) -> Option<&OpenLogin> {
        if let Self::Login(login) = self {
            Some(login)
        } else {
            None
        }
    }
}

/// Something that happens by itself.
pub(super) enum Happening {
    Exchanged(Result<Access, Error>),
    News,
}

/// Waits for what happens next on the screen or behind it.
pub(super) async fn next_happening(front: &mut Front, behind: &mut Option<OpenLogin>) -> Happening {
    let on_screen = async {
        match front {
            Front::Exchanging(exchange) => {
                // The task ends early only with the app.
                Happening::Exchanged((&mut exchange.task).await.unwrap_or(Err(Error::Timeout)))
            }
            Front::Login(login) => login.next_view().await,
            Front::Nothing | Front::BadLink(_) | Front::Invited(_) | Front::NotOpened { .. } => {
                pending().await
            }
        }
    };
    let behind_it = async {
        match behind {
            Some(login) => login.next_view().await,
            None => pending().await,
        }
    };
    tokio::select! {
        happening = on_screen => happening,
        happening = behind_it => happening,
    }
}
