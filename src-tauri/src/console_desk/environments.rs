//! Which environment is worked in.

use super::{
    Signal,
    clerk::{Clerk, Place},
    entrance::Entrance,
};
use crate::{
    environment::{Environment, Environments},
    environment_book::SANDBOX,
    link::DEFAULT_ENVIRONMENT,
};

impl Clerk {
    /// The environments were read: for the first time, or again.
    pub(super) fn take_environments(&mut self) {
        let known = self.known.borrow_and_update().clone();
        match known.as_ref() {
            Err(mistake) => {
                self.remember();
                self.next_world();
                self.place = Place::Misconfigured(mistake.clone());
            }
            Ok(environments) => {
                let Some(now) = self.environment_to_work_in(environments) else {
                    return;
                };
                if !self.works_in(&now) {
                    self.remember();
                    self.look_for_key(now);
                }
            }
        }
    }

    /// The environment to work in: the present one, else the last one, else the first.
    fn environment_to_work_in(&self, environments: &Environments) -> Option<Environment> {
        let present = match &self.place {
            Place::World(world) => Some(world.environment.name.clone()),
            Place::Entrance(entrance) => Some(entrance.environment.name.clone()),
            Place::Misconfigured(_) => None,
        };
        let sandbox = self.book.has_sandbox().then(|| SANDBOX.to_owned());
        [
            present,
            sandbox,
            self.settings.choices.environment.clone(),
            Some(DEFAULT_ENVIRONMENT.to_owned()),
        ]
        .into_iter()
        .flatten()
        .find_map(|name| environments.named(&name))
        .or_else(|| environments.iter().next())
        .cloned()
    }

    /// Whether an environment is the present one, unchanged.
    fn works_in(&self, environment: &Environment) -> bool {
        match &self.place {
            Place::World(world) => world.environment == *environment,
            Place::Entrance(entrance) => entrance.environment == *environment,
            Place::Misconfigured(_) => false,
        }
    }

    /// Remembers what is open and watched in a world that ends as its environment was changed.
    fn remember(&mut self) {
        if let Place::World(world) = &mut self.place {
            (self.wanted, self.left) = (world.wanted_again(), Some(world.authflows.leave()));
        }
    }

    pub(super) fn choose_environment(&mut self, name: &str) {
        let known = self.known.borrow().clone();
        let Ok(environments) = known.as_ref() else {
            return;
        };
        if let Some(environment) = environments.named(name)
            && !self.works_in(environment)
        {
            (self.wanted, self.left) = (None, None);
            self.look_for_key(environment.clone());
        }
    }

    pub(super) fn look_for_key(&mut self, environment: Environment) {
        let messenger = self.next_world();
        let origins = environment.live_view_origins.clone();
        let _ = self.signals.send(Signal::Frames(origins));
        let entrance = Entrance::look(environment, self.keys.clone(), messenger);
        self.place = Place::Entrance(Box::new(entrance));
    }
}
