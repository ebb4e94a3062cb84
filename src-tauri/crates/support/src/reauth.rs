//! Whether Kernel can log in again by itself, and why (`kernel-api.md` 4.2).

use login_flow::Text;
use serde::Serialize;

/// Why Kernel can, or can't, log in again by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReauthReason {
    /// Yes: an external provider is linked.
    ExternalCredential,
    /// Yes: a saved credential, used by Kernel's own agent.
    CuaHasCredential,
    /// Yes, perhaps: a Kernel credential is linked, and the plan was not checked.
    HasCredential,
    /// Yes: a recorded login can be replayed.
    ViablePlansFound,
    /// Yes: nothing is recorded that could fail.
    NoRequirementsRecorded,
    /// Yes: only an authenticator code is needed, and its secret is saved.
    TotpReauthAllowed,
    /// Yes, a few times: a code was needed before, and the site may not ask again.
    OptimisticTotpAttempt,
    /// Yes: nothing that was recorded stands in the way.
    RequirementsSatisfiable,
    /// No: nobody has ever completed a login.
    NoPriorSuccessfulLogin,
    /// No: no credential is linked.
    NoCredential,
    /// No: no recorded login can be replayed yet.
    NoViablePlans,
    /// No: the recorded logins need a step elsewhere.
    ViablePlansRequireExternalAction,
    /// No: a step elsewhere is needed.
    RequiresExternalAction,
    /// No: an authenticator code is needed, and its secret is not saved.
    RequiresTotpWithoutSecret,
    /// No: a texted code is needed.
    RequiresSmsCode,
    /// No: a mailed code is needed.
    RequiresEmailCode,
    /// No: another field or choice is needed.
    RequiresCustomerInput,
    /// A reason this version does not know.
    Unknown(Text),
}

impl ReauthReason {
    /// Reads Kernel's word; `None` if nothing of it can be shown.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "external_credential" => Self::ExternalCredential,
            "cua_has_credential" => Self::CuaHasCredential,
            "has_credential" => Self::HasCredential,
            "viable_plans_found" => Self::ViablePlansFound,
            "no_requirements_recorded" => Self::NoRequirementsRecorded,
            "totp_reauth_allowed" => Self::TotpReauthAllowed,
            "optimistic_totp_attempt" => Self::OptimisticTotpAttempt,
            "requirements_satisfiable" => Self::RequirementsSatisfiable,
            "no_prior_successful_login" => Self::NoPriorSuccessfulLogin,
            "no_credential" => Self::NoCredential,
            "no_viable_plans" => Self::NoViablePlans,
            "viable_plans_require_external_action" => Self::ViablePlansRequireExternalAction,
            "requires_external_action" => Self::RequiresExternalAction,
            "requires_totp_without_secret" => Self::RequiresTotpWithoutSecret,
            "requires_sms_code" => Self::RequiresSmsCode,
            "requires_email_code" => Self::RequiresEmailCode,
            "requires_customer_input" => Self::RequiresCustomerInput,
            other => Self::Unknown(Text::bounded(other, 60)?),
        })
    }
}
