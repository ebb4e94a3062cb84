//! Environments: the services a person has set up, and the origins that belong to each.

use std::{collections::BTreeMap, path::Path};

use managed_auth::{ApiBase, Settings};
use serde::Deserialize;
use thiserror::Error;
use url::Url;

use crate::origin::OriginPattern;

/// One service.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Its name, in links and in the keychain.
    pub name: String,
    /// Where its API is.
    pub api: ApiBase,
    /// Where its hosted pages may be.
    pub hosted_origins: Vec<OriginPattern>,
    /// Where its live views may be.
    pub live_view_origins: Vec<OriginPattern>,
    /// The project to work in.
    pub project: Option<String>,
}

/// The environments by name.
#[derive(Clone, Debug)]
pub struct Environments(BTreeMap<String, Environment>);

/// Why `environments.toml` can't be used.
#[derive(Debug, Error)]
pub enum EnvironmentsError {
    /// It can't be read.
    #[error("environments.toml can't be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is not what it should be. The text names the line.
    #[error("environments.toml has a mistake: {0}")]
    Mistaken(#[from] toml::de::Error),
    /// An address in it can't be used.
    #[error("the environment “{name}” in environments.toml: {reason}")]
    BadAddress {
        /// The environment.
        name: String,
        /// What is wrong, and what is right.
        reason: String,
    },
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
    name: String,
    api: String,
    #[serde(default)]
    hosted_origins: Vec<String>,
    #[serde(default)]
    live_view_origins: Vec<String>,
    project: Option<String>,
}

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
    pub fn built_in() -> Result<Self, EnvironmentsError> {
        Self::empty().with(BUILT_IN)
    }

    /// The built-in environment, and those of the file if there is one. The file may override it.
    pub fn load(file: &Path) -> Result<Self, EnvironmentsError> {
        let built_in = Self::built_in()?;
        match std::fs::read_to_string(file) {
            Ok(text) => built_in.with(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(built_in),
            Err(error) => Err(error.into()),
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

    /// Adds an environment whose API, hosted pages and live views share one address on this
    /// computer: the sandbox.
    pub fn add_local(&mut self, name: &str, address: &str) -> Result<(), EnvironmentsError> {
        let written = Written {
            name: name.to_owned(),
            api: address.to_owned(),
            hosted_origins: vec![address.to_owned()],
            live_view_origins: vec![address.to_owned()],
            project: None,
        };
        let environment = written.checked()?;
        self.0.insert(environment.name.clone(), environment);
        Ok(())
    }

    fn empty() -> Self {
        Self(BTreeMap::new())
    }

    fn with(mut self, text: &str) -> Result<Self, EnvironmentsError> {
        let file: File = toml::from_str(text)?;
        for written in file.environment {
            let environment = written.checked()?;
            self.0.insert(environment.name.clone(), environment);
        }
        Ok(self)
    }
}

impl Environment {
    /// The host of its API, for a person to judge.
    #[must_use]
    pub fn host(&self) -> String {
        Url::parse(self.api.as_str())
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// How to talk to it.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            project: self.project.clone(),
            ..Settings::default()
        }
    }
}

impl Written {
    fn checked(self) -> Result<Environment, EnvironmentsError> {
        let name = self.name;
        let bad = |reason: String| EnvironmentsError::BadAddress {
            name: name.clone(),
            reason,
        };
        let api = ApiBase::parse(&self.api).map_err(|error| bad(error.to_string()))?;
        let origins = |written: Vec<String>| {
            written
                .iter()
                .map(|origin| OriginPattern::parse(origin))
                .collect::<Result<Vec<_>, _>>()
        };
        let hosted_origins =
            origins(self.hosted_origins).map_err(|error| bad(error.to_string()))?;
        let live_view_origins =
            origins(self.live_view_origins).map_err(|error| bad(error.to_string()))?;
        Ok(Environment {
            name: name.clone(),
            api,
            hosted_origins,
            live_view_origins,
            project: self.project,
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
    fn a_mistake_is_named_with_its_place() {
        let mistakes = [
            ("[[environment]]\nname = \"a\"\nadress = \"x\"\n", "line 3"),
            (
                "[[environment]]\nname = \"a\"\napi = \"http://api.example\"\n",
                "“a”",
            ),
            (
                "[[environment]]\nname = \"a\"\napi = \"https://x.example\"\nhosted_origins = [\"x.example\"]\n",
                "“a”",
            ),
        ];
        for (text, place) in mistakes {
            let error = Environments::empty()
                .with(text)
                .expect_err("a mistake")
                .to_string();
            assert!(error.contains(place), "{error}");
        }
    }
}
