//! What is open in support's world: a connection of Kernel's, or an authflow of Prefactor's.

use support::Subject;

use super::{authflows::AuthflowOrder, clerk::Wanted, world::World};

impl World {
    /// What is open.
    pub(super) fn subject(&self) -> Option<Subject> {
        let connection = self.open_id().map(|id| Subject::Connection(id.to_owned()));
        connection.or_else(|| self.authflows.subject())
    }

    /// What is open, to be opened again in another world of the same environment.
    pub(super) fn wanted_again(&self) -> Option<Wanted> {
        Some(Wanted {
            environment: self.environment.name.clone(),
            subject: self.subject()?,
        })
    }

    /// Opens what a link names, or what was open in the world before this one.
    pub(super) async fn open_again(&mut self, subject: Subject) {
        match subject {
            Subject::Connection(id) => self.open(Some(id), true).await,
            Subject::Authflow(text) => {
                self.authflows.look_up_by_link(text, &mut self.roster);
                self.close_connection();
            }
        }
    }

    /// Carries out an order for the authflows. One that is open leaves no connection open.
    pub(super) fn carry_out_for_authflows(&mut self, order: AuthflowOrder) {
        self.authflows.carry_out(order, &mut self.roster);
        if self.authflows.subject().is_some() {
            self.close_connection();
        }
    }
}
