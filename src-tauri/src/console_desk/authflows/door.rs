//! What the rest of the app may ask of the authflows.

use std::sync::Arc;

use secrecy::SecretString;
use tokio::sync::watch;

use super::AuthflowOrder;
use crate::{
    authflow_window::{LookedUp, OpenAuthflow},
    console_desk::{ConsoleDesk, order::Order},
    page_opener::Offer,
};

impl ConsoleDesk {
    /// The open authflow as it is now and as it changes.
    #[must_use]
    pub fn authflows(&self) -> watch::Receiver<Arc<Option<OpenAuthflow>>> {
        self.authflows.clone()
    }

    /// A link asks for an authflow in an environment.
    pub async fn look_up_by_link(&self, authflow_id: String, environment: String) {
        self.order(Order::LookUpByLink {
            authflow_id,
            environment,
        })
        .await;
    }

    /// Looks up what a person has pasted; with `insist` also what does not look like an authflow's
    /// id. `None` if the desk is not at work.
    pub async fn look_up_authflow(&self, text: String, insist: bool) -> Option<LookedUp> {
        let ordered = |reply| {
            Order::Authflow(AuthflowOrder::LookUp {
                text,
                insist,
                reply,
            })
        };
        self.ask(ordered).await
    }

    /// Opens an authflow that is in the list.
    pub async fn open_authflow(&self, id: String) {
        self.authflow_order(AuthflowOrder::Open(id)).await;
    }

    /// Reads an authflow now, and watches it again.
    pub async fn check_authflow(&self, id: String) {
        self.authflow_order(AuthflowOrder::Check(id)).await;
    }

    /// Watches an authflow no longer.
    pub async fn forget_authflow(&self, id: String) {
        self.authflow_order(AuthflowOrder::Forget(id)).await;
    }

    /// The return address of the open authflow, if it may be opened at all.
    pub async fn return_address(&self, id: String) -> Option<Offer> {
        let ordered = |reply| Order::Authflow(AuthflowOrder::ReturnAddress { id, reply });
        self.ask(ordered).await.flatten()
    }

    /// Works with this key for Prefactor.
    pub async fn use_authflow_key(&self, key: SecretString) {
        self.authflow_order(AuthflowOrder::UseKey(key)).await;
    }

    /// Asks the keychain for Prefactor's key once more, or to keep the one in memory.
    pub async fn ask_authflow_keychain_again(&self) {
        self.authflow_order(AuthflowOrder::AskKeychainAgain).await;
    }

    /// Removes Prefactor's key.
    pub async fn forget_authflow_key(&self) {
        self.authflow_order(AuthflowOrder::ForgetKey).await;
    }

    async fn authflow_order(&self, order: AuthflowOrder) {
        self.order(Order::Authflow(order)).await;
    }
}
