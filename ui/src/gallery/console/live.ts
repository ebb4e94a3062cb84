import { frame } from "../../lib/platform/fake-console";
import type { World } from "../../lib/platform/fake-console";
import type {
  HandoffView,
  LiveViewState,
  OpenConnection,
  Row,
  Stage,
  Started,
  Trouble,
  View,
} from "../../lib/platform/types";
import * as make from "../make";
import { choice, code, email, field, inMinutes, password, prompt, view } from "../make";
import { facts, opened, row, waiting, world } from "./make";
import type { Worlds } from "./states";

const host = "live.onkernel.com";
const here: LiveViewState = { kind: "here", host, frame };
const noWebRtcNeeded = { views_need_webrtc: false };

const handoff: HandoffView = {
  kind: "ready",
  usher_link: true,
  hosted_page: "https://auth.kernel.com/ma_abc123xyz?code=••••••••",
  ours: true,
};

const asking: Partial<View> = {
  prompt: prompt([code], [make.text, make.secondText, make.call, make.another]),
  answer_by: inMinutes(9.5),
};

/** The open connection with a flow, its remote browser in view. */
function flow(
  with_: Partial<View>,
  more: Partial<OpenConnection> = {},
  desk: Parameters<typeof opened>[1] = {},
): World {
  return opened(
    { flow: view(with_), live_view: here, handoff, ...more },
    { ...noWebRtcNeeded, ...desk },
  );
}

const over: Partial<View> = {
  prompt: null,
  step: "COMPLETED",
  stream: { state: "ended" },
};

/** A flow that is over, as support is told of it. */
function ended(stage: Stage, trouble: Partial<Trouble>, with_: Partial<View> = {}): World {
  const error: Trouble = {
    code: stage,
    title: "This login ran out of time.",
    advice: "Start the login again.",
    details: null,
    ...trouble,
  };
  return flow(
    { ...over, stage, status: "FAILED", error, ways: ["start_again", "close"], ...with_ },
    { live_view: { kind: "gone" }, handoff: { kind: "none" } },
  );
}

const stages: Record<Stage, () => World> = {
  opening: () =>
    opened(
      {
        facts: null,
        flow: view({
          stage: "opening",
          status: null,
          step: null,
          expires_at: null,
          stream: { state: "connecting" },
          connection: {
            id: "ma_abc123xyz",
            domain: null,
            profile: null,
            saves_credentials: null,
            records_session: null,
          },
          ways: ["wait"],
        }),
      },
      noWebRtcNeeded,
    ),
  finding_out: () =>
    flow(
      { stage: "finding_out", step: "DISCOVERING", ways: ["wait"] },
      { live_view: { kind: "coming" } },
    ),
  asking: () => flow(asking),
  waiting_elsewhere: () =>
    flow({
      stage: "waiting_elsewhere",
      step: "AWAITING_EXTERNAL_ACTION",
      message: "Open the Netflix app on your Pixel 8 and tap Yes, then 37.",
      prompt: prompt([], [make.text, make.call, make.another], { fall_back: true }),
      ways: ["wait", "answer"],
    }),
  sending: () =>
    flow({
      stage: "sending",
      step: "SUBMITTING",
      prompt: prompt([email, password], [make.google], { open: false }),
      ways: ["wait"],
    }),
  needs_a_person: () =>
    flow({
      stage: "needs_a_person",
      step: "AWAITING_HUMAN_INTERVENTION",
      ways: ["open_live_view", "open_hosted_page", "wait"],
    }),
  unfamiliar: () =>
    flow({
      stage: "unfamiliar",
      step: { unknown: "AWAITING_SEANCE" },
      ways: ["open_hosted_page", "open_live_view", "check_again"],
    }),
  logged_in: () =>
    flow(
      { ...over, stage: "logged_in", status: "SUCCESS", ways: ["close"] },
      { live_view: { kind: "gone" }, handoff: { kind: "none" } },
    ),
  failed: () =>
    ended(
      "failed",
      {
        code: "credentials_invalid",
        title: "The site did not accept the user name or password.",
        details: "Login failed: invalid credentials (attempt 3 of 3)",
      },
      { website_error: "Incorrect password. Try again." },
    ),
  expired: () => ended("expired", {}),
  canceled: () =>
    ended("canceled", {
      title: "This login was cancelled, perhaps because a new one was started.",
    }),
  access_ended: () => ended("access_ended", { title: "Your access to this login has ended." }),
  refused: () =>
    ended(
      "refused",
      { title: "The API key was not accepted.", advice: "Check the key in the settings." },
      { ways: ["open_settings", "check_again"] },
    ),
  gone: () =>
    ended(
      "gone",
      {
        title: "This connection does not exist, or no longer.",
        advice: "Choose another connection.",
      },
      { ways: ["close"] },
    ),
  unconfirmed: () =>
    ended(
      "unconfirmed",
      {
        title: "It could not be confirmed how this login ended.",
        advice: "Look at the connection’s timeline, or check again in a moment.",
      },
      { ways: ["check_again", "start_again", "close"] },
    ),
  not_running: () =>
    ended(
      "not_running",
      { title: "No login is running on this connection." },
      { ways: ["start_again", "check_again", "close"] },
    ),
  cannot_follow: () =>
    ended(
      "cannot_follow",
      {
        title: "The login service does not send news of this login.",
        advice: "Look again in a moment.",
      },
      { ways: ["check_again", "close"] },
    ),
};

const liveViews: Record<LiveViewState["kind"], () => World> = {
  none: () => flow(asking, { live_view: { kind: "none" } }),
  coming: () => flow(asking, { live_view: { kind: "coming" } }),
  here: () => flow(asking),
  elsewhere: () => flow(asking, { live_view: { kind: "elsewhere", host: "live.unknown.example" } }),
  gone: () => flow(asking, { live_view: { kind: "gone" } }),
};

const handoffs: Worlds = {
  "send-none": () => flow(asking, { handoff: { kind: "none" } }),
  "send-ready": () => flow(asking),
  "send-not_ours": () => flow(asking, { handoff: { ...handoff, ours: false } }),
  "send-usher_only": () => flow(asking, { handoff: { ...handoff, hosted_page: null } }),
  "send-hosted_only": () => flow(asking, { handoff: { ...handoff, usher_link: false } }),
};

const outcomes: { [K in Started["kind"]]: Extract<Started, { kind: K }> } = {
  started: { kind: "started" },
  is_running: { kind: "is_running" },
  already_runs: { kind: "already_runs" },
  refused: {
    kind: "refused",
    trouble: {
      code: "too_many_pending",
      title: "Too many logins of this project are waiting.",
      advice: "Finish one, or wait until one runs out of time. Then start this one again.",
      details: "429: pending sessions limit reached (20)",
    },
  },
  problems: {
    kind: "problems",
    problems: [
      { field: "proxy", problem: { kind: "missing" } },
      { field: "region", problem: { kind: "too_long" } },
      { field: "telemetry", problem: { kind: "categories_while_off" } },
    ],
  },
};

/** A connection that needs a login, and the dialog that starts one. */
function starts(started: Started, pressed: string[] = ["start_login", "confirm_start"]): World {
  return {
    ...opened({ facts: facts({ standing: "needs_login" }) }, noWebRtcNeeded),
    started,
    pressed,
  };
}

const longDomain =
  "a-very-long-subdomain-that-goes-on.and-another-one.donaudampfschifffahrtsgesellschaft.example.co.uk";
const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const markup = `<img src=x onerror="alert(1)"><b>bold</b> {{7*7}} {site} https://evil.example/`;

/** A connection with this site and profile, everywhere they are named. */
function named(domain: string, profile: string, with_: Partial<View>, more = {}): World {
  const connection = {
    id: "ma_abc123xyz",
    domain,
    profile,
    saves_credentials: null,
    records_session: null,
  };
  const made = flow({ connection, ...with_ }, { facts: facts({ domain, profile }), ...more });
  return { ...made, rows: made.rows.map((row) => ({ ...row, domain, profile })) };
}

const awkward: Worlds = {
  "flow-awkward-long": () =>
    named(
      longDomain,
      longWord.toLowerCase(),
      {
        prompt: prompt(
          [field("w", { label: longWord, hint: longWord, placeholder: longWord })],
          [choice("c", { kind: "sign_in_method", label: longWord, detail: longWord })],
        ),
        website_error: longWord.repeat(3),
        ways: ["answer"],
      },
      {
        handoff: { ...handoff, hosted_page: `https://${longDomain}/${longWord}?code=••••••••` },
        live_view: { kind: "elsewhere", host: longDomain },
      },
    ),
  "flow-awkward-right-to-left": () =>
    named("דוגמה.example", "الملف الشخصي", {
      prompt: prompt([
        { ...email, label: "البريد الإلكتروني أو رقم الهاتف" },
        { ...password, label: "סיסמה", hint: "הסיסמה שלך באתר", reason: "rejected" },
      ]),
      website_error: "كلمة المرور غير صحيحة. Try again!",
    }),
  "flow-awkward-markup": () =>
    named("netflix.com", markup, {
      prompt: prompt(
        [field("__proto__", { label: markup, hint: markup, placeholder: markup })],
        [choice("<script>", { kind: "other", label: markup, detail: markup })],
      ),
      website_error: markup,
      message: markup,
    }),
  "flow-awkward-trouble": () =>
    ended(
      "failed",
      { code: longWord, title: `${longWord} said no.`, advice: markup, details: markup },
      { website_error: markup },
    ),
};

const flows: Worlds = {
  "flow-none": () => opened({ facts: facts({ standing: "needs_login" }) }),
  "flow-none-logged-in": () => opened({}),
  "flow-none-reading": () => opened({ facts: null }),
  "flow-sign-in": () => flow({ prompt: prompt([email, password], [make.google]) }),
  "flow-reconnecting": () =>
    flow({
      ...asking,
      stream: { state: "reconnecting", since: inMinutes(-1), attempts: 2, cause: "unreachable" },
      ways: ["answer", "check_again"],
    }),
  "flow-notice": () =>
    flow({
      prompt: prompt([{ ...code, reason: "rejected" }], [make.secondText]),
      website_error: "That code has expired.",
      notice: { kind: "asked_again", rounds: 3 },
      expires_at: inMinutes(1.4),
      answer_by: inMinutes(1.2),
    }),
  "flow-unfamiliar-no-webrtc": () => withoutWebRtc(stages.unfamiliar()),
  "flow-deleted": () =>
    flow(asking, {
      live_view: { kind: "none" },
      trouble: {
        code: "not_found",
        title: "This connection does not exist, or no longer.",
        advice: "Somebody may have deleted it. Choose another connection.",
        details: "404: connection not found",
      },
    }),
  "flow-unreadable": () =>
    opened({
      facts: null,
      trouble: {
        code: "unreachable",
        title: "The login service could not be reached.",
        advice: "Check your connection, then look again.",
        details: null,
      },
    }),
};

/** As on a system whose web engine has no WebRTC. */
function withoutWebRtc(made: World): World {
  Reflect.deleteProperty(globalThis, "RTCPeerConnection");
  const { screen } = made.window;
  if (screen.kind === "desk") screen.desk.views_need_webrtc = true;
  return made;
}

const views: Worlds = {
  "live-in-control": () => flow(asking, { in_control: true }, { in_control: "ma_abc123xyz" }),
  "live-take-over": () => ({ ...flow(asking), pressed: ["take_over"] }),
  "live-take-over-instead": () => ({
    ...flow(asking, {}, { in_control: "ma_other" }),
    pressed: ["take_over"],
  }),
  "live-large": () => ({ ...flow(asking), pressed: ["toggle_large"] }),
  "live-large-in-control": () => ({
    ...flow(asking, { in_control: true }, { in_control: "ma_abc123xyz" }),
    pressed: ["toggle_large"],
  }),
  "live-no-webrtc": () => withoutWebRtc(flow(asking)),
  // A page that never answers.
  "live-never": () => flow(asking, { live_view: { kind: "here", host, frame: "/never" } }),
};

/** So many rows that can be watched, every third of which waits for a person. */
function watched(count: number): Row[] {
  const sites = ["netflix.com", "github.com", "bank.example", longDomain, "mail.example"];
  return Array.from({ length: count }, (_, place) => {
    const with_ = {
      domain: sites[place % sites.length] ?? "netflix.com",
      profile: place % 4 === 3 ? "الملف الشخصي" : `profile-${String(place + 1)}`,
      expires_at: inMinutes(1.2 + place),
      answer_by: null,
      live: true,
    };
    const id = `ma_${String(place + 1)}`;
    return place % 3 === 0
      ? waiting(id, with_)
      : row(id, { ...with_, state: { kind: "in_progress", stage: "finding_out" } });
  });
}

function wall(count: number): World {
  const rows = [...watched(count), row("ma_idle")];
  return { ...world(rows, noWebRtcNeeded), pressed: ["w"] };
}

const walls: Worlds = {
  "wall-0": () => wall(0),
  "wall-1": () => wall(1),
  "wall-4": () => wall(4),
  "wall-9": () => wall(9),
  "wall-many": () => wall(23),
  "wall-no-webrtc": () => withoutWebRtc(wall(4)),
};

function each<K extends string>(prefix: string, kinds: Record<K, () => World>): Worlds {
  return Object.fromEntries(
    (Object.keys(kinds) as K[]).map((kind) => [`${prefix}-${kind}`, kinds[kind]]),
  );
}

/** The console's flows, live views and walls. */
export const live: Worlds = {
  ...each("flow", stages),
  ...flows,
  ...awkward,
  ...each("live", liveViews),
  ...views,
  ...handoffs,
  "login-form": () => starts(outcomes.started, ["start_login"]),
  "login-form-once": () => starts(outcomes.started, ["start_login", "toggle_once"]),
  ...Object.fromEntries(
    Object.entries(outcomes).map(([kind, outcome]) => [`login-${kind}`, () => starts(outcome)]),
  ),
  ...walls,
};
