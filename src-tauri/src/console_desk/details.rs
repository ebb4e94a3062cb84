//! What support needs to know about what the console shows.

use super::{
    clerk::{Clerk, Place},
    entrance::Entrance,
    world::World,
};
use crate::{
    console_window::{KeyState, Reading},
    details::Details,
    handoff::Handoff,
};

impl Clerk {
    /// The details of what the console shows.
    pub(super) fn details(&self) -> Details {
        let mut details = Details::now();
        match &self.place {
            Place::Misconfigured(_) => details.fact("Screen", "environments.toml has a mistake"),
            Place::Entrance(entrance) => add_entrance(&mut details, entrance),
            Place::World(world) => add_world(&mut details, world),
        }
        details
    }
}

fn add_entrance(details: &mut Details, entrance: &Entrance) {
    if let Some(tried) = &entrance.tried {
        details.secret(&tried.key);
    }
    details.environment(&entrance.environment);
    match &entrance.key {
        KeyState::Looking => details.fact("Key", "looked for"),
        KeyState::Wanted => details.fact("Key", "none"),
        KeyState::KeychainTrouble { why } => details.fact("Keychain", why),
        KeyState::Checking => details.fact("Key", "being checked"),
        KeyState::Failed { trouble, .. } => details.trouble(trouble),
    }
    details.tried(&entrance.journal);
}

fn add_world(details: &mut Details, world: &World) {
    details.secret(&world.key);
    let opened = world.open.as_ref();
    let seen = opened.and_then(|open| open.handoff.as_ref());
    for handoff in world.handoffs.values().chain(seen) {
        add_secrets(details, handoff);
    }
    details.environment(&world.environment);
    if world.authflows.subject().is_some() {
        return world.authflows.add_to(details);
    }
    details.keychain(world.kept);
    if let Reading::Failed { trouble, .. } = &world.reading {
        details.fact("List", "can’t be read");
        details.trouble(trouble);
    }
    if let Some(open) = opened {
        let shown = open.draw(world);
        match &shown.flow {
            Some(flow) => details.flow(flow),
            None => details.connection(&open.id),
        }
        if let Some(trouble) = &open.trouble {
            details.trouble(trouble);
        }
    }
    details.tried(&world.journal);
}

fn add_secrets(details: &mut Details, handoff: &Handoff) {
    for secret in [&handoff.code, &handoff.hosted_url].into_iter().flatten() {
        details.secret(secret);
    }
}
