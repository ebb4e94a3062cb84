//! What a credential stands for (`kernel-api.md` 1.1).

use serde::Deserialize;

/// What `GET /auth/context` tells about a credential. Every part may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AuthContext {
    /// How the credential was recognised.
    pub authentication: Option<Authentication>,
    /// What it is for.
    pub authorization: Option<Authorization>,
    /// Whose it is.
    pub organization: Option<Organization>,
    /// On whose behalf it acts.
    pub principal: Option<Principal>,
}

/// How a credential was recognised. The words are open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Authentication {
    /// `api_key` or `jwt`.
    pub method: Option<String>,
    /// `api_key`, `oauth` or `dashboard`.
    pub source: Option<String>,
    /// Absent for what is no key.
    pub credential_id: Option<String>,
}

/// What a credential is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Authorization {
    /// What the credential was made for.
    pub credential_scope: Option<Scope>,
    /// What it works for in this request.
    pub effective_scope: Option<Scope>,
}

/// A project, or the whole organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// Absent means: the whole organization.
    pub project_id: Option<String>,
}

/// Whose a credential is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Organization {
    /// Opaque.
    pub id: Option<String>,
}

/// On whose behalf a credential acts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Principal {
    /// Opaque.
    pub id: Option<String>,
    /// `api_key` or `user`, as an open word.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}
