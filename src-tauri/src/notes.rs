//! The system's notes: somebody has begun to wait.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use notify_rust::Notification;
use support::{Need, NewNeed};
use tokio::time::{Instant, sleep_until};

/// So many notes may wait for a click at once, a thread each; later ones are shown without.
const MOST_CLICKABLE: usize = 32;

/// Shows notes.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    clickable: Arc<AtomicUsize>,
}

/// Needs that come all at once, as when Usher starts: the first few have a note each, and the
/// rest share one.
#[derive(Debug, Default)]
pub struct Crowd {
    /// When the first of them came.
    since: Option<Instant>,
    came: u32,
}

/// So many needs that come together have a note each.
const EACH: u32 = 3;
/// Needs that come within this time come together.
const TOGETHER: Duration = Duration::from_secs(4);

impl Crowd {
    /// Another need. Whether it has a note of its own.
    pub fn comes(&mut self) -> bool {
        if self.since.is_none_or(|since| since.elapsed() >= TOGETHER) {
            self.since = Some(Instant::now());
            self.came = 0;
        }
        self.came += 1;
        self.came <= EACH
    }

    /// Waits until all that come together have come. How many share a note; never, if none does.
    pub async fn over(&mut self) -> u32 {
        let since = match self.since {
            Some(since) if self.came > EACH => since,
            _ => return pending().await,
        };
        sleep_until(since + TOGETHER).await;
        self.since = None;
        self.came - EACH
    }
}

impl Notes {
    /// Says that more have begun to wait. A click calls `go`.
    pub fn more(&self, count: u32, go: impl FnOnce() + Send + 'static) {
        let title = match count {
            1 => "1 more login waits".to_owned(),
            count => format!("{count} more logins wait"),
        };
        self.show(&title, "Those with the least time are on top in Usher.", go);
    }

    /// Says that somebody has begun to wait. A click calls `go`.
    pub fn need(&self, need: &NewNeed, go: impl FnOnce() + Send + 'static) {
        let title = format!("{} {}", need.domain, words(need.need));
        self.show(&title, &format!("for “{}”", need.profile), go);
    }

    /// Says that Usher goes on behind the closed window. A click calls `go`.
    pub fn goes_on(&self, go: impl FnOnce() + Send + 'static) {
        let text = "It tells you when somebody waits. Open it again from the tray, or by starting it once more.";
        self.show("Usher goes on watching", text, go);
    }

    fn show(&self, title: &str, text: &str, go: impl FnOnce() + Send + 'static) {
        let mut note = Notification::new();
        note.appname("Usher").summary(title).body(text);
        if self.clickable.fetch_add(1, Ordering::SeqCst) < MOST_CLICKABLE {
            note.action("default", "Open");
        }
        let clickable = self.clickable.clone();
        // Showing may block, and waiting for the click does.
        let shown = std::thread::Builder::new()
            .name("note".into())
            .spawn(move || {
                match note.show() {
                    Ok(shown) => wait_for_click(shown, go),
                    // A system without notes loses only the note: the list and the tray tell it.
                    Err(error) => tracing::warn!(%error, "the system shows no note"),
                }
                clickable.fetch_sub(1, Ordering::SeqCst);
            });
        if shown.is_err() {
            self.clickable.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn wait_for_click(note: notify_rust::NotificationHandle, go: impl FnOnce()) {
    let mut go = Some(go);
    note.wait_for_action(|action| {
        if action == "default"
            && let Some(go) = go.take()
        {
            go();
        }
    });
}

/// Clicks are not told on this system.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn wait_for_click<T>(_note: T, _go: impl FnOnce()) {}

/// What a flow wants, after the site's name.
fn words(need: Need) -> &'static str {
    match need {
        Need::Code => "wants a code",
        Need::SignIn => "wants sign-in details",
        Need::Details => "wants some details",
        Need::Account => "wants to know which account",
        Need::Choice => "wants a choice",
        Need::Elsewhere => "waits for another device",
        Need::Person => "needs somebody in the remote browser",
        Need::Unfamiliar => "asks for something new",
    }
}
