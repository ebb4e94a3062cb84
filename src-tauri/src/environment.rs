//! Environments: the services a person has set up, and the origins that belong to each.

use std::{collections::BTreeMap, ops::Range, path::Path, time::Duration};

use authflow::{Meaning, TokenHeader};
use managed_auth::{ApiBase, Journal, Settings};
use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use crate::{desktop_proxy::way_to, origin::OriginPattern};

/// One service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its name, in links and in the keychain.
    pub name: String,
    /// Where its API is.
    pub api: ApiBase,
    /// Where its hosted pages may be.
    pub hosted_origins: Vec<OriginPattern>,
    /// Where its live views may be.
    pub live_view_origins: Vec<OriginPattern>,
    /// Whether its live views need `WebRTC`, which not every system's web engine has.
    pub views_need_webrtc: bool,
    /// The project to work in.
    pub project: Option<String>,
    /// Where its Prefactor service is, if it has one.
    pub authflow: Option<AuthflowEndpoint>,
    /// Whether it is the sandbox in this program, whose key is no secret.
    pub is_sandbox: bool,
}

/// A Prefactor service. There is no default: no document names its host (`authflow-api.md` 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthflowEndpoint {
    /// Where its API is.
    pub api: ApiBase,
    /// How its key is sent.
    pub token_header: TokenHeader,
    /// Which statuses count as success.
    pub meaning: Meaning,
    /// For how long an authflow is watched.
    pub watch_for: Duration,
}

/// The environments by name.
#[derive(Clone, Debug)]
pub struct Environments(BTreeMap<String, Environment>);

/// Why `environments.toml` can't be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("environments.toml{}: {problem}", place(*.line))]
pub struct Mistake {
    /// The line of the mistake, from 1; `None` if it is in no line.
    pub line: Option<usize>,
    /// What stands in that line.
    pub text: Option<String>,
    /// What is wrong, and what is right.
    pub problem: String,
}

fn place(line: Option<usize>) -> String {
    line.map(|line| format!(", line {line}"))
        .unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    environment: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Spanned<String>,
    api: Option<Spanned<String>>,
    #[serde(default)]
    hosted_origins: Vec<Spanned<String>>,
    #[serde(default)]
    live_view_origins: Vec<Spanned<String>>,
    live_view_needs_webrtc: Option<bool>,
    project: Option<String>,
    authflow: Option<WrittenAuthflow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAuthflow {
    api: Spanned<String>,
    token_header: Option<Spanned<String>>,
    success: Option<Spanned<Vec<String>>>,
    watch_minutes: Option<Spanned<u64>>,
}

/// The longest watch of an authflow that can be set, in minutes: a day.
const LONGEST_WATCH: u64 = 24 * 60;

/// Kernel's own service, in the form of the file (`kernel-api.md` 10).
const BUILT_IN: &str = r#"
[[environment]]
name = "kernel"
api = "https://api.onkernel.com"
hosted_origins = ["https://*.kernel.com", "https://*.onkernel.com"]
live_view_origins = ["https://*.kernel.com", "https://*.onkernel.com", "https://*.onkernel.com:8443"]
"#;

impl Environments {
    /// The built-in environment alone.
    pub fn built_in() -> Result<Self, Mistake> {
        Self::none().with(BUILT_IN)
    }

    /// The built-in environment, and those of the file if there is one. The file may override it,
    /// or add to it by naming it without an `api`.
    pub fn load(file: &Path) -> Result<Self, Mistake> {
        let built_in = Self::built_in()?;
        match std::fs::read_to_string(file) {
            Ok(text) => built_in.with(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(built_in),
            Err(error) => Err(Mistake {
                line: None,
                text: None,
                problem: format!("It can’t be read: {error}."),
            }),
        }
    }

    /// The environment with this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Environment> {
        self.0.get(name)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Environment> {
        self.0.values()
    }

    /// Adds the sandbox in this program: its APIs, hosted pages and live views share one address on
    /// this computer.
    pub fn add_sandbox(&mut self, name: &str, address: &str) -> Result<(), Mistake> {
        let text = format!(
            "[[environment]]\nname = \"{name}\"\napi = \"{address}\"\nhosted_origins = [\"{address}\"]\nlive_view_origins = [\"{address}\"]\n[environment.authflow]\napi = \"{address}\"\n"
        );
        *self = std::mem::replace(self, Self::none()).with(&text)?;
        if let Some(added) = self.0.get_mut(name) {
            added.is_sandbox = true;
        }
        Ok(())
    }

    /// No environment at all.
    #[must_use]
    pub fn none() -> Self {
        Self(BTreeMap::new())
    }

    fn with(mut self, text: &str) -> Result<Self, Mistake> {
        let file: File = toml::from_str(text)
            .map_err(|error| Mistake::at(text, error.span(), error.message()))?;
        for written in file.environment {
            let known = self.0.get(written.name.get_ref());
            let environment = written.checked(known, text)?;
            self.0.insert(environment.name.clone(), environment);
        }
        Ok(self)
    }
}

impl Mistake {
    fn at(text: &str, span: Option<Range<usize>>, problem: &str) -> Self {
        let start = span.map(|span| span.start.min(text.len()));
        let line = start.map(|start| text[..start].matches('\n').count());
        Self {
            line: line.map(|line| line + 1),
            text: line
                .and_then(|line| text.lines().nth(line))
                .map(|line| line.trim().to_owned()),
            problem: problem.trim().replace('\n', " "),
        }
    }
}

impl Environment {
    /// The host of its API, for a person to judge.
    #[must_use]
    pub fn host(&self) -> String {
        self.api.host()
    }

    /// How to talk to it, by the way that is set now, noting what is tried.
    #[must_use]
    pub fn settings(&self, journal: &Journal) -> Settings {
        Settings {
            project: self.project.clone(),
            journal: journal.clone(),
            proxy: way_to(&self.api),
            ..Settings::default()
        }
    }
}

impl AuthflowEndpoint {
    /// How to talk to it, by the way that is set now, noting what is tried.
    #[must_use]
    pub fn settings(&self, journal: &Journal) -> authflow::Settings {
        authflow::Settings {
            token_header: self.token_header.clone(),
            journal: journal.clone(),
            proxy: way_to(&self.api),
            ..authflow::Settings::default()
        }
    }
}

impl Written {
    fn checked(self, known: Option<&Environment>, text: &str) -> Result<Environment, Mistake> {
        let bad = |span: Range<usize>, problem: String| Mistake::at(text, Some(span), &problem);
        let authflow = self
            .authflow
            .map(|written| written.checked(text))
            .transpose()?;
        let Some(written) = self.api else {
            let Some(known) = known else {
                let problem = "an environment needs the address of its API, as api = \"https://…\"";
                return Err(bad(self.name.span(), problem.to_owned()));
            };
            let says_more = !self.hosted_origins.is_empty() || !self.live_view_origins.is_empty();
            if says_more {
                let problem =
                    "without api, the origins stay as they are; name api too to change them";
                return Err(bad(self.name.span(), problem.to_owned()));
            }
            return Ok(Environment {
                views_need_webrtc: self
                    .live_view_needs_webrtc
                    .unwrap_or(known.views_need_webrtc),
                project: self.project.or_else(|| known.project.clone()),
                authflow: authflow.or_else(|| known.authflow.clone()),
                ..known.clone()
            });
        };
        let name = self.name.into_inner();
        let api = ApiBase::parse(written.get_ref())
            .map_err(|error| bad(written.span(), error.to_string()))?;
        let origins = |written: Vec<Spanned<String>>| {
            let read = |origin: Spanned<String>| {
                OriginPattern::parse(origin.get_ref())
                    .map_err(|error| bad(origin.span(), error.to_string()))
            };
            written.into_iter().map(read).collect::<Result<Vec<_>, _>>()
        };
        let hosted_origins = origins(self.hosted_origins)?;
        let live_view_origins = origins(self.live_view_origins)?;
        // Kernel's own views do (`kernel-api.md` 10). One on this computer is somebody's own.
        let views_need_webrtc = self
            .live_view_needs_webrtc
            .unwrap_or_else(|| !api.as_str().starts_with("http:"));
        Ok(Environment {
            name,
            api,
            hosted_origins,
            live_view_origins,
            views_need_webrtc,
            project: self.project,
            authflow,
            is_sandbox: false,
        })
    }
}

impl WrittenAuthflow {
    fn checked(self, text: &str) -> Result<AuthflowEndpoint, Mistake> {
        let bad = |span: Range<usize>, problem: String| Mistake::at(text, Some(span), &problem);
        let api = ApiBase::parse(self.api.get_ref())
            .map_err(|error| bad(self.api.span(), error.to_string()))?;
        let token_header = match self.token_header {
            Some(written) => TokenHeader::parse(written.get_ref())
                .map_err(|error| bad(written.span(), error.to_string()))?,
            None => TokenHeader::default(),
        };
        let meaning = match self.success {
            Some(written) => {
                let span = written.span();
                Meaning::new(written.into_inner()).map_err(|error| bad(span, error.to_string()))?
            }
            None => Meaning::default(),
        };
        let watch_for = match self.watch_minutes {
            Some(written) if (1..=LONGEST_WATCH).contains(written.get_ref()) => {
                Duration::from_mins(written.into_inner())
            }
            Some(written) => {
                let problem = format!("an authflow is watched for 1 to {LONGEST_WATCH} minutes");
                return Err(bad(written.span(), problem));
            }
            None => authflow::DEADLINE,
        };
        Ok(AuthflowEndpoint {
            api,
            token_header,
            meaning,
            watch_for,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernel_is_built_in() {
        let environments = Environments::built_in().expect("the built-in text is right");
        assert_eq!(
            environments
                .named("kernel")
                .map(Environment::host)
                .as_deref(),
            Some("api.onkernel.com")
        );
        assert!(environments.named("sandbox").is_none());
    }

    #[test]
    fn a_file_adds_and_overrides() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("environments.toml");
        std::fs::write(&file, "[[environment]]\nname = \"kernel\"\napi = \"https://proxy.example\"\n[[environment]]\nname = \"mine\"\napi = \"http://127.0.0.1:3001\"\n").expect("written");
        let environments = Environments::load(&file).expect("read");
        assert_eq!(
            environments
                .named("kernel")
                .map(Environment::host)
                .as_deref(),
            Some("proxy.example")
        );
        assert!(environments.named("mine").is_some());
    }

    #[test]
    fn an_environment_may_have_a_prefactor_service() {
        let text = r#"
            [[environment]]
            name = "plain"
            api = "https://x.example"
            [environment.authflow]
            api = "https://pf.example"

            [[environment]]
            name = "own"
            api = "https://x.example"
            [environment.authflow]
            api = "https://pf.example"
            token_header = "X-Api-Key"
            success = ["finished", "complete"]
            watch_minutes = 5
        "#;
        let environments = Environments::none().with(text).expect("no mistake");
        let of = |name| environments.named(name).and_then(|it| it.authflow.clone());
        let plain = of("plain").expect("a service");
        assert_eq!(plain.api.host(), "pf.example");
        assert_eq!(plain.token_header, TokenHeader::Bearer);
        assert_eq!(plain.meaning, Meaning::default());
        assert_eq!(plain.watch_for, authflow::DEADLINE);
        let own = of("own").expect("a service");
        assert_ne!(own.token_header, TokenHeader::Bearer);
        assert_ne!(own.meaning, Meaning::default());
        assert_eq!(own.watch_for, Duration::from_mins(5));
        let built_in = Environments::built_in().expect("the built-in text is right");
        let kernel = built_in.named("kernel").expect("it is built in");
        assert_eq!(kernel.authflow, None);
    }

    #[test]
    fn the_built_in_environment_is_added_to_by_naming_it() {
        let text = "[[environment]]\nname = \"kernel\"\n[environment.authflow]\napi = \"https://pf.example\"\n";
        let built_in = Environments::built_in().expect("the built-in text is right");
        let before = built_in.named("kernel").cloned().expect("it is built in");
        let environments = built_in.with(text).expect("no mistake");
        let after = environments.named("kernel").cloned().expect("it stays");
        assert!(after.authflow.is_some());
        let without = Environment {
            authflow: None,
            ..after
        };
        assert_eq!(without, before);
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        let mistakes = [
            (
                "[[environment]]\nname = \"a\"\nadress = \"x\"\n",
                3,
                "adress",
            ),
            (
                "[[environment]]\nname = \"a\"\napi = \"http://api.example\"\n",
                3,
                "https",
            ),
            (
                "[[environment]]\nname = \"a\"\napi = \"https://x.example\"\n\nhosted_origins = [\"x.example\"]\n",
                5,
                "https://*.onkernel.com",
            ),
            ("[[environment]]\nname = \n", 2, ""),
            ("[[environment]]\nname = \"mine\"\n", 2, "api"),
            (
                "[[environment]]\nname = \"a\"\napi = \"https://x.example\"\n[environment.authflow]\napi = \"http://pf.example\"\n",
                5,
                "https",
            ),
            (
                "[[environment]]\nname = \"a\"\napi = \"https://x.example\"\n[environment.authflow]\napi = \"https://pf.example\"\ntoken_header = \"Host\"\n",
                6,
                "Bearer",
            ),
            (
                "[[environment]]\nname = \"a\"\napi = \"https://x.example\"\n[environment.authflow]\napi = \"https://pf.example\"\nsuccess = [\"pending\"]\n",
                6,
                "complete",
            ),
            (
                "[[environment]]\nname = \"a\"\napi = \"https://x.example\"\n[environment.authflow]\napi = \"https://pf.example\"\nwatch_minutes = 0\n",
                6,
                "1440",
            ),
        ];
        for (text, line, hint) in mistakes {
            let mistake = Environments::none().with(text).expect_err("a mistake");
            assert_eq!(mistake.line, Some(line), "{mistake}");
            assert!(mistake.problem.contains(hint), "{mistake}");
            assert_eq!(
                mistake.text.as_deref(),
                text.lines().nth(line - 1).map(str::trim),
                "{mistake}"
            );
        }
    }
}
