// Generated from the Rust types by `make types`. Do not edit.

/**
 * Text that came from a site or a service and has been made safe to show: bounded, without
 * control characters and without the invisible characters that reorder what follows them.
 *
 * It is still somebody else's words: show it as text, never as markup.
 */
export type Text = string;

/**
 * All that is to be known of one flow at one moment.
 */
export type View = { 
/**
 * Rises with every change; a view with a lower one is older.
 */
revision: number, 
/**
 * What is being logged in to, and for whom.
 */
connection: ConnectionView, 
/**
 * The flow's status in Kernel's word, or null before the first read and without a flow.
 */
status: Status | null, 
/**
 * The flow's step in Kernel's word.
 */
step: Step | null, 
/**
 * What this means for the person: the screen to show.
 */
stage: Stage, 
/**
 * What is asked. It stays while an answer is being sent, so that a form is kept.
 */
prompt: PromptView | null, 
/**
 * What to do on another device, in the site's words.
 */
message: Text | null, 
/**
 * What the site itself says went wrong, in its words.
 */
website_error: Text | null, 
/**
 * What became of the last answer, if that needs saying.
 */
notice: Notice | null, 
/**
 * Why it did not work, and what to do now. Always there when the flow ended without a login.
 */
error: Trouble | null, 
/**
 * When the flow ends by itself, by the service's clock.
 */
expires_at: string | null, 
/**
 * About when an unanswered prompt ends the flow, by the service's clock: ten minutes from
 * when it was first seen (`kernel-api.md` 4.5). An estimate.
 */
answer_by: string | null, 
/**
 * This computer's clock minus the service's, in milliseconds, so that a countdown is right
 * on a computer whose clock is wrong. 0 if not known.
 */
clock_ahead_ms: number, 
/**
 * Kernel's own page for this flow.
 */
hosted_page: Page, 
/**
 * The view of the remote browser.
 */
live_view: Page, 
/**
 * Whether news arrive.
 */
stream: StreamState, 
/**
 * What the person can do now, best first. Never empty.
 */
ways: Array<Way>, };

/**
 * The connection a flow belongs to.
 */
export type ConnectionView = { 
/**
 * The connection's id.
 */
id: Text, 
/**
 * The site, e.g. `netflix.com`; null before the first read.
 */
domain: Text | null, 
/**
 * The browser profile that is to be logged in.
 */
profile: Text | null, 
/**
 * Whether what is typed is kept for the next login; null if not known.
 */
saves_credentials: boolean | null, 
/**
 * Whether the remote browser is recorded; null if not known.
 */
records_session: boolean | null, };

/**
 * The flow's status, in Kernel's words.
 */
export type Status = "PENDING" | "IN_PROGRESS" | "SUCCESS" | "FAILED" | "EXPIRED" | "CANCELED" | { "unknown": Text };

/**
 * The flow's step, in Kernel's words.
 */
export type Step = "DISCOVERING" | "AWAITING_INPUT" | "AWAITING_EXTERNAL_ACTION" | "AWAITING_HUMAN_INTERVENTION" | "SUBMITTING" | "COMPLETED" | { "unknown": Text };

/**
 * What the flow means for the person. One screen each.
 */
export type Stage = "opening" | "finding_out" | "asking" | "waiting_elsewhere" | "sending" | "needs_a_person" | "unfamiliar" | "logged_in" | "failed" | "expired" | "canceled" | "access_ended" | "refused" | "gone" | "unconfirmed" | "not_running" | "cannot_follow";

/**
 * What the flow asks: canonical and legacy prompts alike.
 *
 * A person answers with one thing: all the fields, or one choice.
 */
export type PromptView = { 
/**
 * Names this prompt; an answer carries it back. For a legacy prompt Usher makes it up.
 */
interaction_id: string, 
/**
 * Whether it may be answered now. False while an answer is on its way.
 */
open: boolean, 
/**
 * Whether these are ways out of waiting on another device, rather than the main thing.
 */
fall_back: boolean, 
/**
 * The fields to fill, in the site's order.
 */
fields: Array<FieldView>, 
/**
 * The choices to pick one from; "another way" is last.
 */
choices: Array<ChoiceView>, };

/**
 * One field.
 */
export type FieldView = { 
/**
 * The key of the value in an answer. Opaque: never shown.
 */
id: string, 
/**
 * The site's label; null if it gave none.
 */
label: Text | null, 
/**
 * What kind of value it takes.
 */
kind: FieldKind, 
/**
 * Whether an answer must have it.
 */
required: boolean, 
/**
 * Why it is asked for.
 */
reason: Reason, 
/**
 * The site's words near the field.
 */
hint: Text | null, 
/**
 * The site's example.
 */
placeholder: Text | null, 
/**
 * Which on-screen keyboard suits it.
 */
keyboard: Keyboard, 
/**
 * What the system may fill in by itself.
 */
autocomplete: Autocomplete, };

/**
 * What kind of value a field takes.
 */
export type FieldKind = "identifier" | "password" | "code" | "totp_code" | "totp_secret" | "text" | { "unknown": Text };

/**
 * Why a field is asked for.
 */
export type Reason = "missing" | "rejected" | { "unknown": Text };

/**
 * An on-screen keyboard.
 */
export type Keyboard = "text" | "email" | "tel" | "numeric";

/**
 * What the system may fill into a field (`kernel-api.md` 12).
 */
export type Autocomplete = "one_time_code" | "current_password" | "username" | "email" | "tel" | "off";

/**
 * One choice.
 */
export type ChoiceView = { 
/**
 * Identifies the choice in an answer. Opaque: never shown.
 */
id: string, 
/**
 * What kind of choice it is.
 */
kind: ChoiceKind, 
/**
 * How a second factor is delivered, if that is known.
 */
method: Method | null, 
/**
 * The site's words; null if it gave none.
 */
label: Text | null, 
/**
 * More of the site's words: the masked destination, a description, or both.
 */
detail: Text | null, };

/**
 * What kind of choice it is.
 */
export type ChoiceKind = "mfa_method" | "sso_provider" | "sign_in_method" | "auth_method" | "identifier_method" | "account" | "other" | { "unknown": Text };

/**
 * How a second factor is delivered.
 */
export type Method = "sms" | "call" | "email" | "totp" | "push" | "password" | "passkey" | "switch" | "other";

/**
 * What became of the last answer, or what the service says in passing.
 */
export type Notice = { "kind": "page_moved_on" } | { "kind": "not_accepted", 
/**
 * The service's words.
 */
message: Text | null, } | { "kind": "outcome_unknown" } | { "kind": "still_asked" } | { "kind": "wait", 
/**
 * Until when, by this computer's clock.
 */
until: string, } | { "kind": "asked_again", 
/**
 * How many times.
 */
rounds: number, } | { "kind": "service_trouble", 
/**
 * The service's words.
 */
message: Text | null, };

/**
 * Why it did not work, and what to do now.
 */
export type Trouble = { 
/**
 * Kernel's word, or Usher's own where Kernel has none. For support; show it small.
 */
code: Text, 
/**
 * What happened, in a short sentence.
 */
title: Text, 
/**
 * What to do now.
 */
advice: Text, 
/**
 * The service's own words, for "Show details".
 */
details: Text | null, };

/**
 * A page that belongs to the flow and opens elsewhere.
 */
export type Page = { "state": "none" } | { "state": "offered", 
/**
 * Where it is, for the person to judge.
 */
host: Text, 
/**
 * Whether its one-time link has probably been used up by us (`kernel-api.md` 9).
 */
used_up: boolean, };

/**
 * Whether news arrive.
 */
export type StreamState = { "state": "connecting" } | { "state": "live" } | { "state": "reconnecting", 
/**
 * Since when, by this computer's clock.
 */
since: string, 
/**
 * How many tries have failed.
 */
attempts: number, 
/**
 * What was in the way, as far as it is known.
 */
cause: Lost, } | { "state": "ended" };

/**
 * Why a stream is not there.
 */
export type Lost = "ended" | "silent" | "unreachable" | "untrusted" | "slow" | "service_trouble" | "rate_limited";

/**
 * Something the person can do.
 */
export type Way = "answer" | "wait" | "open_live_view" | "open_hosted_page" | "check_again" | "ask_for_new_link" | "start_again" | "open_settings" | "close";

/**
 * What the login window shows, whole. Sent again with every change.
 */
export type LoginWindow = { 
/**
 * Rises with every change.
 */
revision: number, 
/**
 * Whether the guest's access outlives the app.
 */
keychain: Keychain, 
/**
 * The screen.
 */
screen: LoginScreen, };

/**
 * Whether the guest's access outlives the app.
 */
export type Keychain = { "state": "unused" } | { "state": "kept" } | { "state": "memory_only", 
/**
 * What is wrong with the keychain.
 */
why: KeychainTrouble, };

/**
 * What is wrong with the system's keychain. Each has its own way on for the person.
 */
export type KeychainTrouble = "absent" | "locked" | "refused" | "silent" | "broken";

/**
 * One screen of the login window.
 */
export type LoginScreen = { "kind": "no_link" } | { "kind": "bad_link", 
/**
 * Why.
 */
problem: LinkProblem, 
/**
 * The site of a login that is open behind this.
 */
back_to: Text | null, } | { "kind": "invited", 
/**
 * The host of the service that the code goes to.
 */
service: Text, 
/**
 * The environment's name.
 */
environment: Text, 
/**
 * The connection's id.
 */
connection: Text, 
/**
 * The site of a login that is open now and would leave the window.
 */
instead_of: Text | null, } | { "kind": "opening", 
/**
 * The host of the service.
 */
service: Text, } | { "kind": "not_opened", 
/**
 * Why, and what to do now.
 */
error: Trouble, 
/**
 * Whether the link may still work.
 */
try_again: boolean, 
/**
 * The site of a login that is open behind this.
 */
back_to: Text | null, } | { "kind": "flow", 
/**
 * All of it.
 */
view: View, };

/**
 * Why a link can't be used. Nothing was sent anywhere.
 */
export type LinkProblem = "not_an_usher_link" | "too_long" | "odd_characters" | "unknown_kind" | "bad_connection" | "no_code" | "bad_code" | "repeated_part" | "unknown_part" | "unknown_environment" | "not_for_guests";

/**
 * Why an answer was not sent. What was typed is still wanted.
 */
export type AnswerProblem = { "kind": "stale" } | { "kind": "busy" } | { "kind": "not_asked" } | { "kind": "incomplete", 
/**
 * The field's id.
 */
field: string, } | { "kind": "over" };

/**
 * What became of the wish to open a page in the browser.
 */
export type Opened = { "kind": "opened" } | { "kind": "confirm", 
/**
 * The host.
 */
host: Text, } | { "kind": "refused", 
/**
 * Why.
 */
why: NotOpenable, };

/**
 * Why a page can't be opened.
 */
export type NotOpenable = "no_page" | "bad_address" | "no_browser";

/**
 * The pages that open in the browser.
 */
export type PageKind = "hosted_page" | "live_view";

/**
 * A person's answer to the prompt it names: the fields, or one choice.
 */
export type Answer =
  | { interaction_id: string; field_values: Record<string, string> }
  | { interaction_id: string; selected_choice_id: string };
