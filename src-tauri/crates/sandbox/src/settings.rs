//! How a sandbox behaves, where the contract leaves it open or a test wants it quicker.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

/// What a login over a running flow does; the contract's open question 3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LiveFlow {
    /// 409, as the published description says.
    #[default]
    Refuse,
    /// The running flow is canceled and a new one begins, as the later documentation says.
    Replace,
}

/// What is there when a sandbox starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum World {
    /// Nothing.
    #[default]
    Empty,
    /// Some thirty connections as a small company has them, with a past, and with logins that
    /// wait for this and that.
    Demo,
}

/// How a sandbox behaves. `Settings::default()` is what the contract tells of the real one.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen; a loopback address. Port 0 lets the system choose.
    pub listen: SocketAddr,
    /// What is there at the start.
    pub world: World,
    /// How long each step takes that goes on by itself, such as looking for the form.
    pub pace: Duration,
    /// How long a whole flow may take (kernel-api.md 4.5).
    pub flow_limit: Duration,
    /// How long one pause may wait for a person (kernel-api.md 4.5).
    pub input_limit: Duration,
    /// How long the token from an exchange works (kernel-api.md 9).
    pub token_life: Duration,
    /// Time between two heartbeats of an event stream.
    pub heartbeat: Duration,
    /// Whether an event stream begins with the present state; the contract's open question 2.
    pub present_state: bool,
    /// What a login over a running flow does.
    pub live_flow: LiveFlow,
    /// How many calls of the API a minute has room for, and headers that say so (kernel-api.md
    /// 1.3); without it, any number, and no headers.
    pub rate_limit: Option<u32>,
    /// Whether there is a `GET /auth/context` (kernel-api.md 1.1); otherwise it is a 404.
    pub has_context: bool,
    /// Whether a full read tells nothing of a flow that is over; the contract's trap 4.
    pub forget_ended_flows: bool,
    /// How many flows may be running; one more is refused with 409 `too_many_pending_sessions`.
    pub max_pending: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            world: World::Empty,
            pace: Duration::from_millis(400),
            flow_limit: Duration::from_mins(20),
            input_limit: Duration::from_mins(10),
            token_life: Duration::from_mins(30),
            heartbeat: Duration::from_secs(15),
            present_state: true,
            live_flow: LiveFlow::Refuse,
            rate_limit: None,
            has_context: true,
            forget_ended_flows: false,
            max_pending: 1000,
        }
    }
}
