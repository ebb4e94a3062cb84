import type { World } from "../../lib/platform/fake-console";
import type {
  ConnectionDraft,
  ConsoleScreen,
  ConsoleWindow,
  DeskView,
  EnvironmentChoice,
  Facts,
  Happening,
  KeyState,
  OpenConnection,
  Row,
} from "../../lib/platform/types";
import { inMinutes, view } from "../make";

export const kernel: EnvironmentChoice = {
  name: "kernel",
  host: "api.onkernel.com",
  is_sandbox: false,
};

export const staging: EnvironmentChoice = {
  name: "staging",
  host: "api.staging.example",
  is_sandbox: false,
};

export const sandbox: EnvironmentChoice = {
  name: "sandbox",
  host: "127.0.0.1:46913",
  is_sandbox: true,
};

/** The desk, with everything in order. */
export function desk(with_: Partial<DeskView> = {}): DeskView {
  return {
    environment: kernel,
    key: { state: "kept" },
    organization: "Acme Support",
    project: null,
    reading: { kind: "complete" },
    waiting: 0,
    followed: 0,
    not_followed: 0,
    without_news: 0,
    open: null,
    authflows: null,
    in_control: null,
    views_need_webrtc: true,
    not_found: null,
    ...with_,
  };
}

/** A window that shows a screen. */
export function shows(screen: ConsoleScreen, with_: Partial<ConsoleWindow> = {}): ConsoleWindow {
  return {
    revision: 1,
    screen,
    environments: [kernel, staging, sandbox],
    settings: { keep_watching: true, notifications: true, not_kept: false },
    closing: false,
    ...with_,
  };
}

/** A row, logged in and quiet unless something else is said. */
export function row(id: string, with_: Partial<Row> = {}): Row {
  return {
    kind: "connection",
    id,
    domain: "netflix.com",
    profile: "my-netflix-profile",
    standing: "logged_in",
    state: { kind: "logged_in" },
    expires_at: null,
    answer_by: null,
    clock_ahead_ms: 0,
    has_news: true,
    live: false,
    ...with_,
  };
}

/** A row whose flow waits for a code, and its time is known. */
export function waiting(id: string, with_: Partial<Row> = {}): Row {
  return row(id, {
    standing: "needs_login",
    state: { kind: "needs_a_person", need: "code" },
    expires_at: inMinutes(14.5),
    answer_by: inMinutes(7.5),
    live: true,
    ...with_,
  });
}

/** A draft as an empty form holds it. */
export const emptyDraft: ConnectionDraft = {
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

/** What is known of a connection with everything known. */
export function facts(with_: Partial<Facts> = {}): Facts {
  const domain = with_.domain ?? "netflix.com";
  const profile = with_.profile ?? "my-netflix-profile";
  return {
    id: "ma_abc123xyz",
    domain,
    profile,
    standing: "logged_in",
    login_url: "https://www.netflix.com/login",
    landed_at: "https://www.netflix.com/browse",
    allowed_domains: ["accounts.google.com"],
    credential: { kind: "kernel", name: "netflix-family" },
    saves_credentials: true,
    records_session: false,
    health: {
      on: true,
      every_s: 3600,
      last_at: inMinutes(-22),
      next_at: inMinutes(38),
      blind: null,
    },
    renewal: { allowed: true, able: true, reason: "viable_plans_found" },
    proxy: { kind: "default" },
    region: "us-east",
    stealth: true,
    telemetry: false,
    browser_session: "bs_7h2k9q4m",
    draft: {
      ...emptyDraft,
      domain,
      profile,
      login_url: "https://www.netflix.com/login",
      allowed_domains: "accounts.google.com",
      credential: { kind: "kernel", name: "netflix-family" },
      save_credentials: true,
      record_session: false,
      health_checks: true,
      auto_reauth: true,
      health_check_interval: "3600",
      proxy: { kind: "default" },
      region: "us-east",
      stealth: true,
    },
    ...with_,
  };
}

/** An open connection without a flow. */
export function connection(id: string, with_: Partial<OpenConnection> = {}): OpenConnection {
  return {
    revision: 1,
    id,
    facts: facts({ id }),
    trouble: null,
    flow: null,
    handoff: { kind: "none" },
    live_view: { kind: "none" },
    in_control: false,
    ...with_,
  };
}

/** What a row's connection looks like when it is opened. */
export function connectionOf(row: Row): OpenConnection {
  const { id, domain, profile, standing, state } = row;
  const waits = state.kind === "needs_a_person" || state.kind === "in_progress";
  const saves = { saves_credentials: true, records_session: false };
  return connection(id, {
    facts: facts({ id, domain, profile, standing }),
    flow: waits
      ? view({
          connection: { id, domain, profile, ...saves },
          stage: "finding_out",
          step: "DISCOVERING",
          expires_at: row.expires_at,
          answer_by: row.answer_by,
          ways: ["wait"],
        })
      : null,
  });
}

/** One thing that happened. */
export function happening(id: string, with_: Partial<Happening> = {}): Happening {
  return {
    id,
    kind: "login",
    outcome: "logged_in",
    at: inMinutes(-95),
    took_ms: 74_000,
    step: "COMPLETED",
    error: null,
    website_error: null,
    before: null,
    recording: null,
    telemetry: null,
    browser_session: "bs_7h2k9q4m",
    ...with_,
  };
}

/** A world around a desk with these rows, each of which can be opened. */
export function world(
  rows: Row[],
  with_: Partial<DeskView> = {},
  more: Partial<World> = {},
): World {
  const waitingRows = rows.filter(({ state }) => state.kind === "needs_a_person");
  const running = rows.filter(({ expires_at }) => expires_at !== null);
  const connections = rows.filter(({ kind }) => kind === "connection");
  return {
    window: shows({
      kind: "desk",
      desk: desk({ waiting: waitingRows.length, followed: running.length, ...with_ }),
    }),
    rows,
    list: {},
    happenings: [],
    ...more,
    connections: {
      ...Object.fromEntries(connections.map((row) => [row.id, connectionOf(row)])),
      ...more.connections,
    },
  };
}

/** A world with one connection, and that one open. */
export function opened(
  with_: Partial<OpenConnection>,
  desk: Partial<DeskView> = {},
  more: Partial<World> = {},
): World {
  const id = "ma_abc123xyz";
  const state = with_.flow ? waiting(id) : row(id);
  return world(
    [state],
    { open: { kind: "connection", id }, ...desk },
    {
      ...more,
      connections: { [id]: connection(id, with_) },
    },
  );
}

/** The screen on which a key is asked for, with the key in this state. */
export function welcome(key: KeyState): ConsoleScreen {
  return { kind: "welcome", environment: kernel, key };
}
