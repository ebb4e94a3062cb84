//! What of support's world is drawn when, and how its window looks.

use std::time::Duration;

use login_flow::Text;
use tokio::time::Instant;

use super::{
    Signal, Waiting,
    clerk::{Clerk, Place},
    world::World,
};
use crate::{
    console_window::{ConsoleScreen, ConsoleWindow, DeskView, EnvironmentChoice, SettingsView},
    environment::Environment,
    settings::SettingsFile,
};

/// So many of those who wait are named outside the window.
const NAMED_OUTSIDE: usize = 6;

/// The list is drawn at most this often: many flows change in the same moment.
const LIST_EVERY: Duration = Duration::from_millis(100);

impl Clerk {
    pub(super) fn list_changed(&mut self) {
        let soonest = self
            .list_drawn
            .map_or_else(Instant::now, |drawn| drawn + LIST_EVERY);
        self.list_due = self.list_due.or(Some(soonest));
    }

    pub(super) fn draw_list(&mut self) {
        self.list_due = None;
        self.list_drawn = Some(Instant::now());
        if let Place::World(world) = &self.place {
            let open = world.subject();
            let window = world.window(open.as_ref());
            self.publisher.list(world.roster.list(window));
        }
        self.tell_waiting();
    }

    /// Says outside the window who waits, when that has changed.
    fn tell_waiting(&mut self) {
        let waiting = match &self.place {
            Place::World(world) => Waiting::at(world),
            Place::Entrance(_) | Place::Misconfigured(_) => Waiting::default(),
        };
        if self.waiting_told.as_ref() != Some(&waiting) {
            self.waiting_told = Some(waiting.clone());
            let _ = self.signals.send(Signal::Waiting(waiting));
        }
    }

    pub(super) fn publish(&mut self) {
        let (open, authflow) = match &self.place {
            Place::World(world) => (
                world.open.as_ref().map(|open| open.draw(world)),
                world
                    .authflows
                    .draw(&self.book.file().display().to_string()),
            ),
            Place::Entrance(_) | Place::Misconfigured(_) => (None, None),
        };
        self.publisher.open(open);
        self.publisher.authflow(authflow);
        self.publish_window();
        if !matches!(self.place, Place::World(_)) {
            self.tell_waiting();
        }
    }

    pub(super) fn publish_window(&self) {
        self.publisher.window(ConsoleWindow {
            revision: 0,
            screen: self.screen(),
            environments: match self.known.borrow().as_ref() {
                Ok(environments) => environments.iter().map(choice).collect(),
                Err(_) => Vec::new(),
            },
            settings: settings_view(&self.settings),
            closing: self.closing,
        });
    }

    fn screen(&self) -> ConsoleScreen {
        match &self.place {
            Place::Misconfigured(mistake) => ConsoleScreen::Misconfigured {
                file: Text::or_dash(&self.book.file().display().to_string()),
                line: mistake.line.and_then(|line| u32::try_from(line).ok()),
                text: mistake.text.as_deref().and_then(Text::new),
                problem: Text::new(&mistake.problem).unwrap_or_else(|| Text::or_dash("")),
            },
            Place::Entrance(entrance) => ConsoleScreen::Welcome {
                environment: choice(&entrance.environment),
                key: entrance.key.clone(),
            },
            Place::World(world) => ConsoleScreen::Desk {
                desk: Box::new(desk_view(world)),
            },
        }
    }
}

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
