import type { LoginDraft } from "../../platform/types";

/** A login as the connection has it. */
export function asTheConnection(): LoginDraft {
  return {
    record_session: null,
    use_skills: null,
    proxy: { kind: "unset" },
    region: "",
    stealth: null,
    telemetry: { enabled: null, categories: {}, export: { kind: "unset" }, storage: null },
  };
}
