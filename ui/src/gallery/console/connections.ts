import type {
  CredentialFact,
  Happening,
  HappeningKind,
  Outcome,
  ProxyFact,
  ReauthReason,
} from "../../lib/platform/types";
import { inMinutes } from "../make";
import { hostile, longDomain, longWord, rightToLeft } from "./awkward";
import { facts, happening, opened } from "./make";
import { each, type Worlds } from "./worlds";

type Known<T> = Extract<T, string>;

const reasons: Record<Known<ReauthReason>, boolean> = {
  external_credential: true,
  cua_has_credential: true,
  has_credential: true,
  viable_plans_found: true,
  no_requirements_recorded: true,
  totp_reauth_allowed: true,
  optimistic_totp_attempt: true,
  requirements_satisfiable: true,
  no_prior_successful_login: false,
  no_credential: false,
  no_viable_plans: false,
  viable_plans_require_external_action: false,
  requires_external_action: false,
  requires_totp_without_secret: false,
  requires_sms_code: false,
  requires_email_code: false,
  requires_customer_input: false,
};

const credentials: Record<CredentialFact["kind"], CredentialFact> = {
  kernel: { kind: "kernel", name: "netflix-family" },
  item: { kind: "item", provider: "onepassword", path: "Support/Netflix" },
  search: { kind: "search", provider: "onepassword" },
  inert: { kind: "inert", provider: "onepassword" },
};

const proxies: Record<ProxyFact["kind"], ProxyFact> = {
  id: { kind: "id", id: "proxy_8h2k" },
  name: { kind: "name", name: "residential-de" },
  direct: { kind: "direct" },
  default: { kind: "default" },
};

const outcomes: Record<Known<Outcome>, Partial<Happening>> = {
  running: { took_ms: null, step: "AWAITING_INPUT", at: inMinutes(-3) },
  logged_in: { recording: "replay_5m2k9" },
  expired: { took_ms: 1_200_000, step: "EXPIRED", at: inMinutes(-300) },
  canceled: { took_ms: 31_000, step: "SUBMITTING", at: inMinutes(-60 * 26) },
  failed: {
    kind: "reauth",
    took_ms: 58_500,
    step: "AWAITING_INPUT",
    at: inMinutes(-60 * 50),
    error: {
      code: "credentials_invalid",
      title: "netflix.com did not accept the user name or password.",
      advice: "Start a login and enter other values.",
      details: "attempt 3 of 3",
    },
    website_error: "Incorrect password. Try again.",
    telemetry: true,
    recording: "replay_7d1k2",
  },
  still_logged_in: {
    kind: "health_check",
    took_ms: null,
    step: null,
    before: "still_logged_in",
    browser_session: null,
  },
  logged_out: {
    kind: "health_check",
    took_ms: null,
    step: null,
    before: "still_logged_in",
    browser_session: null,
  },
};

const kinds: Record<Known<HappeningKind>, null> = {
  login: null,
  reauth: null,
  health_check: null,
};

/** Everything that can have happened, and words that no version knows yet. */
export const everything: Happening[] = [
  ...Object.entries(outcomes).map(([outcome, with_]) =>
    happening(`tl_${outcome}`, { outcome: outcome as Known<Outcome>, ...with_ }),
  ),
  happening("tl_unknown", {
    kind: { unknown: "SEANCE" },
    outcome: { unknown: "HAUNTED" },
    at: null,
    step: "AWAITING_SEANCE",
    took_ms: 400,
  }),
];

/** So many happenings, by turns of each kind. */
function long(count: number): Happening[] {
  const names = Object.keys(kinds) as Known<HappeningKind>[];
  return Array.from({ length: count }, (_, n) => {
    const kind = names[n % names.length] ?? "login";
    const check = kind === "health_check";
    return happening(`tl_${String(n)}`, {
      kind,
      outcome: check ? "still_logged_in" : "logged_in",
      at: inMinutes(-60 * n - 20),
      took_ms: check ? null : 42_000 + 700 * n,
    });
  });
}

/** The facts and the timeline of an open connection without a login that runs. */
export const connections: Worlds = {
  "facts-everything": () => opened({}, {}, { happenings: everything }),
  "facts-long": () => opened({}, {}, { happenings: long(55) }),
  "facts-nothing-happened": () => opened({}),
  "facts-reading": () => opened({ facts: null }),
  "facts-gone": () =>
    opened({
      trouble: {
        code: "not_found",
        title: "This connection does not exist, or no longer.",
        advice: "Somebody else may have deleted it. Choose another one.",
        details: null,
      },
    }),
  "facts-unknown": () =>
    opened({
      facts: facts({
        standing: { unknown: "HAUNTED" },
        login_url: null,
        landed_at: null,
        allowed_domains: null,
        credential: null,
        saves_credentials: null,
        records_session: null,
        health: { on: null, every_s: null, last_at: null, next_at: null, blind: null },
        renewal: { allowed: null, able: null, reason: null },
        proxy: null,
        region: null,
        stealth: null,
        telemetry: null,
        browser_session: null,
      }),
    }),
  ...each(
    "facts-reauth",
    reasons,
    (reason) => () =>
      opened({ facts: facts({ renewal: { allowed: true, able: reasons[reason], reason } }) }),
  ),
  "facts-reauth-unknown": () =>
    opened({
      facts: facts({
        renewal: { allowed: true, able: false, reason: { unknown: "requires_moon" } },
      }),
    }),
  "facts-reauth-forbidden": () =>
    opened({
      facts: facts({ renewal: { allowed: false, able: true, reason: "viable_plans_found" } }),
    }),
  "facts-no-checks": () =>
    opened({
      facts: facts({
        health: { on: false, every_s: 3600, last_at: null, next_at: null, blind: null },
        allowed_domains: [],
      }),
    }),
  "facts-blind-checks": () =>
    opened({
      facts: facts({
        health: {
          on: true,
          every_s: 5400,
          last_at: inMinutes(-60 * 30),
          next_at: inMinutes(-1),
          blind: "no_auth_check_url",
        },
        standing: { unknown: null },
      }),
    }),
  ...each(
    "facts-credential",
    credentials,
    (kind) => () => opened({ facts: facts({ credential: credentials[kind] }) }),
  ),
  ...each(
    "facts-proxy",
    proxies,
    (kind) => () => opened({ facts: facts({ proxy: proxies[kind] }) }),
  ),
  "facts-awkward": () =>
    opened(
      {
        facts: facts({
          id: longWord,
          domain: longDomain,
          profile: rightToLeft,
          login_url: `https://${longDomain}/${longWord}`,
          landed_at: `https://${longDomain}/`,
          allowed_domains: [longDomain, hostile],
          credential: { kind: "item", provider: hostile, path: longWord },
          proxy: { kind: "name", name: rightToLeft },
          region: longWord,
          browser_session: longWord,
        }),
      },
      {},
      {
        happenings: [
          happening("tl_1", {
            outcome: "failed",
            error: {
              code: longWord,
              title: `${longWord} said no.`,
              advice: "Start a login and enter other values. ".repeat(4),
              details: hostile,
            },
            website_error: hostile,
            step: longWord,
            recording: longWord,
          }),
        ],
      },
    ),
};
