import type {
  ChoiceKind,
  FieldKind,
  KeychainTrouble,
  LinkProblem,
  LoginScreen,
  LoginWindow,
  Lost,
  Method,
  Notice,
  Stage,
  View,
} from "../lib/platform/types";
import { awkward } from "./awkward";
import * as make from "./make";
import {
  choice,
  code,
  email,
  field,
  flow,
  inMinutes,
  pages,
  password,
  prompt,
  shows,
} from "./make";

/*
 * Every state there is. What comes in kinds is a `Record` over the kinds, so that a new kind does
 * not compile until it is here.
 */

/** A list of states under a name each. */
export type States = Record<string, () => LoginWindow>;

/** The names of a union's known members. */
type Known<T> = Extract<T, string>;

const screens: Record<LoginScreen["kind"], () => LoginWindow> = {
  no_link: () => shows({ kind: "no_link" }, { keychain: { state: "unused" } }),
  bad_link: () => shows({ kind: "bad_link", problem: "no_code", back_to: null }),
  invited: () =>
    shows({
      kind: "invited",
      service: "api.onkernel.com",
      environment: "kernel",
      connection: "ma_abc123xyz",
      instead_of: null,
    }),
  opening: () => shows({ kind: "opening", service: "api.onkernel.com" }),
  not_opened: () =>
    shows({
      kind: "not_opened",
      try_again: false,
      back_to: null,
      error: {
        code: "code_spent",
        title: "This link has been used or has expired.",
        advice: "Ask whoever sent you the link for a new one.",
        details: "410 Gone: handoff code already exchanged",
      },
    }),
  flow: () => flow({ prompt: prompt([email, password]) }),
};

const ended: Partial<View> = {
  prompt: null,
  error: make.trouble,
  status: "FAILED",
  step: "COMPLETED",
  stream: { state: "ended" },
  ways: ["ask_for_new_link", "close"],
};

const stages: Record<Stage, () => LoginWindow> = {
  opening: () =>
    flow({
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
  finding_out: () => flow({ stage: "finding_out", step: "DISCOVERING", ways: ["wait"] }),
  asking: () =>
    flow({
      prompt: prompt([code], [make.text, make.secondText, make.call, make.another]),
      answer_by: inMinutes(9.5),
    }),
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
      ...pages,
      ways: ["open_live_view", "open_hosted_page", "wait"],
    }),
  unfamiliar: () =>
    flow({
      stage: "unfamiliar",
      step: { unknown: "AWAITING_SEANCE" },
      ...pages,
      ways: ["open_hosted_page", "open_live_view", "check_again"],
    }),
  logged_in: () =>
    flow({
      stage: "logged_in",
      status: "SUCCESS",
      step: "COMPLETED",
      stream: { state: "ended" },
      ways: ["close"],
    }),
  failed: () =>
    flow({ ...ended, stage: "failed", website_error: "Incorrect password. Try again." }),
  expired: () =>
    flow({
      ...ended,
      stage: "expired",
      status: "EXPIRED",
      error: {
        code: "session_expired",
        title: "This login ran out of time.",
        advice: "Ask whoever sent you the link for a new one.",
        details: null,
      },
    }),
  canceled: () =>
    flow({
      ...ended,
      stage: "canceled",
      status: "CANCELED",
      error: {
        code: "canceled",
        title: "This login was cancelled, perhaps because a new one was started.",
        advice: "If you have a newer link, open that one. If not, ask whoever sent you this one.",
        details: null,
      },
    }),
  access_ended: () =>
    flow({
      ...ended,
      stage: "access_ended",
      error: {
        code: "access_ended",
        title: "Your access to this login is over.",
        advice: "The login may have gone on without you. Ask whoever sent you the link.",
        details: null,
      },
    }),
  refused: () => flow({ ...ended, stage: "refused" }),
  gone: () =>
    flow({
      ...ended,
      stage: "gone",
      error: {
        code: "not_found",
        title: "This connection does not exist, or no longer.",
        advice: "Ask whoever sent you the link for a new one.",
        details: null,
      },
      ways: ["ask_for_new_link", "close"],
    }),
  unconfirmed: () =>
    flow({
      ...ended,
      stage: "unconfirmed",
      error: {
        code: "unconfirmed",
        title: "It could not be confirmed how this login ended.",
        advice:
          "It may have worked. Ask whoever sent you the link whether they see netflix.com logged in.",
        details: null,
      },
      ways: ["check_again", "ask_for_new_link", "close"],
    }),
  not_running: () => flow({ ...ended, stage: "not_running", ways: ["ask_for_new_link", "close"] }),
  cannot_follow: () =>
    flow({
      ...ended,
      stage: "cannot_follow",
      ...pages,
      ways: ["open_hosted_page", "check_again", "close"],
    }),
};

const linkProblems: Record<LinkProblem, true> = {
  not_an_usher_link: true,
  too_long: true,
  odd_characters: true,
  unknown_kind: true,
  bad_connection: true,
  no_code: true,
  bad_code: true,
  repeated_part: true,
  unknown_part: true,
  unknown_environment: true,
};

const fieldKinds: Record<Known<FieldKind>, () => LoginWindow> = {
  identifier: () => flow({ prompt: prompt([email], [make.google]) }),
  password: () => flow({ prompt: prompt([password]) }),
  code: () => flow({ prompt: prompt([code]) }),
  totp_code: () =>
    flow({ prompt: prompt([field("t", { kind: "totp_code", autocomplete: "one_time_code" })]) }),
  totp_secret: () => flow({ prompt: prompt([field("s", { kind: "totp_secret" })]) }),
  text: () =>
    flow({
      prompt: prompt([
        field("q", { label: "What was your first pet called?", placeholder: "For example: Bello" }),
      ]),
    }),
};

const choiceKinds: Record<Known<ChoiceKind>, () => LoginWindow> = {
  mfa_method: () =>
    flow({ prompt: prompt([], [make.text, make.secondText, make.call, make.another]) }),
  sso_provider: () =>
    flow({
      prompt: prompt(
        [],
        [make.google, choice("apple", { kind: "sso_provider", label: "Continue with Apple" })],
      ),
    }),
  sign_in_method: () =>
    flow({
      prompt: prompt(
        [],
        [
          choice("link", { kind: "sign_in_method", method: "email", label: "E-mail me a link" }),
          choice("pw", { kind: "sign_in_method", method: "password", label: "Use my password" }),
        ],
      ),
    }),
  auth_method: () =>
    flow({ prompt: prompt([], [choice("key", { kind: "auth_method", method: "passkey" })]) }),
  identifier_method: () =>
    flow({
      prompt: prompt(
        [],
        [
          choice("mail", { kind: "identifier_method", label: "Use an e-mail address" }),
          choice("tel", { kind: "identifier_method", label: "Use a phone number" }),
        ],
      ),
    }),
  account: () =>
    flow({
      prompt: prompt(
        [],
        [
          choice("a1", { kind: "account", label: "Ada Lovelace", detail: "ada@example.com" }),
          choice("a2", { kind: "account", label: "Analytical Engines Ltd", detail: "12 members" }),
          choice("a3", { kind: "account" }),
        ],
      ),
    }),
  other: () => flow({ prompt: prompt([], [choice("o1", { kind: "other" })]) }),
};

const methods: Record<Method, true> = {
  sms: true,
  call: true,
  email: true,
  totp: true,
  push: true,
  password: true,
  passkey: true,
  switch: true,
  other: true,
};

const notices: { [K in Notice["kind"]]: () => Extract<Notice, { kind: K }> } = {
  page_moved_on: () => ({ kind: "page_moved_on" }),
  not_accepted: () => ({ kind: "not_accepted", message: "field_values: value is too long" }),
  outcome_unknown: () => ({ kind: "outcome_unknown" }),
  still_asked: () => ({ kind: "still_asked" }),
  wait: () => ({ kind: "wait", until: inMinutes(0.6) }),
  asked_again: () => ({ kind: "asked_again", rounds: 3 }),
  service_trouble: () => ({ kind: "service_trouble", message: "browser pool is busy" }),
};

const losts: Record<Lost, true> = {
  ended: true,
  silent: true,
  offline: true,
  name_unknown: true,
  refused: true,
  unreachable: true,
  certificate_expired: true,
  certificate_wrong_host: true,
  certificate_unknown_issuer: true,
  wrong_clock: true,
  not_secure: true,
  untrusted: true,
  proxy_unreachable: true,
  proxy_wants_login: true,
  proxy_refused: true,
  slow: true,
  service_trouble: true,
  rate_limited: true,
};

const keychains: Record<KeychainTrouble, true> = {
  absent: true,
  locked: true,
  refused: true,
  silent: true,
  broken: true,
};

const others: States = {
  "invited-instead": () =>
    shows({
      kind: "invited",
      service: "127.0.0.1:4010",
      environment: "sandbox",
      connection: "ma_abc123xyz",
      instead_of: "netflix.com",
    }),
  "bad-link-over-a-login": () =>
    shows({ kind: "bad_link", problem: "no_code", back_to: "netflix.com" }),
  "not-opened-proxy": () =>
    shows({
      kind: "not_opened",
      try_again: true,
      back_to: null,
      error: {
        code: "proxy_wants_login",
        title: "The proxy on the way to api.onkernel.com asks for a login.",
        advice:
          "Put its user name and password into this computer’s proxy settings, or ask whoever looks after your network. Your link is still good.",
        details: null,
      },
    }),
  "not-opened-certificate": () =>
    shows({
      kind: "not_opened",
      try_again: true,
      back_to: null,
      error: {
        code: "certificate_unknown_issuer",
        title:
          "The certificate of api.onkernel.com is from an issuer that this computer does not know.",
        advice:
          "On a company’s network, its own certificate may have to be added to this computer. Elsewhere, try another network. Your link is still good.",
        details: null,
      },
    }),
  "not-opened-clock": () =>
    shows({
      kind: "not_opened",
      try_again: true,
      back_to: null,
      error: {
        code: "wrong_clock",
        title: "This computer’s clock is about 3 days ahead.",
        advice: "Set this computer’s date and time, then try again. Your link is still good.",
        details: null,
      },
    }),
  "not-opened-again": () =>
    shows({
      kind: "not_opened",
      try_again: true,
      back_to: "netflix.com",
      error: {
        code: "unreachable",
        title: "The service could not be reached.",
        advice: "Check your connection and try again.",
        details: null,
      },
    }),
  "fields-and-choices": () =>
    flow({
      prompt: prompt(
        [email, password],
        [
          choice("qr", {
            kind: "sign_in_method",
            method: "other",
            label: "Sign in with a QR code",
          }),
          make.google,
        ],
      ),
      ...pages,
      ways: ["answer", "open_live_view", "open_hosted_page"],
    }),
  "methods-and-password": () => flow({ prompt: prompt([password], [make.text, make.another]) }),
  "wrong-code": () =>
    flow({
      prompt: prompt([{ ...code, reason: "rejected" }], [make.secondText, make.call]),
      website_error: "That code has expired.",
      answer_by: inMinutes(9.5),
    }),
  "rejected-password": () =>
    flow({
      prompt: prompt([email, { ...password, reason: "rejected" }]),
      website_error: "Incorrect password",
    }),
  "optional-field": () =>
    flow({ prompt: prompt([email, field("org", { label: "Organisation", required: false })]) }),
  "field-unknown": () =>
    flow({ prompt: prompt([field("u", { kind: { unknown: "colour" }, label: "Colour" })]) }),
  "choice-unknown": () =>
    flow({
      prompt: prompt([], [choice("u", { kind: { unknown: "seance" }, label: "Hold a séance" })]),
    }),
  "asking-nothing": () => flow({ prompt: null, ...pages, ways: ["open_live_view", "check_again"] }),
  "waiting-plain": () =>
    flow({
      stage: "waiting_elsewhere",
      step: "AWAITING_EXTERNAL_ACTION",
      ways: ["wait", "check_again"],
    }),
  "waiting-with-field": () =>
    flow({
      stage: "waiting_elsewhere",
      step: "AWAITING_EXTERNAL_ACTION",
      message: "Check your phone",
      prompt: prompt([code], [make.text, make.google], { fall_back: true }),
      ways: ["wait", "answer"],
    }),
  "sending-plain": () => flow({ stage: "sending", step: "SUBMITTING", ways: ["wait"] }),
  "last-minute": () => flow({ prompt: prompt([code]), expires_at: inMinutes(1.2) }),
  "last-minute-to-answer": () => flow({ prompt: prompt([code]), answer_by: inMinutes(0.9) }),
  "time-over": () => flow({ prompt: prompt([code]), expires_at: inMinutes(-0.1) }),
  "not-saved-recorded": () =>
    flow({
      prompt: prompt([password]),
      connection: {
        id: "ma_abc123xyz",
        domain: "netflix.com",
        profile: "my-netflix-profile",
        saves_credentials: false,
        records_session: true,
      },
    }),
  "everything-at-once": () =>
    flow(
      {
        prompt: prompt([email, { ...password, reason: "rejected" }], [make.google]),
        website_error: "Incorrect password",
        notice: { kind: "asked_again", rounds: 3 },
        stream: {
          state: "reconnecting",
          since: inMinutes(-1),
          attempts: 3,
          cause: "unreachable",
        },
        expires_at: inMinutes(1.5),
        ...pages,
        ways: ["answer", "open_live_view", "check_again"],
      },
      { keychain: { state: "memory_only", why: "locked" } },
    ),
};

function each<K extends string>(
  prefix: string,
  kinds: Record<K, unknown>,
  state: (kind: K) => LoginWindow,
): States {
  return Object.fromEntries(
    (Object.keys(kinds) as K[]).map((kind) => [`${prefix}-${kind}`, () => state(kind)]),
  );
}

function named(prefix: string, kinds: States): States {
  return each(prefix, kinds, (kind) => {
    const state = kinds[kind];
    if (!state) throw new Error(`no state ${kind}`);
    return state();
  });
}

/** Every state by its name, in groups for the list. */
export const groups: Record<string, States> = {
  Screens: named("screen", screens),
  Stages: named("stage", stages),
  "Bad links": each("link", linkProblems, (problem) =>
    shows({ kind: "bad_link", problem, back_to: null }),
  ),
  Fields: named("field", fieldKinds),
  Choices: named("choice", choiceKinds),
  "Methods without words": each("method", methods, (method) =>
    flow({ prompt: prompt([], [choice("m", { method })]) }),
  ),
  Notices: each("notice", notices, (kind) =>
    flow({ prompt: prompt([email, password]), notice: notices[kind]() }),
  ),
  Reconnecting: each("lost", losts, (cause) =>
    flow({
      prompt: prompt([code]),
      stream: { state: "reconnecting", since: inMinutes(-1), attempts: 2, cause },
      ways: ["answer", "check_again"],
    }),
  ),
  Keychain: each("keychain", keychains, (why) =>
    flow({ prompt: prompt([password]) }, { keychain: { state: "memory_only", why } }),
  ),
  Others: others,
  Awkward: awkward,
};

/** Every state by its name. */
export const states: States = Object.assign({}, ...Object.values(groups)) as States;
