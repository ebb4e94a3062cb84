//! What a connection is created with and patched by, and its limits (kernel-api.md 3.1, 3.3).

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value, json};
use url::Url;

use crate::{
    browser::{Browser, Proxy, Telemetry, check_browser, check_proxy, check_telemetry, merged},
    refusal::Refusal,
};

/// The body of a create.
#[derive(Debug, Deserialize)]
pub(crate) struct Create {
    pub(crate) domain: String,
    pub(crate) profile_name: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// What both create and update may set. `None` is "not sent".
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    #[serde(default, deserialize_with = "present")]
    login_url: Option<String>,
    #[serde(default, deserialize_with = "present")]
    allowed_domains: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present")]
    credential: Option<Credential>,
    #[serde(default, deserialize_with = "present")]
    save_credentials: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    record_session: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    health_checks: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    auto_reauth: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    health_check_interval: Option<u32>,
    #[serde(default, deserialize_with = "present")]
    browser: Option<Browser>,
    #[serde(default, deserialize_with = "present")]
    proxy: Option<Proxy>,
    browser_telemetry: Option<Telemetry>,
}

/// The body of a login: overrides for this one (kernel-api.md 3.4).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginBody {
    browser: Option<Browser>,
    proxy: Option<Proxy>,
    browser_telemetry: Option<Telemetry>,
    record_session: Option<bool>,
    #[serde(rename = "skill_mode")]
    _skill_mode: Option<SkillMode>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SkillMode {
    Enabled,
    Disabled,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Credential {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auto: Option<bool>,
}

/// Seconds between health checks: the smallest plan minimum, and the maximum.
const CHECK_INTERVAL: std::ops::RangeInclusive<u32> = 300..=86_400;

/// A key that is there must have a value: only telemetry may be null.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)?
        .map(Some)
        .ok_or_else(|| D::Error::custom("null is not allowed"))
}

impl Create {
    /// Domain, profile and the rest, if all of it is allowed.
    pub(crate) fn checked(self) -> Result<(String, String, Config), Refusal> {
        let config: Config = serde_json::from_value(Value::Object(self.rest))
            .map_err(|error| Refusal::invalid(error.to_string()))?;
        check_host("domain", &self.domain)?;
        if self.profile_name.trim().is_empty() {
            return Err(Refusal::invalid("profile_name must not be empty"));
        }
        if config.login_url.as_deref() == Some("") {
            return Err(Refusal::invalid("login_url must be a URI"));
        }
        Ok((self.domain, self.profile_name, config.checked()?))
    }
}

impl LoginBody {
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        check_browser(self.browser.as_ref())?;
        check_proxy(self.proxy.as_ref())?;
        check_telemetry(self.browser_telemetry.as_ref())?;
        Ok(self)
    }

    /// Whether this login is recorded, on a connection that is set up like this.
    pub(crate) fn is_recorded(&self, config: &Config) -> bool {
        self.record_session.unwrap_or(config.is_recorded())
    }
}

impl Config {
    /// This configuration after a patch (kernel-api.md 3.3).
    pub(crate) fn patched(&self, patch: Self) -> Result<Self, Refusal> {
        let patch = patch.checked()?;
        let old = self.clone();
        Ok(Self {
            login_url: patch
                .login_url
                .or(old.login_url)
                .filter(|url| !url.is_empty()),
            allowed_domains: patch.allowed_domains.or(old.allowed_domains),
            credential: patch.credential.or(old.credential),
            save_credentials: patch.save_credentials.or(old.save_credentials),
            record_session: patch.record_session.or(old.record_session),
            health_checks: patch.health_checks.or(old.health_checks),
            auto_reauth: patch.auto_reauth.or(old.auto_reauth),
            health_check_interval: patch.health_check_interval.or(old.health_check_interval),
            browser: merged(old.browser, patch.browser),
            proxy: patch.proxy.or(old.proxy),
            browser_telemetry: patch.browser_telemetry.or(old.browser_telemetry),
        })
    }

    /// As the full read shows it, with the defaults filled in.
    pub(crate) fn shown(&self) -> Map<String, Value> {
        let mut shown = json!({
            "save_credentials": self.save_credentials.unwrap_or(true),
            "record_session": self.record_session.unwrap_or(false),
            "health_checks": self.health_checks.unwrap_or(true),
            "auto_reauth": self.auto_reauth.unwrap_or(true),
            "health_check_interval": self.health_check_interval.unwrap_or(3600),
            "allowed_domains": self.allowed_domains,
            "login_url": self.login_url,
            "credential": self.credential,
            "browser": self.browser,
            "proxy_id": self.proxy.as_ref().and_then(|proxy| proxy.id.clone()),
            "browser_telemetry": self.browser_telemetry,
        });
        let members = shown
            .as_object_mut()
            .map(std::mem::take)
            .unwrap_or_default();
        members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect()
    }

    pub(crate) fn is_recorded(&self) -> bool {
        self.record_session.unwrap_or(false)
    }

    pub(crate) fn has_credential(&self) -> bool {
        self.credential.is_some()
    }

    /// A provider that has an item or may look for one; a bare provider does nothing.
    pub(crate) fn has_external_credential(&self) -> bool {
        self.credential.as_ref().is_some_and(|credential| {
            credential.provider.is_some()
                && (credential.path.is_some() || credential.auto == Some(true))
        })
    }

    /// The same as it is kept, if all of it is allowed.
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        self.check()?;
        Ok(self.normalized())
    }

    fn check(&self) -> Result<(), Refusal> {
        if let Some(url) = self.login_url.as_deref().filter(|url| !url.is_empty())
            && !Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        {
            return Err(Refusal::invalid("login_url must be a URI"));
        }
        for domain in self.allowed_domains.iter().flatten() {
            check_host("allowed_domains", root(domain))?;
        }
        if self
            .health_check_interval
            .is_some_and(|seconds| !CHECK_INTERVAL.contains(&seconds))
        {
            return Err(Refusal::invalid(
                "health_check_interval must be from 300 to 86400",
            ));
        }
        self.credential.as_ref().map_or(Ok(()), check_credential)?;
        check_browser(self.browser.as_ref())?;
        check_proxy(self.proxy.as_ref())?;
        check_telemetry(self.browser_telemetry.as_ref())
    }

    /// Leading `www.` and `*.` of allowed domains are stripped.
    fn normalized(mut self) -> Self {
        for domain in self.allowed_domains.iter_mut().flatten() {
            *domain = root(domain).to_owned();
        }
        self
    }
}

fn root(domain: &str) -> &str {
    let domain = domain.strip_prefix("*.").unwrap_or(domain);
    domain.strip_prefix("www.").unwrap_or(domain)
}

fn check_host(key: &str, host: &str) -> Result<(), Refusal> {
    let fits = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .chars()
                .all(|it| it.is_alphanumeric() || it == '-' || it == '_')
    };
    if host.len() <= 253 && host.contains('.') && host.split('.').all(fits) {
        Ok(())
    } else {
        Err(Refusal::invalid(format!("{key} must be a host name")))
    }
}

fn check_credential(credential: &Credential) -> Result<(), Refusal> {
    let Credential {
        name,
        provider,
        path,
        auto,
    } = credential;
    let fits = match (name, provider, path, auto) {
        (Some(name), None, None, None) => !name.is_empty(),
        // Inert without a path or `auto`, but accepted.
        (None, Some(provider), None, _) => !provider.is_empty(),
        (None, Some(provider), Some(path), None) => !provider.is_empty() && !path.is_empty(),
        _ => false,
    };
    let message = "credential must be {name}, {provider, path} or {provider, auto: true}";
    if fits {
        Ok(())
    } else {
        Err(Refusal::invalid(message))
    }
}
