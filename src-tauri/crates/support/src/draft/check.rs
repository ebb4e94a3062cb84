//! Writing the members of a request, and collecting what is wrong meanwhile.

use login_flow::Text;
use managed_auth::{
    Change, CredentialRef, Export, Otlp, OtlpDestination, ProxyChoice, ProxyMode, Switch,
    TelemetrySettings,
};

use super::{
    CredentialDraft, DraftField, DraftProblem, ExportDraft, ProblemKind, ProxyDraft,
    TelemetryDraft,
    host::{is_host, is_web_address, parts, root_of},
};

/// The most seconds between health checks (`kernel-api.md` 3.1).
const LONGEST_INTERVAL: u32 = 86_400;
/// The least that any plan allows, in seconds.
const SHORTEST_INTERVAL: u32 = 300;
/// The longest name and the longest address, in characters. The contract has no bound; real ones
/// stay below.
const LONGEST_NAME: usize = 255;
const LONGEST_ADDRESS: usize = 2048;

/// Collects what is wrong while a request is written. What is written is worth something only if
/// nothing is.
#[derive(Default)]
pub(super) struct Check(Vec<DraftProblem>);

impl Check {
    pub(super) fn done<T>(self, request: T) -> Result<T, Vec<DraftProblem>> {
        if self.0.is_empty() {
            Ok(request)
        } else {
            Err(self.0)
        }
    }

    /// What a member becomes if it becomes something else than it was. One that stays is not
    /// checked.
    pub(super) fn changed<D: ?Sized, T: PartialEq>(
        &mut self,
        now: &D,
        before: &D,
        write: impl Fn(&mut Self, &D) -> T,
    ) -> Option<T> {
        let written = |draft| write(&mut Self::default(), draft);
        (written(now) != written(before)).then(|| write(self, now))
    }

    /// The same for a member that can be cleared.
    pub(super) fn change<D: ?Sized, T: PartialEq>(
        &mut self,
        now: &D,
        before: &D,
        write: impl Fn(&mut Self, &D) -> Option<T>,
    ) -> Change<T> {
        match self.changed(now, before, write) {
            None => Change::Keep,
            Some(None) => Change::Clear,
            Some(Some(value)) => Change::Set(value),
        }
    }

    pub(super) fn name(&mut self, field: DraftField, text: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            self.problem(field, ProblemKind::Missing);
        } else if is_longer(text, LONGEST_NAME) {
            self.problem(field, ProblemKind::TooLong);
        }
        text.to_owned()
    }

    pub(super) fn host(&mut self, field: DraftField, text: &str) -> String {
        let text = self.name(field, text);
        if !text.is_empty() && !is_longer(&text, LONGEST_NAME) && !is_host(&text) {
            let text = Text::or_dash(&text);
            self.problem(field, ProblemKind::NotAHost { text });
        }
        text
    }

    pub(super) fn hosts(&mut self, text: &str) -> Vec<String> {
        let field = DraftField::AllowedDomains;
        let hosts = parts(text);
        if hosts.iter().any(|host| is_longer(host, LONGEST_NAME)) {
            self.problem(field, ProblemKind::TooLong);
        } else if let Some(wrong) = hosts.iter().find(|host| !is_host(root_of(host))) {
            let text = Text::or_dash(wrong);
            self.problem(field, ProblemKind::NotAHost { text });
        }
        hosts
    }

    pub(super) fn address(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if is_longer(text, LONGEST_ADDRESS) {
            self.problem(DraftField::LoginUrl, ProblemKind::TooLong);
        } else if !is_web_address(text) {
            self.problem(DraftField::LoginUrl, ProblemKind::NotAnAddress);
        }
        Some(text.to_owned())
    }

    pub(super) fn interval(&mut self, text: &str) -> Option<u32> {
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

    pub(super) fn credential(&mut self, draft: &CredentialDraft) -> Option<CredentialRef> {
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

    pub(super) fn region(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        if is_longer(text, LONGEST_NAME) {
            self.problem(DraftField::Region, ProblemKind::TooLong);
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    pub(super) fn proxy(&mut self, draft: &ProxyDraft) -> Option<ProxyChoice> {
        Some(match draft {
            ProxyDraft::Unset => return None,
            ProxyDraft::Id { id } => ProxyChoice::Id(self.name(DraftField::Proxy, id)),
            ProxyDraft::Name { name } => ProxyChoice::Name(self.name(DraftField::Proxy, name)),
            ProxyDraft::Direct => ProxyChoice::Mode(ProxyMode::Direct),
            ProxyDraft::Default => ProxyChoice::Mode(ProxyMode::Default),
        })
    }

    pub(super) fn telemetry(&mut self, draft: &TelemetryDraft) -> Option<TelemetrySettings> {
        if *draft == TelemetryDraft::default() {
            return None;
        }
        if draft.enabled == Some(false) && !draft.categories.is_empty() {
            self.problem(DraftField::Telemetry, ProblemKind::CategoriesWhileOff);
        }
        // Sending it without saying where to is no destination (`kernel-api.md` 3.1).
        let has_destination = matches!(
            draft.export,
            ExportDraft::Id { .. } | ExportDraft::Name { .. }
        );
        if draft.storage == Some(false) && !has_destination {
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

    /// Notes a problem, once at each field.
    fn problem(&mut self, field: DraftField, problem: ProblemKind) {
        let problem = DraftProblem { field, problem };
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }
}

fn is_longer(text: &str, most: usize) -> bool {
    text.chars().count() > most
}
