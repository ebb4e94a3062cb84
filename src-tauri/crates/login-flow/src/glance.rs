//! A look at a flow that is not followed.

use managed_auth::Connection;

use crate::{
    clock::Moment,
    flow::{Flow, Following, Input},
    trouble::Audience,
    view::View,
};

/// What one read shows of a connection's latest flow, without following it.
///
/// The prompt of a running flow is in it, and may not be answered: an answer needs a flow that is
/// followed.
#[must_use]
pub fn glance(connection: Connection, audience: Audience, now: Moment) -> View {
    let mut flow = Flow::new(Following {
        connection_id: connection.id.clone(),
        audience,
        started_until: None,
        seed: 0,
    });
    let read = Input::Read {
        connection: Box::new(connection),
        service_time: None,
    };
    // What it would do next is not done.
    flow.handle(read, now);
    let mut view = flow.view().clone();
    if let Some(prompt) = &mut view.prompt {
        prompt.open = false;
    }
    view
}
