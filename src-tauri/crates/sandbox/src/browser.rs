//! How the remote browser is set up, and the limits of that (kernel-api.md 3.1).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// Categories that telemetry can capture (kernel-api.md 3.1).
const CATEGORIES: [&str; 10] = [
    "control",
    "connection",
    "system",
    "captcha",
    "console",
    "network",
    "page",
    "interaction",
    "screenshot",
    "platform",
];

/// `browser` of a connection or a login.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Browser {
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy: Option<Proxy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stealth: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telemetry: Option<Telemetry>,
}

/// Which way the remote browser reaches the site.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proxy {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<ProxyMode>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum ProxyMode {
    Direct,
    Default,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Region {
    UsEast,
    UsWest,
    EuWest,
    ApSoutheast,
}

/// What is captured of the remote browser.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Telemetry {
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    browser: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    export: Option<Export>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<Storage>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Export {
    #[serde(skip_serializing_if = "Option::is_none")]
    otlp: Option<Otlp>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Otlp {
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<Destination>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Destination {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Storage {
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
}

/// The members of `new` over those of `old`.
pub(crate) fn merged(old: Option<Browser>, new: Option<Browser>) -> Option<Browser> {
    let Some(new) = new else { return old };
    let old = old.unwrap_or_default();
    Some(Browser {
        proxy: new.proxy.or(old.proxy),
        region: new.region.or(old.region),
        stealth: new.stealth.or(old.stealth),
        telemetry: new.telemetry.or(old.telemetry),
    })
}

pub(crate) fn check_browser(browser: Option<&Browser>) -> Result<(), Refusal> {
    let Some(browser) = browser else {
        return Ok(());
    };
    if let Some(proxy) = &browser.proxy {
        let given = [
            proxy.id.is_some(),
            proxy.name.is_some(),
            proxy.mode.is_some(),
        ];
        if given.into_iter().filter(|given| *given).count() != 1 {
            return Err(Refusal::invalid(
                "browser.proxy must have exactly one of id, name, mode",
            ));
        }
    }
    check_telemetry(browser.telemetry.as_ref())
}

/// The deprecated form has no mode.
pub(crate) fn check_proxy(proxy: Option<&Proxy>) -> Result<(), Refusal> {
    match proxy {
        Some(proxy) if proxy.mode.is_some() || proxy.id.is_some() == proxy.name.is_some() => {
            Err(Refusal::invalid("proxy must have exactly one of id, name"))
        }
        _ => Ok(()),
    }
}

pub(crate) fn check_telemetry(telemetry: Option<&Telemetry>) -> Result<(), Refusal> {
    let Some(telemetry) = telemetry else {
        return Ok(());
    };
    let categories = telemetry.browser.iter().flatten();
    for (name, settings) in categories {
        if !CATEGORIES.contains(&name.as_str()) || !settings.is_object() {
            return Err(Refusal::invalid(format!("no telemetry category {name:?}")));
        }
    }
    if telemetry.enabled == Some(false) && telemetry.browser.iter().any(|map| !map.is_empty()) {
        return Err(Refusal::invalid(
            "telemetry is disabled, so it takes no category settings",
        ));
    }
    let otlp = telemetry
        .export
        .as_ref()
        .and_then(|export| export.otlp.as_ref());
    let destination = otlp.and_then(|otlp| otlp.destination.as_ref());
    if destination.is_some_and(|to| to.id.is_some() == to.name.is_some()) {
        return Err(Refusal::invalid(
            "an OTLP destination has exactly one of id, name",
        ));
    }
    if destination.is_some() && otlp.is_some_and(|otlp| otlp.enabled == Some(false)) {
        return Err(Refusal::invalid(
            "OTLP export is disabled, so it takes no destination",
        ));
    }
    let stored = telemetry
        .storage
        .as_ref()
        .and_then(|storage| storage.enabled);
    if stored == Some(false) && destination.is_none() {
        return Err(Refusal::invalid(
            "telemetry without storage needs an OTLP destination",
        ));
    }
    Ok(())
}
