import type {
  AuthflowKeyState,
  AuthflowPhase,
  AuthflowScreen,
  AuthflowStatus,
  AuthflowView,
  AuthflowWatch,
  Keychain,
  KeychainTrouble,
  LookedUp,
} from "../../lib/platform/types";
import type { World } from "../../lib/platform/fake-console";
import { inMinutes } from "../make";
import { hostile, longWord, rightToLeft } from "./awkward";
import { world } from "./make";
import {
  authflowFacts,
  authflowId,
  authflowRow,
  authflowView,
  open,
  openedAuthflow,
  service,
  sighting,
  slow,
  watched,
} from "./make-authflow";
import { many } from "./many";
import { each, type Worlds } from "./worlds";

const notTaken: Extract<LookedUp, { kind: "not_taken" }> = {
  kind: "not_taken",
  trouble: {
    code: "unusual_id",
    title: "That does not look like an authflow id.",
    advice: "One has 32 letters and digits. Copy the whole of it.",
    details: null,
  },
  insist: true,
};

const refused = {
  code: "bad_authtoken",
  title: "The Prefactor key was not accepted.",
  advice: "It may have been revoked. Enter another key.",
  details: "token is invalid",
};

const gone = {
  code: "not_found",
  title: "There is no authflow with this id.",
  advice: "Look whether the whole id was copied, and whether it is of this account.",
  details: "authflow not found",
};

const screens: Record<AuthflowScreen["kind"], AuthflowScreen> = {
  no_service: { kind: "no_service", file: "/home/ada/.config/usher/environments.toml" },
  not_taken: notTaken,
  no_key: { kind: "no_key", key: { kind: "wanted" } },
  watched: { kind: "watched", view: authflowView() },
};

const keyStates: Record<AuthflowKeyState["kind"], AuthflowKeyState> = {
  looking: { kind: "looking" },
  wanted: { kind: "wanted" },
  keychain_trouble: { kind: "keychain_trouble", why: "locked" },
  refused: { kind: "refused", trouble: refused },
};

const keychainTroubles: Record<KeychainTrouble, null> = {
  absent: null,
  locked: null,
  refused: null,
  silent: null,
  broken: null,
};

const keys: Record<Keychain["state"], Keychain> = {
  unused: { state: "unused" },
  kept: { state: "kept" },
  memory_only: { state: "memory_only", why: "locked" },
};

type Word = Extract<AuthflowStatus, string> | "unknown" | "none";

const words: Record<Word, AuthflowStatus | null> = {
  new: "new",
  pending: "pending",
  finished: "finished",
  complete: "complete",
  cancelled: "cancelled",
  unknown: { unknown: "awaiting_review" },
  none: null,
};

/** What each status means, as it is set from the start; and set otherwise, for `finished`. */
const phases: Record<Word, AuthflowPhase[]> = {
  new: ["waiting"],
  pending: ["waiting"],
  finished: ["waiting", "success"],
  complete: ["success"],
  cancelled: ["cancelled"],
  unknown: ["unknown"],
  none: ["unknown"],
};

/** The watches that go with a meaning: what waits is watched, what has ended isn't. */
const watches: Record<AuthflowPhase, AuthflowWatch[]> = {
  waiting: ["watching", "given_up", "stopped"],
  success: ["ended", "stopped"],
  cancelled: ["ended", "stopped"],
  unknown: ["ended", "stopped"],
};

const every: Partial<AuthflowView>[] = (Object.keys(words) as Word[]).flatMap((word) =>
  phases[word].flatMap((phase) =>
    watches[phase].map((watch) => ({
      watch,
      phase,
      status: words[word],
      trouble: watch === "stopped" ? gone : null,
      read_at: inMinutes(watch === "watching" ? -0.05 : -4.5),
      history: [
        { at: inMinutes(-9), status: "new" as const },
        { at: inMinutes(-7), status: "pending" as const },
        { at: inMinutes(-5), status: words[word] },
      ],
    })),
  ),
);

function nameOf({ watch, phase, status }: Partial<AuthflowView>): string {
  const word = status === null ? "none" : typeof status === "string" ? status : "unknown";
  return [watch, phase, word].join("-");
}

const bare = authflowFacts({
  title: null,
  id: null,
  plan: null,
  factors: [],
  account: null,
  domain: null,
  pool: null,
  device: null,
  session: null,
  return_address: null,
  first_seen: null,
  last_seen: null,
});

/** Nothing was read yet. */
const unread: Partial<AuthflowView> = {
  phase: "unknown",
  status: null,
  facts: null,
  history: [],
  read_at: null,
};

function both(): World {
  const flows = every.map((view, n) => ({
    id: `${authflowId.slice(0, -2)}${String(10 + n)}`,
    view: authflowView({ ...view, facts: authflowFacts({ title: nameOf(view) }) }),
  }));
  const rows = flows.map(({ id, view }) => authflowRow(id, view));
  const connections = many(20);
  return world(
    [
      ...connections.slice(0, 5),
      authflowRow(authflowId, authflowView(unread)),
      ...rows,
      ...connections.slice(5),
    ],
    { authflows: service() },
    {
      authflows: Object.fromEntries(
        flows.map(({ id, view }) => [id, open({ kind: "watched", view }, id)]),
      ),
    },
  );
}

/** Prefactor's authflows: the list with both, looking one up, and what is shown of one. */
export const authflows: Worlds = {
  "authflows-list": both,
  "authflows-no-match": () =>
    world([], { authflows: service() }, { list: { query: authflowId, filter: "all" } }),
  "authflows-look-up": () => ({ ...both(), pressed: ["look_up"] }),
  "authflows-look-up-refused": () => ({
    ...both(),
    lookedUp: notTaken,
    pressed: ["look_up", `authflow=${authflowId.slice(0, -3)}`, "look_up_go"],
  }),
  ...each("authflow-key-menu", keys, (state) => () => ({
    ...world(many(9), { authflows: service({ key: keys[state] }) }),
    pressed: ["show_key"],
  })),
  "authflow-key-menu-none": () => ({
    ...world(many(9), { authflows: service({ has_key: false, key: { state: "unused" } }) }),
    pressed: ["show_key"],
  }),
  ...each(
    "authflow",
    screens,
    (kind) => () => openedAuthflow(screens[kind], kind === "no_service" ? { authflows: null } : {}),
  ),
  "authflow-not-taken-for-good": () => openedAuthflow({ ...notTaken, insist: false }),
  "authflow-opening": () => openedAuthflow(screens.watched, {}, { authflows: {} }),
  ...each(
    "authflow-key",
    keyStates,
    (kind) => () =>
      openedAuthflow(
        { kind: "no_key", key: keyStates[kind] },
        { authflows: service({ has_key: false, key: { state: "unused" } }) },
      ),
  ),
  ...each(
    "authflow-keychain",
    keychainTroubles,
    (why) => () => openedAuthflow({ kind: "no_key", key: { kind: "keychain_trouble", why } }),
  ),
  "authflow-reading": () => watched(unread),
  "authflow-reading-trouble": () => watched({ ...unread, trouble: slow }),
  "authflow-never-read": () => watched({ ...unread, watch: "stopped", trouble: gone }),
  "authflow-given-up-unread": () => watched({ ...unread, watch: "given_up", trouble: slow }),
  ...Object.fromEntries(every.map((view) => [`authflow-${nameOf(view)}`, () => watched(view)])),
  "authflow-trouble-transient": () => watched({ trouble: slow, read_at: inMinutes(-2.5) }),
  "authflow-bare": () => watched({ created_at: null, facts: bare, history: [] }),
  "authflow-drifted": () =>
    watched({
      facts: authflowFacts({
        factors: ["password"],
        session: null,
        first_seen: sighting({ at: null, address: null }),
        last_seen: sighting({
          agent: null,
          network: null,
          place: null,
          position: null,
          time_zone: null,
          fingerprint: null,
        }),
      }),
    }),
  "authflow-return-cannot-open": () =>
    watched({
      facts: authflowFacts({
        return_address: { shown: "javascript:alert(1)", shortened: false, can_open: false },
      }),
    }),
  "authflow-hostile": () =>
    watched({
      phase: "unknown",
      watch: "ended",
      status: { unknown: hostile },
      history: [{ at: "no time", status: { unknown: hostile } }],
      facts: authflowFacts({
        title: hostile + longWord,
        id: `__proto__${longWord}`,
        plan: hostile,
        factors: [hostile, longWord, rightToLeft],
        account: hostile,
        return_address: {
          shown: `https://${longWord.toLowerCase()}.example/${"a".repeat(300)}`,
          shortened: false,
          can_open: true,
        },
        first_seen: sighting({ at: "yesterday", address: hostile, agent: hostile.repeat(4) }),
        last_seen: sighting({ place: hostile, agent: "x".repeat(400), fingerprint: longWord }),
      }),
    }),
  "authflow-right-to-left": () =>
    watched({ facts: authflowFacts({ title: rightToLeft, plan: rightToLeft }) }),
};
