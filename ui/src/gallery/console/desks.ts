import type { Filter, Need, Reading, RowState, Stage } from "../../lib/platform/types";
import { inMinutes } from "../make";
import { hostile, longDomain, longWord, rightToLeft } from "./awkward";
import { desk, row, shows, waiting, world } from "./make";
import { many } from "./many";
import { each, type Worlds } from "./worlds";

const needs: Record<Need, null> = {
  code: null,
  sign_in: null,
  details: null,
  account: null,
  choice: null,
  elsewhere: null,
  person: null,
  unfamiliar: null,
};

const stages: Record<Stage, null> = {
  opening: null,
  finding_out: null,
  asking: null,
  waiting_elsewhere: null,
  sending: null,
  needs_a_person: null,
  unfamiliar: null,
  logged_in: null,
  failed: null,
  expired: null,
  canceled: null,
  access_ended: null,
  refused: null,
  gone: null,
  unconfirmed: null,
  not_running: null,
  cannot_follow: null,
};

const rowStates: Record<RowState["kind"], RowState> = {
  needs_a_person: { kind: "needs_a_person", need: "code" },
  in_progress: { kind: "in_progress", stage: "finding_out" },
  failed: { kind: "failed", stage: "failed", code: "credentials_invalid" },
  logged_in: { kind: "logged_in" },
  needs_login: { kind: "needs_login" },
  unknown: { kind: "unknown" },
  authflow: { kind: "authflow", watch: "watching", phase: "waiting", status: "pending" },
  authflow_without_key: { kind: "authflow_without_key" },
};

const trouble = {
  code: "unreachable",
  title: "The service can’t be reached.",
  advice: "Look whether this computer is online. Usher keeps trying.",
  details: null,
};

const readings: Record<Reading["kind"], Reading> = {
  first: { kind: "first", known: 1200 },
  complete: { kind: "complete" },
  failed: { kind: "failed", trouble, shown_before: true },
};

const filters: Record<Filter, null> = {
  all: null,
  needs_a_person: null,
  in_progress: null,
  logged_in: null,
  needs_login: null,
  failed: null,
  live: null,
};

const keys = Object.keys as <K extends string>(kinds: Record<K, unknown>) => K[];

/** The desk and its list, with no connection open. */
export const desks: Worlds = {
  "desk-usual": () => world(many(40)),
  "desk-many": () => world(many(512)),
  "desk-10000": () => world(many(10_000)),
  "desk-one": () => world([row("ma_1")]),
  "desk-empty": () => world([]),
  "desk-reading-empty": () => world([], { reading: { kind: "first", known: 0 } }),
  "desk-failed-empty": () =>
    world([], { reading: { kind: "failed", trouble, shown_before: false } }),
  ...each("desk-reading", readings, (kind) => () => world(many(60), { reading: readings[kind] })),
  ...each("desk-filter", filters, (filter) => () => world(many(60), {}, { list: { filter } })),
  "desk-every-row": () =>
    world([
      ...keys(needs).map((need, n) =>
        waiting(`ma_need_${need}`, {
          state: { kind: "needs_a_person", need },
          answer_by: inMinutes(0.5 + n),
          has_news: n % 3 !== 1,
        }),
      ),
      ...keys(stages).map((stage) =>
        row(`ma_stage_${stage}`, {
          state: { kind: "in_progress", stage },
          expires_at: inMinutes(15),
        }),
      ),
      row("ma_unfollowed", {
        state: { kind: "in_progress", stage: null },
        expires_at: inMinutes(18),
      }),
      ...keys(stages).map((stage) =>
        row(`ma_failed_${stage}`, { state: { kind: "failed", stage, code: "mfa_timeout" } }),
      ),
      ...keys(rowStates).map((kind) =>
        row(`ma_${kind}`, {
          kind: kind.startsWith("authflow") ? "authflow" : "connection",
          state: rowStates[kind],
        }),
      ),
    ]),
  "desk-late": () =>
    world([
      waiting("ma_1", { answer_by: inMinutes(0.4) }),
      waiting("ma_2", { answer_by: inMinutes(1.8), domain: longDomain }),
      waiting("ma_3", { answer_by: inMinutes(-0.2) }),
      // This computer's clock is an hour ahead of the service's.
      waiting("ma_4", { answer_by: inMinutes(-55), expires_at: null, clock_ahead_ms: 3_600_000 }),
    ]),
  "desk-lost": () =>
    world(
      many(60).map((row, n) => ({ ...row, has_news: n % 2 === 0 })),
      { without_news: 4, not_followed: 37 },
    ),
  "desk-not-found": () => world(many(12), { not_found: "ma_8s7df98s7df" }),
  "desk-in-control-elsewhere": () => world(many(12), { in_control: "ma_0" }),
  "desk-long-names": () =>
    world(
      [
        waiting("ma_1", { domain: longDomain, profile: longWord.toLowerCase() }),
        row("ma_2", { domain: longDomain, profile: longWord, has_news: false, live: true }),
      ],
      { organization: longWord, project: `proj_${longWord}` },
    ),
  "desk-right-to-left": () =>
    world(
      [
        waiting("ma_1", { domain: "דוגמה.example", profile: rightToLeft }),
        row("ma_2", { domain: "netflix.com", profile: `${rightToLeft} (2)` }),
      ],
      { organization: rightToLeft },
    ),
  "desk-hostile": () =>
    world(
      [
        waiting(hostile, { domain: hostile, profile: hostile }),
        row("ma_2", { profile: "__proto__" }),
      ],
      { organization: hostile, not_found: hostile },
    ),
  "desk-memory-only": () => world(many(12), { key: { state: "memory_only", why: "locked" } }),
  "desk-settings-unsaid": () => {
    const base = world(many(12));
    const settings = { keep_watching: null, notifications: false, not_kept: true };
    return { ...base, window: { ...base.window, settings } };
  },
  "desk-closing": () => {
    const base = world(many(12));
    return { ...base, window: { ...base.window, closing: true } };
  },
  "desk-one-environment": () => {
    const base = world(many(3));
    const window = shows({ kind: "desk", desk: desk() }, { environments: [desk().environment] });
    return { ...base, window };
  },
};
