//! What support needs to know about what the login window shows.

use login_flow::exchange_trouble;

use super::{clerk::Clerk, front::Front};
use crate::{details::Details, link::Invitation};

impl Clerk {
    /// The details of what is on the screen.
    pub(super) fn details(&self) -> Details {
        let mut details = Details::now();
        if let Some(login) = &self.behind {
            details.secret(&login.session.token);
        }
        match &self.front {
            Front::Nothing => details.fact("Screen", "no link"),
            Front::BadLink(problem) => details.fact("Link", problem),
            Front::Invited(invitation) => self.add_invitation(&mut details, invitation),
            Front::Exchanging(exchange) => self.add_invitation(&mut details, &exchange.invitation),
            Front::NotOpened { invitation, error } => {
                self.add_invitation(&mut details, invitation);
                let environments = self.environments();
                let host = environments
                    .named(&invitation.environment)
                    .map(crate::environment::Environment::host);
                let (trouble, _) = exchange_trouble(error, &host.unwrap_or_default());
                details.trouble(&trouble);
            }
            Front::Login(login) => {
                details.secret(&login.session.token);
                details.environment(&login.environment);
                details.flow(&login.view);
            }
        }
        details.keychain(self.keychain);
        details.tried(&self.journal);
        details
    }

    fn add_invitation(&self, details: &mut Details, invitation: &Invitation) {
        details.secret(&invitation.code);
        if let Some(environment) = self.environments().named(&invitation.environment) {
            details.environment(environment);
        }
        details.connection(&invitation.connection_id);
    }
}
