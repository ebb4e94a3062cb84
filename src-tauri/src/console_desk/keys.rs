//! What becomes of the world when its key is found, changed, removed or refused.

use login_flow::{Text, Trouble};
use managed_auth::Journal;
use secrecy::SecretString;

use super::{
    authflows::Authflows,
    clerk::{Clerk, Place},
    entrance::{Entrance, Source, Tried},
    news::{Messenger, What},
    world::World,
};
use crate::{console_window::KeyState, environment::Environment, login_window::KeychainUse};

impl Clerk {
    /// Works with a key that is accepted.
    pub(super) async fn enter(
        &mut self,
        environment: Environment,
        tried: Tried,
        organization: Option<Text>,
    ) {
        let messenger = self.messenger();
        let kept = match tried.from {
            Source::Keychain => KeychainUse::Kept,
            Source::Hand | Source::Sandbox => KeychainUse::Unused,
        };
        let name = environment.name.clone();
        let left = self.left.take();
        let authflows = left
            .and_then(|left| left.go_over(&environment, messenger.clone()))
            .unwrap_or_else(|| Authflows::begin(&environment, &self.keys, messenger.clone()));
        let mut world = World::begin(
            environment,
            tried.client,
            tried.key.clone(),
            kept,
            messenger.clone(),
            tried.journal.clone(),
            authflows,
        );
        world.organization = organization;
        world.authflows.go_on(&mut world.roster);
        if let Some(wanted) = self.wanted.take()
            && wanted.environment == name
        {
            world.open_again(wanted.subject).await;
        }
        self.place = Place::World(Box::new(world));
        if tried.from == Source::Hand {
            self.keep(name.clone(), tried.key, messenger);
        }
        if self.settings.choices.environment.as_ref() != Some(&name) {
            self.settings
                .change(|choices| choices.environment = Some(name));
        }
        self.list_changed();
    }

    /// Keeps the key. The keychain may take its time.
    fn keep(&self, name: String, key: SecretString, messenger: Messenger) {
        let keys = self.keys.clone();
        tokio::spawn(async move {
            messenger
                .tell(What::KeyKept(keys.keep(&name, &key).await))
                .await;
        });
    }

    pub(super) fn use_key(&mut self, key: SecretString) {
        match &mut self.place {
            Place::Entrance(entrance) => entrance.check(key, Source::Hand),
            Place::World(world) => {
                let (environment, journal) = (world.environment.clone(), world.journal.clone());
                (self.wanted, self.left) = (world.wanted_again(), Some(world.authflows.leave()));
                let messenger = self.next_world();
                let mut entrance = Entrance::without_key(
                    environment,
                    KeyState::Wanted,
                    self.keys.clone(),
                    messenger,
                    journal,
                );
                entrance.check(key, Source::Hand);
                self.place = Place::Entrance(Box::new(entrance));
            }
            Place::Misconfigured(_) => {}
        }
    }

    pub(super) fn ask_keychain_again(&mut self) {
        match &mut self.place {
            Place::Entrance(entrance) => entrance.ask_keychain(),
            Place::World(world) => {
                let (name, key) = (world.environment.name.clone(), world.key.clone());
                let messenger = world.messenger.clone();
                self.keep(name, key, messenger);
            }
            Place::Misconfigured(_) => {}
        }
    }

    pub(super) fn forget_key(&mut self) {
        let environment = match &self.place {
            Place::World(world) => world.environment.clone(),
            Place::Entrance(entrance) => entrance.environment.clone(),
            Place::Misconfigured(_) => return,
        };
        (self.wanted, self.left) = (None, None);
        let messenger = self.next_world();
        let (keys, name) = (self.keys.clone(), environment.name.clone());
        let entrance = Entrance::without_key(
            environment,
            KeyState::Looking,
            self.keys.clone(),
            messenger.clone(),
            Journal::default(),
        );
        self.place = Place::Entrance(Box::new(entrance));
        tokio::spawn(async move {
            // What can't be removed is said, so that nobody takes it for gone.
            let outcome = keys.remove(&name).await.map(|()| None);
            messenger.tell(What::KeyFound(outcome)).await;
        });
    }

    /// The key is not accepted any more: everything stops, and one message says so.
    pub(super) fn lose_key(&mut self, trouble: Trouble) {
        let Place::World(world) = &mut self.place else {
            return;
        };
        let (environment, journal) = (world.environment.clone(), world.journal.clone());
        (self.wanted, self.left) = (world.wanted_again(), Some(world.authflows.leave()));
        let messenger = self.next_world();
        let key = KeyState::Failed {
            trouble,
            try_again: false,
        };
        let entrance =
            Entrance::without_key(environment, key, self.keys.clone(), messenger, journal);
        self.place = Place::Entrance(Box::new(entrance));
    }
}
