//! A keychain that takes every question and never answers, as one does that asks for its password
//! in a window that nobody looks at.

use zbus::{Connection, connection};

use crate::desktop::Desktop;

/// The name that a keychain has on the bus.
const SECRETS: &str = "org.freedesktop.secrets";

/// A keychain that never answers, for as long as this is there.
pub struct MuteKeychain(#[allow(dead_code, reason = "it is there as long as it lives")] Connection);

impl MuteKeychain {
    /// Takes the place of the keychain on a desktop that has none.
    pub async fn on(desktop: &Desktop) -> Self {
        let connection = connection::Builder::address(desktop.bus_address())
            .expect("an address")
            .name(SECRETS)
            .expect("a name")
            .build()
            .await
            .expect("the name is free");
        Self(connection)
    }
}
