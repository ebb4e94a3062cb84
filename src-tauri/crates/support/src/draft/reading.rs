//! The settings of a connection that is there, as a draft.

use managed_auth::Connection;
use serde_json::Value;

use super::{ConnectionDraft, CredentialDraft, ExportDraft, ProxyDraft, TelemetryDraft};

impl ConnectionDraft {
    /// The settings of a connection that is there.
    #[must_use]
    pub fn of(connection: &Connection) -> Self {
        let browser = connection.browser.as_ref();
        let part = |name: &str| browser.and_then(|browser| browser.get(name));
        Self {
            domain: connection.domain.clone().unwrap_or_default(),
            profile: connection.profile_name.clone().unwrap_or_default(),
            login_url: connection.login_url.clone().unwrap_or_default(),
            allowed_domains: connection
                .allowed_domains
                .as_deref()
                .unwrap_or_default()
                .join("\n"),
            credential: connection
                .credential
                .as_ref()
                .map(CredentialDraft::of)
                .unwrap_or_default(),
            save_credentials: connection.save_credentials,
            record_session: connection.record_session,
            health_checks: connection.health_checks,
            auto_reauth: connection.auto_reauth,
            health_check_interval: connection
                .health_check_interval
                .map(|seconds| seconds.to_string())
                .unwrap_or_default(),
            proxy: part("proxy").map(ProxyDraft::of).unwrap_or_default(),
            region: part("region").and_then(word).unwrap_or_default(),
            stealth: part("stealth").and_then(Value::as_bool),
            telemetry: part("telemetry")
                .map(TelemetryDraft::of)
                .unwrap_or_default(),
        }
    }
}

impl CredentialDraft {
    fn of(credential: &Value) -> Self {
        let text = |key: &str| credential.get(key).and_then(word);
        let searches = credential.get("auto").and_then(Value::as_bool) == Some(true);
        match (text("name"), text("provider"), text("path")) {
            (Some(name), None, _) => Self::Kernel { name },
            (_, Some(provider), Some(path)) => Self::Item { provider, path },
            (_, Some(provider), None) if searches => Self::Search { provider },
            // A provider alone does nothing (`kernel-api.md` 3.1). As none, it can be changed
            // into one that does.
            (_, Some(_), None) | (None, None, _) => Self::None,
        }
    }
}

impl ProxyDraft {
    fn of(proxy: &Value) -> Self {
        let text = |key: &str| proxy.get(key).and_then(word);
        match (text("id"), text("name"), text("mode").as_deref()) {
            (Some(id), _, _) => Self::Id { id },
            (None, Some(name), _) => Self::Name { name },
            (None, None, Some("direct")) => Self::Direct,
            (None, None, Some("default")) => Self::Default,
            (None, None, _) => Self::Unset,
        }
    }
}

impl TelemetryDraft {
    fn of(telemetry: &Value) -> Self {
        let categories = telemetry.get("browser").and_then(Value::as_object);
        let categories = categories.into_iter().flatten().filter_map(|(name, set)| {
            let on = set.get("enabled").and_then(Value::as_bool)?;
            Some((name.clone(), on))
        });
        Self {
            enabled: telemetry.get("enabled").and_then(Value::as_bool),
            categories: categories.collect(),
            export: telemetry
                .pointer("/export/otlp")
                .map(ExportDraft::of)
                .unwrap_or_default(),
            storage: telemetry
                .pointer("/storage/enabled")
                .and_then(Value::as_bool),
        }
    }
}

impl ExportDraft {
    fn of(otlp: &Value) -> Self {
        let destination = |key: &str| {
            otlp.get("destination")
                .and_then(|destination| destination.get(key))
                .and_then(word)
        };
        let on = otlp.get("enabled").and_then(Value::as_bool);
        match (on, destination("id"), destination("name")) {
            // A receiver that nothing is sent to is none.
            (Some(false), _, _) => Self::Off,
            (_, Some(id), _) => Self::Id { id },
            (_, None, Some(name)) => Self::Name { name },
            (Some(true), None, None) => Self::On,
            (None, None, None) => Self::Unset,
        }
    }
}

/// A text that says something; an empty one is as good as none.
fn word(value: &Value) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
