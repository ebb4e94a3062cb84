//! The requests that drafts become.

use managed_auth::{
    BrowserSettings, Change, CreateConnection, SkillMode, StartLogin, UpdateConnection,
};

use super::{
    ConnectionDraft, DraftField, DraftProblem, LoginDraft, ProxyDraft, TelemetryDraft, check::Check,
};

type Problems = Vec<DraftProblem>;

impl ConnectionDraft {
    /// The connection to create, or what is wrong with it.
    pub fn create(&self) -> Result<CreateConnection, Problems> {
        let mut check = Check::default();
        let domain = check.host(DraftField::Domain, &self.domain);
        let profile_name = check.name(DraftField::Profile, &self.profile);
        let login_url = check.address(&self.login_url);
        let allowed_domains = check.hosts(&self.allowed_domains);
        let credential = check.credential(&self.credential);
        let health_check_interval = check.interval(&self.health_check_interval);
        let browser = self.browser().settings(&mut check);
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
    /// Only what the person changed is checked and sent: what somebody else has changed meanwhile
    /// stays, and what the service has already need not please us. Telemetry is one thing here,
    /// sent as a whole: the contract does not say whether its members merge.
    ///
    /// Except for the login's address, the allowed domains and telemetry, the service knows no
    /// way to unset what was set (`kernel-api.md` 3.3); a member that became empty stays as it is.
    pub fn update(&self, before: &Self) -> Result<Option<UpdateConnection>, Problems> {
        let mut check = Check::default();
        let update = UpdateConnection {
            login_url: check.change(
                self.login_url.as_str(),
                before.login_url.as_str(),
                Check::address,
            ),
            allowed_domains: check.changed(
                self.allowed_domains.as_str(),
                before.allowed_domains.as_str(),
                Check::hosts,
            ),
            credential: check
                .changed(&self.credential, &before.credential, Check::credential)
                .flatten(),
            save_credentials: switched(self.save_credentials, before.save_credentials),
            record_session: switched(self.record_session, before.record_session),
            health_checks: switched(self.health_checks, before.health_checks),
            auto_reauth: switched(self.auto_reauth, before.auto_reauth),
            health_check_interval: if self.health_check_interval.trim()
                == before.health_check_interval.trim()
            {
                None
            } else {
                check.interval(&self.health_check_interval)
            },
            browser: self.browser().changes(&before.browser(), &mut check),
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
        let browser = browser.settings(&mut check);
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

/// The settings of the remote browser, of a connection or of one login.
struct BrowserDraft<'a> {
    proxy: &'a ProxyDraft,
    region: &'a str,
    stealth: Option<bool>,
    telemetry: &'a TelemetryDraft,
}

impl BrowserDraft<'_> {
    /// The settings that are not left to the service.
    fn settings(&self, check: &mut Check) -> Option<BrowserSettings> {
        let settings = BrowserSettings {
            proxy: check.proxy(self.proxy),
            region: check.region(self.region),
            stealth: self.stealth,
            telemetry: check
                .telemetry(self.telemetry)
                .map_or(Change::Keep, Change::Set),
        };
        (settings != BrowserSettings::default()).then_some(settings)
    }

    /// The settings that were changed.
    fn changes(&self, before: &Self, check: &mut Check) -> Option<BrowserSettings> {
        let settings = BrowserSettings {
            proxy: check
                .changed(self.proxy, before.proxy, Check::proxy)
                .flatten(),
            region: check
                .changed(self.region, before.region, Check::region)
                .flatten(),
            stealth: switched(self.stealth, before.stealth),
            telemetry: check.change(self.telemetry, before.telemetry, Check::telemetry),
        };
        (settings != BrowserSettings::default()).then_some(settings)
    }
}

/// A switch that was changed.
fn switched(now: Option<bool>, before: Option<bool>) -> Option<bool> {
    now.filter(|_| now != before)
}
