//! Which way leads out to a service, by the settings of the desktop.
//!
//! Where a variable of the environment names a proxy, it counts, and so do the settings of macOS
//! and Windows: `managed-auth` reads those by itself. A desktop on Linux keeps its own elsewhere,
//! and GIO knows where.

use managed_auth::{ApiBase, Proxy};

/// The way to an API, as it is set now. A service on this computer is spoken to directly.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn way_to(_api: &ApiBase) -> Proxy {
    Proxy::System
}

#[cfg(target_os = "linux")]
pub use linux::way_to;

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        sync::mpsc::{self, RecvTimeoutError},
        time::Duration,
    };

    use gtk::gio::{Cancellable, ProxyResolver, prelude::ProxyResolverExt};
    use managed_auth::ProxyAddress;

    use super::{ApiBase, Proxy};

    /// The longest that the desktop may take to say. A script of a company's network that takes
    /// longer is done without.
    const PATIENCE: Duration = Duration::from_millis(500);

    /// Variables that name a proxy for a service elsewhere.
    const VARIABLES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    /// The way to an API, as it is set now. A service on this computer is spoken to directly.
    ///
    /// Waits for the desktop's answer, for half a second at most.
    #[must_use]
    pub fn way_to(api: &ApiBase) -> Proxy {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if api.is_loopback() || VARIABLES.iter().any(|name| is_set(name)) {
            return Proxy::System;
        }
        let (tell, told) = mpsc::channel();
        let address = api.as_str().to_owned();
        let asking = std::thread::Builder::new().name("proxy".to_owned());
        let asked = asking.spawn(move || {
            // Whoever asked may have lost patience.
            let _ = tell.send(ask_the_desktop(&address));
        });
        if asked.is_err() {
            return Proxy::System;
        }
        match told.recv_timeout(PATIENCE) {
            Ok(proxies) => first_of(proxies.iter().map(String::as_str)),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                tracing::warn!("the desktop does not say which proxy to use");
                Proxy::System
            }
        }
    }

    fn ask_the_desktop(address: &str) -> Vec<String> {
        let proxies = ProxyResolver::default().lookup(address, Cancellable::NONE);
        let proxies = proxies.unwrap_or_default();
        proxies.into_iter().map(String::from).collect()
    }

    /// The first way that is known here. None means that nothing is set.
    fn first_of<'a>(proxies: impl Iterator<Item = &'a str>) -> Proxy {
        for proxy in proxies {
            if proxy.starts_with("direct:") {
                return Proxy::Direct;
            }
            if let Ok(address) = ProxyAddress::parse(proxy) {
                return Proxy::Through(address);
            }
        }
        Proxy::System
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_first_way_that_is_known_is_taken() {
            let taken = |proxies: &[&str]| format!("{:?}", first_of(proxies.iter().copied()));
            assert_eq!(taken(&[]), "System");
            assert_eq!(taken(&["direct://", "http://a.example:1"]), "Direct");
            assert_eq!(
                taken(&["odd://a", "http://ada:x@b.example:1", "direct://"]),
                "Through(ProxyAddress(\"b.example\"))"
            );
        }

        #[test]
        fn a_service_on_this_computer_needs_no_asking() {
            let api = ApiBase::parse("http://127.0.0.1:1").expect("an address");
            assert!(matches!(way_to(&api), Proxy::System));
        }
    }
}
