//! What support needs to know about what is wrong, as a text that is safe to send.
//!
//! It is put together here and goes from here to the clipboard: no page sees it. What is ours
//! stands as it is, what came from outside is sieved, and at the end the secrets that this process
//! has in its hands are looked for once more in all of it.

use std::fmt::{Display, Write as _};

use jiff::{SignedDuration, Timestamp};
use login_flow::{StreamState, Trouble, View, redact, span, without_secrets};
use managed_auth::{Call, Journal};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use support::AuthflowView;

use crate::{environment::Environment, login_window::KeychainUse};

/// The details of one moment.
#[derive(Debug)]
pub struct Details {
    lines: Vec<String>,
    calls: Vec<Call>,
    secrets: Vec<SecretString>,
}

impl Details {
    /// The details of this program on this system, now.
    #[must_use]
    pub fn now() -> Self {
        let mut details = Self {
            lines: Vec::new(),
            calls: Vec::new(),
            secrets: Vec::new(),
        };
        details.fact("Time", to_a_second(Timestamp::now()));
        details.fact("Usher", env!("CARGO_PKG_VERSION"));
        details.fact("System", system());
        let engine = tauri::webview_version().unwrap_or_else(|_| "not known".to_owned());
        details.fact("Web engine", engine);
        details
    }

    /// Notes something of ours.
    pub fn fact(&mut self, name: &str, value: impl Display) {
        self.lines.push(format!("{name}: {value}"));
    }

    /// Notes something that came from outside.
    pub fn said(&mut self, name: &str, value: &str) {
        let secrets = self.secrets();
        let value = redact(value, &secrets);
        self.fact(name, value);
    }

    /// Notes a word that crosses to the page, such as a stage.
    fn word(&mut self, name: &str, value: &impl Serialize) {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(word)) => self.fact(name, word),
            Ok(other) => self.said(name, &other.to_string()),
            Err(_) => {}
        }
    }

    /// A secret that this process has in its hands. It won't be in the text.
    pub fn secret(&mut self, secret: &SecretString) {
        self.secrets.push(secret.clone());
    }

    /// Notes the service.
    pub fn environment(&mut self, environment: &Environment) {
        self.fact("Environment", &environment.name);
        self.fact("Service", environment.host());
    }

    /// Notes the connection.
    pub fn connection(&mut self, id: &str) {
        let id = login_flow::Text::or_dash(id);
        self.fact("Connection", id);
    }

    /// Notes where the access is kept.
    pub fn keychain(&mut self, keychain: KeychainUse) {
        match keychain {
            KeychainUse::Unused => self.fact("Keychain", "nothing to keep"),
            KeychainUse::Kept => self.fact("Keychain", "kept"),
            KeychainUse::MemoryOnly { why } => {
                self.fact("Keychain", format_args!("in memory only: {why}"));
            }
        }
    }

    /// Notes what is wrong.
    pub fn trouble(&mut self, trouble: &Trouble) {
        self.said("Code", trouble.code.as_str());
        self.fact("Trouble", &trouble.title);
        if let Some(words) = &trouble.details {
            self.said("The service says", words.as_str());
        }
    }

    /// Notes how a flow stands.
    pub fn flow(&mut self, view: &View) {
        self.connection(view.connection.id.as_str());
        self.word("Stage", &view.stage);
        if let Some(status) = &view.status {
            self.word("Status", status);
        }
        if let Some(step) = &view.step {
            self.word("Step", step);
        }
        if let Some(at) = view.expires_at {
            self.fact("Runs out", to_a_second(at));
        }
        self.stream(&view.stream);
        if let Some(trouble) = &view.error {
            self.trouble(trouble);
        }
    }

    /// Notes how an authflow stands.
    pub fn authflow(&mut self, view: &AuthflowView) {
        self.word("Watch", &view.watch);
        if let Some(status) = &view.status {
            self.word("Status", status);
        }
        if let Some(at) = view.read_at {
            self.fact("Read", to_a_second(at));
        }
        if let Some(trouble) = &view.trouble {
            self.trouble(trouble);
        }
    }

    fn stream(&mut self, stream: &StreamState) {
        match stream {
            StreamState::Connecting => self.fact("Stream", "connecting"),
            StreamState::Live => self.fact("Stream", "live"),
            StreamState::Ended => self.fact("Stream", "ended"),
            StreamState::Reconnecting {
                since,
                attempts,
                cause,
            } => {
                let since = to_a_second(*since);
                let lost = format!("lost since {since}, {attempts} failed tries more");
                self.fact("Stream", lost);
                self.word("Stream’s cause", cause);
            }
        }
    }

    /// Notes what was tried lately.
    pub fn tried(&mut self, journal: &Journal) {
        let clock = journal.clock_ahead();
        self.fact(
            "Clock",
            clock.map_or_else(|| "not compared".to_owned(), told),
        );
        self.calls = journal.calls();
    }

    /// The text. A secret that is among its words all the same is taken out.
    #[must_use]
    pub fn text(self) -> String {
        let mut text =
            "Details from Usher. No password, code, key or link is in here.\n\n".to_owned();
        for line in &self.lines {
            text.push_str(line);
            text.push('\n');
        }
        if !self.calls.is_empty() {
            text.push_str("\nTried, the latest last:\n");
        }
        for call in &self.calls {
            // Writing to a text does not fail.
            let _ = write!(
                text,
                "{} {}: {} ({} ms)",
                to_a_second(call.at),
                call.what,
                call.outcome,
                call.took.as_millis(),
            );
            if let Some(id) = &call.request_id {
                let _ = write!(text, ", request {}", id.as_str());
            }
            text.push('\n');
        }
        without_secrets(&text, &self.secrets())
    }

    fn secrets(&self) -> Vec<&str> {
        self.secrets
            .iter()
            .map(SecretString::expose_secret)
            .collect()
    }
}

fn to_a_second(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn told(ahead: SignedDuration) -> String {
    match ahead.as_secs() {
        -2..=2 => "as the service’s".to_owned(),
        3.. => format!("{} ahead of the service’s", span(ahead)),
        _ => format!("{} behind the service’s", span(ahead)),
    }
}

/// The system's own name, where it has one that can be read.
fn system() -> String {
    let (kind, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))
        .map(|name| name.trim_matches('"').to_owned());
    match name {
        Some(name) => format!("{name} ({kind}, {machine})"),
        None => format!("{kind}, {machine}"),
    }
}

#[cfg(test)]
mod tests {
    use login_flow::{Lost, Text};

    use super::*;

    const TOKEN: &str = "eyJplanted.token-of.a-guest0123456789";

    fn trouble(details: &str) -> Trouble {
        Trouble {
            code: Text::or_dash("internal_error"),
            title: Text::or_dash("The login service had a problem."),
            advice: Text::or_dash("Try again."),
            details: Text::new(details),
        }
    }

    #[test]
    fn it_says_what_support_needs() {
        let mut details = Details::now();
        details.connection("ma_1");
        details.keychain(KeychainUse::Kept);
        details.trouble(&trouble("browser pool is busy"));
        details.stream(&StreamState::Reconnecting {
            since: Timestamp::UNIX_EPOCH,
            attempts: 3,
            cause: Lost::ProxyWantsLogin,
        });
        details.tried(&Journal::default());
        let text = details.text();
        for part in [
            "Time: 20",
            concat!("Usher: ", env!("CARGO_PKG_VERSION")),
            "System: ",
            "Web engine: ",
            "Connection: ma_1",
            "Keychain: kept",
            "Code: internal_error",
            "The service says: browser pool is busy",
            "lost since 1970-01-01T00:00:00Z, 3 failed tries more",
            "proxy_wants_login",
            "Clock: not compared",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn no_secret_is_in_it_whoever_says_it() {
        let mut details = Details::now();
        details.secret(&SecretString::from(TOKEN));
        details.trouble(&trouble(&format!("no access with {TOKEN}, code 123456")));
        details.connection(TOKEN);
        let text = details.text();
        assert!(
            !text.contains("planted") && !text.contains("123456"),
            "{text}"
        );
        assert!(text.contains("The service says: no access with"), "{text}");
    }

    #[test]
    fn the_difference_of_the_clocks_is_told() {
        assert_eq!(told(SignedDuration::from_secs(1)), "as the service’s");
        assert_eq!(
            told(SignedDuration::from_hours(3)),
            "3 hours ahead of the service’s"
        );
        assert_eq!(
            told(-SignedDuration::from_mins(5)),
            "5 minutes behind the service’s"
        );
    }
}
