import type { ConnectionDraft, DraftField } from "../../platform/types";

/** A draft in which nothing is said, so that the service decides. */
export function emptyDraft(): ConnectionDraft {
  return {
    domain: "",
    profile: "",
    login_url: "",
    allowed_domains: "",
    credential: { kind: "none" },
    save_credentials: null,
    record_session: null,
    health_checks: null,
    auto_reauth: null,
    health_check_interval: "",
    proxy: { kind: "unset" },
    region: "",
    stealth: null,
    telemetry: { enabled: null, categories: {}, export: { kind: "unset" }, storage: null },
  };
}

/** The fields that are folded away at first. A new field has to say where it stands. */
export const folded: Record<DraftField, boolean> = {
  domain: false,
  profile: false,
  login_url: false,
  allowed_domains: false,
  auto_reauth: false,
  health_check_interval: false,
  credential: true,
  proxy: true,
  region: true,
  telemetry: true,
};
