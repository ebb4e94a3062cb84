//! What a form holds, and the requests that it becomes (`kernel-api.md` 3.1, 3.3, 3.4).
//!
//! A draft is text as it was typed. It becomes a request or a list of problems, each at its
//! field; nothing in between.

use std::collections::BTreeMap;

use login_flow::Text;
use managed_auth::{
    BrowserSettings, Change, Connection, CreateConnection, CredentialRef, Export, Otlp,
    OtlpDestination, ProxyChoice, ProxyMode, SkillMode, StartLogin, Switch, TelemetrySettings,
    UpdateConnection,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

/// The most seconds between health checks (`kernel-api.md` 3.1).
const LONGEST_INTERVAL: u32 = 86_400;
/// The least that any plan allows, in seconds.
const SHORTEST_INTERVAL: u32 = 300;
/// The longest name or address, in characters. The contract has no bound; real ones stay below.
const LONGEST_NAME: usize = 255;
const LONGEST_ADDRESS: usize = 2048;

/// A connection as a form holds it. An empty text and null mean: as the service has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ConnectionDraft {
    /// The site. Can't be changed later.
    pub domain: String,
    /// The browser profile. Can't be changed later.
    pub profile: String,
    /// Where the login starts.
    pub login_url: String,
    /// Where credentials may be typed besides the site, one to a line. None means anywhere.
    pub allowed_domains: String,
    /// The stored credential.
    pub credential: CredentialDraft,
    /// Whether what is typed is kept for the next login.
    pub save_credentials: Option<bool>,
    /// Whether the remote browser is recorded.
    pub record_session: Option<bool>,
    /// Whether Kernel checks the login from time to time.
    pub health_checks: Option<bool>,
    /// Whether Kernel may log in again by itself.
    pub auto_reauth: Option<bool>,
    /// Seconds between checks.
    pub health_check_interval: String,
    /// From which address sites see the remote browser come.
    pub proxy: ProxyDraft,
    /// Where the remote browser runs.
    pub region: String,
    /// Whether the remote browser hides that it is automated.
    pub stealth: Option<bool>,
    /// What is recorded about the remote browser.
    pub telemetry: TelemetryDraft,
}

/// A stored credential as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CredentialDraft {
    /// None.
    #[default]
    None,
    /// One that Kernel keeps.
    Kernel {
        /// Its name.
        name: String,
    },
    /// An item of an external provider.
    Item {
        /// The provider.
        provider: String,
        /// The item, e.g. `VaultName/ItemName`.
        path: String,
    },
    /// Whatever an external provider has for the site.
    Search {
        /// The provider.
        provider: String,
    },
}

/// A proxy as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ProxyDraft {
    /// As the service has it.
    #[default]
    Unset,
    /// A proxy, by its id.
    Id {
        /// The id.
        id: String,
    },
    /// A proxy, by its name.
    Name {
        /// The name, which has to match exactly one of the project.
        name: String,
    },
    /// No proxy.
    Direct,
    /// Kernel's own if stealth is on, else none.
    Default,
}

/// Telemetry as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TelemetryDraft {
    /// Whether anything is recorded.
    pub enabled: Option<bool>,
    /// Category, e.g. `network`, to whether it is recorded.
    pub categories: BTreeMap<String, bool>,
    /// Where it is sent.
    pub export: ExportDraft,
    /// Whether Kernel keeps it.
    pub storage: Option<bool>,
}

/// Where telemetry is sent, as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ExportDraft {
    /// As the service has it.
    #[default]
    Unset,
    /// Nowhere.
    Off,
    /// To the project's own OpenTelemetry receiver.
    On,
    /// To a receiver, by its id.
    Id {
        /// The id.
        id: String,
    },
    /// To a receiver, by its name.
    Name {
        /// The name.
        name: String,
    },
}

/// What is different for one login only, as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct LoginDraft {
    /// Whether the remote browser is recorded.
    pub record_session: Option<bool>,
    /// Whether the login uses what Kernel has learned about the site. Off lasts, for automatic
    /// logins too, until a later login turns it on.
    pub use_skills: Option<bool>,
    /// From which address sites see the remote browser come.
    pub proxy: ProxyDraft,
    /// Where the remote browser runs.
    pub region: String,
    /// Whether the remote browser hides that it is automated.
    pub stealth: Option<bool>,
    /// What is recorded about the remote browser.
    pub telemetry: TelemetryDraft,
}

/// What is wrong with a draft, at one of its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct DraftProblem {
    /// The field.
    pub field: DraftField,
    /// What is wrong.
    pub problem: ProblemKind,
}

/// A field of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DraftField {
    /// The site.
    Domain,
    /// The browser profile.
    Profile,
    /// Where the login starts.
    LoginUrl,
    /// Where credentials may be typed.
    AllowedDomains,
    /// The stored credential.
    Credential,
    /// Whether Kernel may log in again by itself.
    AutoReauth,
    /// Seconds between checks.
    HealthCheckInterval,
    /// The proxy.
    Proxy,
    /// The region.
    Region,
    /// Telemetry.
    Telemetry,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProblemKind {
    /// It has to be filled in.
    Missing,
    /// It is longer than any real one.
    TooLong,
    /// It is no host name, like `netflix.com`.
    NotAHost {
        /// What is none.
        text: Text,
    },
    /// It is no web address that begins with `https://` or `http://`.
    NotAnAddress,
    /// It is no whole number between these, both included.
    OutOfRange {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Telemetry is off, so categories can't be chosen.
    CategoriesWhileOff,
    /// Kernel can keep nothing only if it is sent elsewhere.
    NeitherKeptNorSent,
}

type Problems = Vec<DraftProblem>;

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
            region: part("region")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            stealth: part("stealth").and_then(Value::as_bool),
            telemetry: part("telemetry")
                .map(TelemetryDraft::of)
                .unwrap_or_default(),
        }
    }

    /// The connection to create, or what is wrong with it.
    pub fn create(&self) -> Result<CreateConnection, Problems> {
        let mut check = Check::default();
        let domain = check.host(DraftField::Domain, &self.domain);
        let profile_name = check.name(DraftField::Profile, &self.profile);
        let login_url = check.address(&self.login_url);
        let allowed_domains = check.hosts(&self.allowed_domains);
        let credential = check.credential(&self.credential);
        let health_check_interval = check.interval(&self.health_check_interval);
        let browser = check.browser(&self.browser(), &ProxyDraft::Unset);
        check.done(CreateConnection {
            domain,
            profile_name,
            login_url,
            allowed_domains: Some(allowed_domains).filter(|domains| !domains.is_empty()),
            credential,
            save_credentials: self.save_credentials,
            record_session: self.record_session,
            health_checks: self.health_checks,
            auto_reauth: self.auto_reauth,
            health_check_interval,
            browser,
        })
    }

    /// What changes on the way from `before` to this, or what is wrong with it. `None` if nothing
    /// does.
    ///
    /// Only what the person changed is sent, so that what somebody else has changed meanwhile
    /// stays.
    pub fn update(&self, before: &Self) -> Result<Option<UpdateConnection>, Problems> {
        let mut check = Check::default();
        let login_url = if self.login_url.trim() == before.login_url.trim() {
            Change::Keep
        } else {
            check
                .address(&self.login_url)
                .map_or(Change::Clear, Change::Set)
        };
        let allowed = check.hosts(&self.allowed_domains);
        let allowed_before = lines(&before.allowed_domains);
        let credential = check.credential(&self.credential);
        let interval = check.interval(&self.health_check_interval);
        let update = UpdateConnection {
            login_url,
            allowed_domains: (allowed != allowed_before).then_some(allowed),
            credential: credential.filter(|_| self.credential != before.credential),
            save_credentials: changed(self.save_credentials, before.save_credentials),
            record_session: changed(self.record_session, before.record_session),
            health_checks: changed(self.health_checks, before.health_checks),
            auto_reauth: changed(self.auto_reauth, before.auto_reauth),
            health_check_interval: interval.filter(|_| {
                self.health_check_interval.trim() != before.health_check_interval.trim()
            }),
            browser: check.changed_browser(&self.browser(), &before.browser()),
        };
        check
            .done(update)
            .map(|update| (update != UpdateConnection::default()).then_some(update))
    }

    fn browser(&self) -> BrowserDraft<'_> {
        BrowserDraft {
            proxy: &self.proxy,
            region: &self.region,
            stealth: self.stealth,
            telemetry: &self.telemetry,
        }
    }
}

impl LoginDraft {
    /// The login to start, or what is wrong with it.
    pub fn start(&self) -> Result<StartLogin, Problems> {
        let mut check = Check::default();
        let browser = BrowserDraft {
            proxy: &self.proxy,
            region: &self.region,
            stealth: self.stealth,
            telemetry: &self.telemetry,
        };
        let browser = check.browser(&browser, &ProxyDraft::Unset);
        check.done(StartLogin {
            browser,
            record_session: self.record_session,
            skill_mode: self.use_skills.map(|on| {
                if on {
                    SkillMode::Enabled
                } else {
                    SkillMode::Disabled
                }
            }),
        })
    }
}

impl CredentialDraft {
    fn of(credential: &Value) -> Self {
        let text = |key: &str| {
            credential
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        match (text("name"), text("provider"), text("path")) {
            (Some(name), None, _) => Self::Kernel { name },
            (_, Some(provider), Some(path)) => Self::Item { provider, path },
            (_, Some(provider), None) => Self::Search { provider },
            (None, None, _) => Self::None,
        }
    }
}

impl ProxyDraft {
    fn of(proxy: &Value) -> Self {
        let text = |key: &str| proxy.get(key).and_then(Value::as_str).map(str::to_owned);
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
        let otlp = telemetry.pointer("/export/otlp");
        let destination = |key: &str| {
            otlp.and_then(|otlp| otlp.pointer(&format!("/destination/{key}")))
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let on = otlp
            .and_then(|otlp| otlp.get("enabled"))
            .and_then(Value::as_bool);
        let export = match (destination("id"), destination("name"), on) {
            (Some(id), _, _) => ExportDraft::Id { id },
            (None, Some(name), _) => ExportDraft::Name { name },
            (None, None, Some(true)) => ExportDraft::On,
            (None, None, Some(false)) => ExportDraft::Off,
            (None, None, None) => ExportDraft::Unset,
        };
        Self {
            enabled: telemetry.get("enabled").and_then(Value::as_bool),
            categories: categories.collect(),
            export,
            storage: telemetry
                .pointer("/storage/enabled")
                .and_then(Value::as_bool),
        }
    }
}

/// The settings of the remote browser, of a connection or of one login.
#[derive(PartialEq, Eq)]
struct BrowserDraft<'a> {
    proxy: &'a ProxyDraft,
    region: &'a str,
    stealth: Option<bool>,
    telemetry: &'a TelemetryDraft,
}

/// Collects what is wrong while a request is written.
#[derive(Default)]
struct Check(Problems);

impl Check {
    fn problem(&mut self, field: DraftField, problem: ProblemKind) {
        self.0.push(DraftProblem { field, problem });
    }

    fn done<T>(self, request: T) -> Result<T, Problems> {
        if self.0.is_empty() {
            Ok(request)
        } else {
            Err(self.0)
        }
    }

    fn name(&mut self, field: DraftField, text: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.problem(field, ProblemKind::Missing);
        } else if text.chars().count() > LONGEST_NAME {
            self.problem(field, ProblemKind::TooLong);
        }
        text.to_owned()
    }

    fn host(&mut self, field: DraftField, text: &str) -> String {
        let text = self.name(field, text);
        if !text.is_empty() && text.chars().count() <= LONGEST_NAME && !is_host(&text) {
            let text = Text::or_dash(&text);
            self.problem(field, ProblemKind::NotAHost { text });
        }
        text
    }

    fn hosts(&mut self, text: &str) -> Vec<String> {
        let hosts = lines(text);
        if let Some(wrong) = hosts.iter().find(|host| !is_host(root_of(host))) {
            let text = Text::or_dash(wrong);
            self.problem(DraftField::AllowedDomains, ProblemKind::NotAHost { text });
        }
        hosts
    }

    fn address(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if text.chars().count() > LONGEST_ADDRESS {
            self.problem(DraftField::LoginUrl, ProblemKind::TooLong);
        } else if !is_web_address(text) {
            self.problem(DraftField::LoginUrl, ProblemKind::NotAnAddress);
        }
        Some(text.to_owned())
    }

    fn interval(&mut self, text: &str) -> Option<u32> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let seconds = text
            .parse()
            .ok()
            .filter(|seconds| (SHORTEST_INTERVAL..=LONGEST_INTERVAL).contains(seconds));
        if seconds.is_none() {
            let problem = ProblemKind::OutOfRange {
                least: SHORTEST_INTERVAL,
                most: LONGEST_INTERVAL,
            };
            self.problem(DraftField::HealthCheckInterval, problem);
        }
        seconds
    }

    fn credential(&mut self, draft: &CredentialDraft) -> Option<CredentialRef> {
        let field = DraftField::Credential;
        Some(match draft {
            CredentialDraft::None => return None,
            CredentialDraft::Kernel { name } => CredentialRef::Kernel {
                name: self.name(field, name),
            },
            CredentialDraft::Item { provider, path } => CredentialRef::Item {
                provider: self.name(field, provider),
                path: self.name(field, path),
            },
            CredentialDraft::Search { provider } => CredentialRef::Search {
                provider: self.name(field, provider),
            },
        })
    }

    /// The settings that differ from the service's own.
    fn browser(
        &mut self,
        draft: &BrowserDraft<'_>,
        proxy_before: &ProxyDraft,
    ) -> Option<BrowserSettings> {
        let telemetry = self.telemetry(draft.telemetry);
        let settings = BrowserSettings {
            proxy: self
                .proxy(draft.proxy)
                .filter(|_| draft.proxy != proxy_before),
            region: self.region(draft.region),
            stealth: draft.stealth,
            telemetry: telemetry.map_or(Change::Keep, Change::Set),
        };
        (settings != BrowserSettings::default()).then_some(settings)
    }

    /// The settings that were changed.
    fn changed_browser(
        &mut self,
        draft: &BrowserDraft<'_>,
        before: &BrowserDraft<'_>,
    ) -> Option<BrowserSettings> {
        let telemetry = self.telemetry(draft.telemetry);
        let settings = BrowserSettings {
            proxy: self
                .proxy(draft.proxy)
                .filter(|_| draft.proxy != before.proxy),
            region: self
                .region(draft.region)
                .filter(|_| draft.region.trim() != before.region.trim()),
            stealth: changed(draft.stealth, before.stealth),
            telemetry: if draft.telemetry == before.telemetry {
                Change::Keep
            } else {
                telemetry.map_or(Change::Clear, Change::Set)
            },
        };
        (settings != BrowserSettings::default()).then_some(settings)
    }

    fn region(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        if text.chars().count() > LONGEST_NAME {
            self.problem(DraftField::Region, ProblemKind::TooLong);
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    fn proxy(&mut self, draft: &ProxyDraft) -> Option<ProxyChoice> {
        Some(match draft {
            ProxyDraft::Unset => return None,
            ProxyDraft::Id { id } => ProxyChoice::Id(self.name(DraftField::Proxy, id)),
            ProxyDraft::Name { name } => ProxyChoice::Name(self.name(DraftField::Proxy, name)),
            ProxyDraft::Direct => ProxyChoice::Mode(ProxyMode::Direct),
            ProxyDraft::Default => ProxyChoice::Mode(ProxyMode::Default),
        })
    }

    fn telemetry(&mut self, draft: &TelemetryDraft) -> Option<TelemetrySettings> {
        if *draft == TelemetryDraft::default() {
            return None;
        }
        if draft.enabled == Some(false) && !draft.categories.is_empty() {
            self.problem(DraftField::Telemetry, ProblemKind::CategoriesWhileOff);
        }
        let sent = matches!(
            draft.export,
            ExportDraft::On | ExportDraft::Id { .. } | ExportDraft::Name { .. }
        );
        if draft.storage == Some(false) && !sent {
            self.problem(DraftField::Telemetry, ProblemKind::NeitherKeptNorSent);
        }
        let categories = draft
            .categories
            .iter()
            .map(|(name, on)| (name.clone(), Switch { enabled: *on }));
        Some(TelemetrySettings {
            enabled: draft.enabled,
            categories: categories.collect(),
            export: self.export(&draft.export),
            storage: draft.storage.map(|enabled| Switch { enabled }),
        })
    }

    fn export(&mut self, draft: &ExportDraft) -> Option<Export> {
        let field = DraftField::Telemetry;
        let otlp = match draft {
            ExportDraft::Unset => return None,
            ExportDraft::Off => Otlp {
                enabled: Some(false),
                destination: None,
            },
            ExportDraft::On => Otlp {
                enabled: Some(true),
                destination: None,
            },
            // A destination implies that it is on (`kernel-api.md` 3.1).
            ExportDraft::Id { id } => Otlp {
                enabled: None,
                destination: Some(OtlpDestination::Id(self.name(field, id))),
            },
            ExportDraft::Name { name } => Otlp {
                enabled: None,
                destination: Some(OtlpDestination::Name(self.name(field, name))),
            },
        };
        Some(Export { otlp: Some(otlp) })
    }
}

/// A switch that was changed. One that was set can't be unset (`kernel-api.md` 3.3).
fn changed(now: Option<bool>, before: Option<bool>) -> Option<bool> {
    now.filter(|_| now != before)
}

fn lines(text: &str) -> Vec<String> {
    text.split(|sign: char| sign.is_whitespace() || sign == ',')
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The service strips these itself (`kernel-api.md` 3.1).
fn root_of(host: &str) -> &str {
    host.strip_prefix("*.").unwrap_or(host)
}

/// Whether a text is a host name of at least two labels, and nothing more.
fn is_host(text: &str) -> bool {
    let is_bare = !text.contains(['/', ':', '@', '?', '#', '\\', '%']);
    is_bare
        && text.contains('.')
        && !text.starts_with('.')
        && !text.ends_with('.')
        && Url::parse(&format!("https://{text}/"))
            .is_ok_and(|url| matches!(url.host(), Some(url::Host::Domain(_))))
}

fn is_web_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}
