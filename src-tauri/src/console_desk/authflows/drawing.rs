//! How the authflows are drawn, except for their rows.

use login_flow::Text;
use support::{AuthflowView, trouble_of_id};

use super::{Authflows, IdProblem, Opened, key::Key};
use crate::{
    authflow_window::{AuthflowKeyState, AuthflowScreen, AuthflowService, OpenAuthflow},
    details::Details,
};

impl Authflows {
    /// The service, if there is one.
    pub(in crate::console_desk) fn service(&self) -> Option<AuthflowService> {
        let endpoint = self.endpoint.as_ref()?;
        Some(AuthflowService {
            host: Text::or_dash(&endpoint.api.host()),
            has_key: self.key.client().is_some(),
            key: self.key.kept(),
        })
    }

    /// What is open. Its revision is the caller's to set. `file` is where environments are set up.
    pub(in crate::console_desk) fn draw(&self, file: &str) -> Option<OpenAuthflow> {
        let (id, screen) = match self.open.as_ref()? {
            Opened::NoService(text) => (
                text.clone(),
                AuthflowScreen::NoService {
                    file: Text::or_dash(file),
                },
            ),
            Opened::NotTaken { text, problem } => (
                text.clone(),
                AuthflowScreen::NotTaken {
                    trouble: trouble_of_id(*problem),
                    insist: *problem == IdProblem::Unusual,
                },
            ),
            Opened::Watched(id) => {
                let screen = match self.key_state() {
                    Some(key) => AuthflowScreen::NoKey { key },
                    None => AuthflowScreen::Watched {
                        view: Box::new(AuthflowView::of(id, &self.watched.get(id)?.watch)),
                    },
                };
                (id.as_str().to_owned(), screen)
            }
        };
        Some(OpenAuthflow {
            revision: 0,
            id,
            screen,
        })
    }

    /// What is known of the key, if there is none that works.
    fn key_state(&self) -> Option<AuthflowKeyState> {
        match &self.key {
            Key::Looking => Some(AuthflowKeyState::Looking),
            Key::Wanted => Some(AuthflowKeyState::Wanted),
            Key::KeychainTrouble(why) => Some(AuthflowKeyState::KeychainTrouble { why: *why }),
            Key::Refused(trouble) => Some(AuthflowKeyState::Refused {
                trouble: trouble.clone(),
            }),
            Key::Ready { .. } => None,
        }
    }

    /// Adds what support needs to know about the authflow that is open.
    pub(in crate::console_desk) fn add_to(&self, details: &mut Details) {
        if let Some(secret) = self.key.secret() {
            details.secret(secret);
        }
        let Some(endpoint) = &self.endpoint else {
            return details.fact("Prefactor", "not set up");
        };
        details.fact("Prefactor service", endpoint.api.host());
        match &self.key {
            Key::Looking => details.fact("Prefactor key", "looked for"),
            Key::Wanted => details.fact("Prefactor key", "none"),
            Key::KeychainTrouble(why) => details.fact("Keychain", why),
            Key::Refused(trouble) => details.trouble(trouble),
            Key::Ready { .. } => details.keychain(self.key.kept()),
        }
        match &self.open {
            Some(Opened::Watched(id)) => {
                details.fact("Authflow", id);
                if let Some(watched) = self.watched.get(id) {
                    if let Some(address) = watched
                        .watch
                        .latest()
                        .and_then(|latest| latest.return_url.as_ref())
                    {
                        details.secret(&address.expose().into());
                    }
                    details.authflow(&AuthflowView::of(id, &watched.watch));
                }
            }
            Some(Opened::NotTaken { problem, .. }) => details.fact("Authflow", problem),
            Some(Opened::NoService(_)) | None => {}
        }
        details.tried(&self.journal);
    }
}
