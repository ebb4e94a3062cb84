//! The views' types as TypeScript, for the page.

use login_flow::typescript::declaration;

use crate::{
    AuthflowFacts, AuthflowPhase, AuthflowStatus, AuthflowView, AuthflowWatch, Counts,
    CredentialFact, Facts, Filter, Happening, HappeningKind, HealthFacts, History, ListView, Need,
    Outcome, ProxyFact, ReauthReason, RenewalFacts, ReturnAddress, Row, RowKind, RowState,
    SeenStatus, SightingFacts, Standing, Subject,
    draft::{
        ConnectionDraft, CredentialDraft, DraftField, DraftProblem, ExportDraft, LoginDraft,
        ProblemKind, ProxyDraft, TelemetryDraft,
    },
};

/// The declarations of every type of this crate that crosses to the page.
#[must_use]
pub fn declarations() -> String {
    [
        declaration::<ListView>(),
        declaration::<Filter>(),
        declaration::<Counts>(),
        declaration::<Row>(),
        declaration::<RowKind>(),
        declaration::<RowState>(),
        declaration::<Subject>(),
        declaration::<Standing>(),
        declaration::<Need>(),
        declaration::<Facts>(),
        declaration::<HealthFacts>(),
        declaration::<RenewalFacts>(),
        declaration::<ReauthReason>(),
        declaration::<CredentialFact>(),
        declaration::<ProxyFact>(),
        declaration::<History>(),
        declaration::<Happening>(),
        declaration::<HappeningKind>(),
        declaration::<Outcome>(),
        declaration::<AuthflowView>(),
        declaration::<AuthflowWatch>(),
        declaration::<AuthflowPhase>(),
        declaration::<AuthflowStatus>(),
        declaration::<SeenStatus>(),
        declaration::<AuthflowFacts>(),
        declaration::<ReturnAddress>(),
        declaration::<SightingFacts>(),
        declaration::<ConnectionDraft>(),
        declaration::<CredentialDraft>(),
        declaration::<ProxyDraft>(),
        declaration::<TelemetryDraft>(),
        declaration::<ExportDraft>(),
        declaration::<LoginDraft>(),
        declaration::<DraftProblem>(),
        declaration::<DraftField>(),
        declaration::<ProblemKind>(),
    ]
    .concat()
}
