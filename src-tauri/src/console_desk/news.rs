//! What comes by itself: over the network, from the keychain, from the flows that are followed.

use jiff::Timestamp;
use keychain::KeychainTrouble;
use managed_auth::{AuthContext, Connection, Error, LoginStarted, Read};
use secrecy::SecretString;
use tokio::sync::mpsc;

use super::authflows::AuthflowNews;

/// What came. Each carries the number of the world it was asked for in: what comes late, after
/// the person went elsewhere, is for nobody.
#[derive(Debug)]
pub(super) struct News {
    pub(super) world: u64,
    pub(super) what: What,
}

/// What came.
#[derive(Debug)]
pub(super) enum What {
    /// The keychain has answered.
    KeyFound(Result<Option<SecretString>, KeychainTrouble>),
    /// The service has said what it thinks of a key.
    KeyChecked(Result<Option<AuthContext>, Error>),
    /// The keychain has taken a key, or not.
    KeyKept(Result<(), KeychainTrouble>),
    /// A part of the list was read, at this time by the service's clock.
    Listed {
        connections: Vec<Connection>,
        service_time: Option<Timestamp>,
    },
    /// The walk over the list is over.
    WalkOver(Result<(), Error>),
    /// The service has searched.
    Found {
        query: String,
        connections: Result<Vec<Connection>, Error>,
    },
    /// A connection was read by itself.
    Read {
        id: String,
        outcome: Result<Box<Read<Connection>>, Error>,
    },
    /// A followed flow has changed.
    Flow(String),
    /// A login was started.
    Started(Box<LoginStarted>),
    /// A connection is gone.
    Deleted(String),
    /// Something of the authflows.
    Authflow(AuthflowNews),
}

/// Where news are sent, for one world.
#[derive(Clone, Debug)]
pub(super) struct Messenger {
    pub(super) world: u64,
    pub(super) news: mpsc::Sender<News>,
}

impl Messenger {
    pub(super) async fn tell(&self, what: What) {
        let world = self.world;
        // The desk closes with the app.
        let _ = self.news.send(News { world, what }).await;
    }
}
