//! Why an unattended login may be tried or not (kernel-api.md 4.2).

use serde::{Deserialize, Serialize};

/// `can_reauth_reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reauth {
    ExternalCredential,
    CuaHasCredential,
    HasCredential,
    ViablePlansFound,
    NoRequirementsRecorded,
    TotpReauthAllowed,
    OptimisticTotpAttempt,
    RequirementsSatisfiable,
    NoPriorSuccessfulLogin,
    NoCredential,
    NoViablePlans,
    ViablePlansRequireExternalAction,
    RequiresExternalAction,
    RequiresTotpWithoutSecret,
    RequiresSmsCode,
    RequiresEmailCode,
    RequiresCustomerInput,
}

impl Reauth {
    /// Whether one may be tried.
    pub(crate) fn is_possible(self) -> bool {
        match self {
            Self::ExternalCredential
            | Self::CuaHasCredential
            | Self::HasCredential
            | Self::ViablePlansFound
            | Self::NoRequirementsRecorded
            | Self::TotpReauthAllowed
            | Self::OptimisticTotpAttempt
            | Self::RequirementsSatisfiable => true,
            Self::NoPriorSuccessfulLogin
            | Self::NoCredential
            | Self::NoViablePlans
            | Self::ViablePlansRequireExternalAction
            | Self::RequiresExternalAction
            | Self::RequiresTotpWithoutSecret
            | Self::RequiresSmsCode
            | Self::RequiresEmailCode
            | Self::RequiresCustomerInput => false,
        }
    }
}
