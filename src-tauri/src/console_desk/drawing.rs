//! How support's world is drawn, except for the list and the open connection.

use login_flow::Text;

use super::{Waiting, world::World};
use crate::{
    console_window::{DeskView, EnvironmentChoice, SettingsView},
    environment::Environment,
    settings::SettingsFile,
};

/// So many of those who wait are named outside the window.
const NAMED_OUTSIDE: usize = 6;

impl Waiting {
    pub(super) fn at(world: &World) -> Self {
        let called = |(id, row): (&str, &support::Row)| {
            (id.to_owned(), format!("{} – {}", row.domain, row.profile))
        };
        Self {
            first: world
                .roster
                .waiting()
                .take(NAMED_OUTSIDE)
                .map(called)
                .collect(),
            count: world.roster.counts().needs_a_person,
            at_work: true,
        }
    }
}

pub(super) fn choice(environment: &Environment) -> EnvironmentChoice {
    EnvironmentChoice {
        name: environment.name.clone(),
        host: Text::or_dash(&environment.host()),
        is_sandbox: environment.is_sandbox,
    }
}

pub(super) fn settings_view(settings: &SettingsFile) -> SettingsView {
    SettingsView {
        keep_watching: settings.choices.keep_watching,
        notifications: settings.choices.notifications,
        not_kept: settings.not_kept,
    }
}

pub(super) fn desk_view(world: &World) -> DeskView {
    let counts = world.roster.counts();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let followed = world.flows.keys().filter(|id| world.is_followed(id));
    let followed = number(followed.count());
    let without_news = world
        .flows
        .keys()
        .filter_map(|id| world.roster.row(id))
        .filter(|row| !row.has_news);
    DeskView {
        environment: choice(&world.environment),
        key: world.kept,
        organization: world.organization.clone(),
        project: world
            .environment
            .project
            .as_deref()
            .and_then(|project| Text::bounded(project, 80)),
        reading: world.reading.clone(),
        waiting: counts.needs_a_person,
        followed,
        not_followed: world.roster.running_connections().saturating_sub(followed),
        without_news: number(without_news.count()),
        open: world.subject(),
        authflows: world.authflows.service(),
        in_control: world.in_control.clone(),
        views_need_webrtc: world.environment.views_need_webrtc,
        not_found: world.not_found.clone(),
    }
}
