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
export type Lost = "ended" | "silent" | "offline" | "name_unknown" | "refused" | "unreachable" | "certificate_expired" | "certificate_wrong_host" | "certificate_unknown_issuer" | "wrong_clock" | "not_secure" | "untrusted" | "proxy_unreachable" | "proxy_wants_login" | "proxy_refused" | "slow" | "service_trouble" | "rate_limited";

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
export type LinkProblem = "not_an_usher_link" | "too_long" | "odd_characters" | "unknown_kind" | "bad_connection" | "no_code" | "bad_code" | "repeated_part" | "unknown_part" | "unknown_environment";

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

/**
 * A part of the list, as it is shown.
 */
export type ListView = { 
/**
 * Rises with every change.
 */
revision: number, 
/**
 * The filter that these rows passed.
 */
filter: Filter, 
/**
 * The search that these rows match, as it was typed; empty without one.
 */
query: string, 
/**
 * Whether the service is still being asked; the rows are those known here meanwhile.
 */
searching: boolean, 
/**
 * The place of the first of `rows` in the whole list, from 0.
 */
first: number, 
/**
 * The rows in the window that the page looks at.
 */
rows: Array<Row>, 
/**
 * How many rows pass the filter and the search.
 */
total: number, 
/**
 * How many connections each filter would show, with the present search.
 */
counts: Counts, 
/**
 * The place in the whole list of the connection that is open, if it is in it.
 */
open_at: number | null, };

/**
 * Which connections are shown.
 */
export type Filter = "all" | "needs_a_person" | "in_progress" | "logged_in" | "needs_login" | "failed" | "live";

/**
 * How many connections each filter shows.
 */
export type Counts = { 
/**
 * All of them.
 */
all: number, 
/**
 * With a flow that waits for a person.
 */
needs_a_person: number, 
/**
 * With a flow that runs.
 */
in_progress: number, 
/**
 * Logged in.
 */
logged_in: number, 
/**
 * In need of a login.
 */
needs_login: number, 
/**
 * With a latest flow that did not succeed.
 */
failed: number, 
/**
 * With a remote browser to watch.
 */
live: number, };

/**
 * One connection in the list, or one authflow.
 */
export type Row = { 
/**
 * What it is.
 */
kind: RowKind, 
/**
 * Its id, which names it in commands.
 */
id: string, 
/**
 * The site; of an authflow its title.
 */
domain: Text, 
/**
 * The browser profile; of an authflow its id.
 */
profile: Text, 
/**
 * Whether the profile was last known to be logged in.
 */
standing: Standing, 
/**
 * What matters most about it now.
 */
state: RowState, 
/**
 * When the running flow ends by itself, by the service's clock.
 */
expires_at: string | null, 
/**
 * About when an unanswered prompt ends the flow, by the service's clock.
 */
answer_by: string | null, 
/**
 * This computer's clock minus the service's, in milliseconds.
 */
clock_ahead_ms: number, 
/**
 * Whether news of its flow arrive just now. True without a flow.
 */
has_news: boolean, 
/**
 * Whether there is a remote browser to watch.
 */
live: boolean, };

/**
 * What a row stands for.
 */
export type RowKind = "connection" | "authflow";

/**
 * What matters most about a row now. The first that fits.
 */
export type RowState = { "kind": "needs_a_person", 
/**
 * What for.
 */
need: Need, } | { "kind": "in_progress", 
/**
 * At which stage; null if it is not followed.
 */
stage: Stage | null, } | { "kind": "failed", 
/**
 * How.
 */
stage: Stage, 
/**
 * Kernel's word for why, if it gave one.
 */
code: Text | null, } | { "kind": "logged_in" } | { "kind": "needs_login" } | { "kind": "unknown" } | { "kind": "authflow", 
/**
 * How the watch stands.
 */
watch: AuthflowWatch, 
/**
 * What its status means.
 */
phase: AuthflowPhase, 
/**
 * How it stands; null if that is not known.
 */
status: AuthflowStatus | null, } | { "kind": "authflow_without_key" };

/**
 * What a row is about. The two services know nothing of each other, so an id alone names nothing.
 */
export type Subject = { "kind": "connection", "id": string } | { "kind": "authflow", "id": string };

/**
 * Whether a profile was last known to be logged in.
 */
export type Standing = "logged_in" | "needs_login" | { "unknown": Text | null };

/**
 * What a flow wants of a person. None of them can be done by the service.
 */
export type Need = "code" | "sign_in" | "details" | "account" | "choice" | "elsewhere" | "person" | "unfamiliar";

/**
 * What is known of one connection.
 */
export type Facts = { 
/**
 * Its id.
 */
id: Text, 
/**
 * The site.
 */
domain: Text, 
/**
 * The browser profile.
 */
profile: Text, 
/**
 * Whether the profile was last known to be logged in.
 */
standing: Standing, 
/**
 * Where the login starts.
 */
login_url: Text | null, 
/**
 * Where the browser landed after a login, without what follows `?` or `#`: that may be
 * private (`kernel-api.md` 4.1).
 */
landed_at: Text | null, 
/**
 * Where credentials may be typed besides the site; empty means anywhere, null not known.
 */
allowed_domains: Array<Text> | null, 
/**
 * The stored credential it uses.
 */
credential: CredentialFact | null, 
/**
 * Whether what is typed is kept for the next login.
 */
saves_credentials: boolean | null, 
/**
 * Whether the remote browser is recorded.
 */
records_session: boolean | null, 
/**
 * The checks whether it is still logged in.
 */
health: HealthFacts, 
/**
 * Whether Kernel logs in again by itself.
 */
renewal: RenewalFacts, 
/**
 * From which address sites see the remote browser come.
 */
proxy: ProxyFact | null, 
/**
 * Where the remote browser runs.
 */
region: Text | null, 
/**
 * Whether the remote browser hides that it is automated.
 */
stealth: boolean | null, 
/**
 * Whether telemetry of the remote browser is recorded.
 */
telemetry: boolean | null, 
/**
 * The latest remote browser.
 */
browser_session: Text | null, 
/**
 * The settings as a form holds them, to begin a change with.
 */
draft: ConnectionDraft, };

/**
 * The checks whether a profile is still logged in.
 */
export type HealthFacts = { 
/**
 * Whether there are any.
 */
on: boolean | null, 
/**
 * Seconds between them.
 */
every_s: number | null, 
/**
 * When the latest was, whatever it found.
 */
last_at: string | null, 
/**
 * About when the next is due.
 */
next_at: string | null, 
/**
 * Kernel's word for why the checks can prove nothing.
 */
blind: Text | null, };

/**
 * Whether Kernel logs in again by itself.
 */
export type RenewalFacts = { 
/**
 * Whether it may.
 */
allowed: boolean | null, 
/**
 * Whether it could try. Not a forecast.
 */
able: boolean | null, 
/**
 * Why.
 */
reason: ReauthReason | null, };

/**
 * Why Kernel can, or can't, log in again by itself.
 */
export type ReauthReason = "external_credential" | "cua_has_credential" | "has_credential" | "viable_plans_found" | "no_requirements_recorded" | "totp_reauth_allowed" | "optimistic_totp_attempt" | "requirements_satisfiable" | "no_prior_successful_login" | "no_credential" | "no_viable_plans" | "viable_plans_require_external_action" | "requires_external_action" | "requires_totp_without_secret" | "requires_sms_code" | "requires_email_code" | "requires_customer_input" | { "unknown": Text };

/**
 * The stored credential a connection uses.
 */
export type CredentialFact = { "kind": "kernel", 
/**
 * Its name.
 */
name: Text, } | { "kind": "item", 
/**
 * The provider.
 */
provider: Text, 
/**
 * The item.
 */
path: Text, } | { "kind": "search", 
/**
 * The provider.
 */
provider: Text, } | { "kind": "inert", 
/**
 * The provider.
 */
provider: Text, };

/**
 * From which address sites see a remote browser come.
 */
export type ProxyFact = { "kind": "id", 
/**
 * The id.
 */
id: Text, } | { "kind": "name", 
/**
 * The name.
 */
name: Text, } | { "kind": "direct" } | { "kind": "default" };

/**
 * A part of what happened on a connection, newest first.
 */
export type History = { 
/**
 * What happened.
 */
happenings: Array<Happening>, 
/**
 * Where the next part begins; null at the end.
 */
next: number | null, };

/**
 * One thing that happened.
 */
export type Happening = { 
/**
 * Its id: the only stable identity of a flow.
 */
id: Text, 
/**
 * What kind of thing.
 */
kind: HappeningKind, 
/**
 * How it went.
 */
outcome: Outcome, 
/**
 * When it began.
 */
at: string | null, 
/**
 * How long it took, in milliseconds; null while it runs, for checks, and if not known.
 */
took_ms: number | null, 
/**
 * Kernel's word for how far a login came.
 */
step: Text | null, 
/**
 * Why a login failed, in plain words.
 */
error: Trouble | null, 
/**
 * What the site itself said went wrong.
 */
website_error: Text | null, 
/**
 * How the check before went.
 */
before: Outcome | null, 
/**
 * The recording.
 */
recording: Text | null, 
/**
 * Whether telemetry was captured.
 */
telemetry: boolean | null, 
/**
 * The remote browser.
 */
browser_session: Text | null, };

/**
 * What kind of thing happened.
 */
export type HappeningKind = "login" | "reauth" | "health_check" | { "unknown": Text };

/**
 * How a login or a check went.
 */
export type Outcome = "running" | "logged_in" | "expired" | "canceled" | "failed" | "still_logged_in" | "logged_out" | { "unknown": Text };

/**
 * An authflow that is watched.
 */
export type AuthflowView = { 
/**
 * About when it was created: its id begins with that time. Null if the id is unusual.
 */
created_at: string | null, 
/**
 * How the watch stands.
 */
watch: AuthflowWatch, 
/**
 * What its status means.
 */
phase: AuthflowPhase, 
/**
 * How it stands, in Prefactor's word; null if the service named none, or was not read yet.
 */
status: AuthflowStatus | null, 
/**
 * All else that is known of it; null before the first read. It stays when later reads fail.
 */
facts: AuthflowFacts | null, 
/**
 * The statuses seen, the oldest first.
 */
history: Array<SeenStatus>, 
/**
 * Why the last read failed, if it did.
 */
trouble: Trouble | null, 
/**
 * When it was read last, by this computer's clock.
 */
read_at: string | null, 
/**
 * For how many minutes it is watched at most.
 */
minutes: number, };

/**
 * How the watch of an authflow stands.
 */
export type AuthflowWatch = "watching" | "ended" | "given_up" | "stopped";

/**
 * What a status means for somebody who waits.
 */
export type AuthflowPhase = "waiting" | "success" | "cancelled" | "unknown";

/**
 * The life of an authflow, in Prefactor's words.
 */
export type AuthflowStatus = "new" | "pending" | "finished" | "complete" | "cancelled" | { "unknown": Text };

/**
 * A status that was seen, and when.
 */
export type SeenStatus = { 
/**
 * By this computer's clock.
 */
at: string, 
/**
 * Which; null if the service named none.
 */
status: AuthflowStatus | null, };

/**
 * What Prefactor tells of an authflow, beside its status. Any of it may be missing.
 */
export type AuthflowFacts = { 
/**
 * What it is called.
 */
title: Text | null, 
/**
 * Its id, as the service calls it.
 */
id: Text | null, 
/**
 * The plan that decides its steps.
 */
plan: Text | null, 
/**
 * Factors, such as a password. Whether required, offered or passed is not known.
 */
factors: Array<Text>, 
/**
 * The account it belongs to.
 */
account: Text | null, 
/**
 * The domain it belongs to.
 */
domain: Text | null, 
/**
 * The pool of identities it belongs to.
 */
pool: Text | null, 
/**
 * The device it was seen on.
 */
device: Text | null, 
/**
 * The session it leads to.
 */
session: Text | null, 
/**
 * Where the browser is sent at the end, perhaps.
 */
return_address: ReturnAddress | null, 
/**
 * When and where it was seen first.
 */
first_seen: SightingFacts | null, 
/**
 * When and where it was seen last.
 */
last_seen: SightingFacts | null, };

/**
 * Where the browser is sent at the end, perhaps: no document says it.
 */
export type ReturnAddress = { 
/**
 * The address without what follows `?` or `#`, which may be codes.
 */
shown: Text, 
/**
 * Whether something of it is not shown.
 */
shortened: boolean, 
/**
 * Whether it can be opened: https, with a host, and without a user name in it.
 */
can_open: boolean, };

/**
 * When and on which device an authflow was seen.
 */
export type SightingFacts = { 
/**
 * When, by the service's clock.
 */
at: string | null, 
/**
 * From which address.
 */
address: Text | null, 
/**
 * What the browser says of itself.
 */
agent: Text | null, 
/**
 * The number of the network.
 */
network: number | null, 
/**
 * Where, as far as it is told: town, region, country.
 */
place: Text | null, 
/**
 * Latitude and longitude in degrees.
 */
position: Text | null, 
/**
 * The time zone's name.
 */
time_zone: Text | null, 
/**
 * A fingerprint of how the browser speaks TLS.
 */
fingerprint: Text | null, };

/**
 * A connection as a form holds it. An empty text and null mean: as the service has it.
 */
export type ConnectionDraft = { 
/**
 * The site. Can't be changed later.
 */
domain: string, 
/**
 * The browser profile. Can't be changed later.
 */
profile: string, 
/**
 * Where the login starts.
 */
login_url: string, 
/**
 * Where credentials may be typed besides the site, one to a line. None means anywhere.
 */
allowed_domains: string, 
/**
 * The stored credential.
 */
credential: CredentialDraft, 
/**
 * Whether what is typed is kept for the next login.
 */
save_credentials: boolean | null, 
/**
 * Whether the remote browser is recorded.
 */
record_session: boolean | null, 
/**
 * Whether Kernel checks the login from time to time.
 */
health_checks: boolean | null, 
/**
 * Whether Kernel may log in again by itself.
 */
auto_reauth: boolean | null, 
/**
 * Seconds between checks.
 */
health_check_interval: string, 
/**
 * From which address sites see the remote browser come.
 */
proxy: ProxyDraft, 
/**
 * Where the remote browser runs.
 */
region: string, 
/**
 * Whether the remote browser hides that it is automated.
 */
stealth: boolean | null, 
/**
 * What is recorded about the remote browser.
 */
telemetry: TelemetryDraft, };

/**
 * A stored credential as a form holds it.
 */
export type CredentialDraft = { "kind": "none" } | { "kind": "kernel", 
/**
 * Its name.
 */
name: string, } | { "kind": "item", 
/**
 * The provider.
 */
provider: string, 
/**
 * The item, e.g. `VaultName/ItemName`.
 */
path: string, } | { "kind": "search", 
/**
 * The provider.
 */
provider: string, };

/**
 * A proxy as a form holds it.
 */
export type ProxyDraft = { "kind": "unset" } | { "kind": "id", 
/**
 * The id.
 */
id: string, } | { "kind": "name", 
/**
 * The name, which has to match exactly one of the project.
 */
name: string, } | { "kind": "direct" } | { "kind": "default" };

/**
 * Telemetry as a form holds it.
 */
export type TelemetryDraft = { 
/**
 * Whether anything is recorded.
 */
enabled: boolean | null, 
/**
 * Category, e.g. `network`, to whether it is recorded.
 */
categories: { [key in string]: boolean }, 
/**
 * Where it is sent.
 */
export: ExportDraft, 
/**
 * Whether Kernel keeps it.
 */
storage: boolean | null, };

/**
 * Where telemetry is sent, as a form holds it.
 */
export type ExportDraft = { "kind": "unset" } | { "kind": "off" } | { "kind": "on" } | { "kind": "id", 
/**
 * The id.
 */
id: string, } | { "kind": "name", 
/**
 * The name.
 */
name: string, };

/**
 * What is different for one login only, as a form holds it.
 */
export type LoginDraft = { 
/**
 * Whether the remote browser is recorded.
 */
record_session: boolean | null, 
/**
 * Whether the login uses what Kernel has learned about the site. Off lasts, for automatic
 * logins too, until a later login turns it on.
 */
use_skills: boolean | null, 
/**
 * From which address sites see the remote browser come.
 */
proxy: ProxyDraft, 
/**
 * Where the remote browser runs.
 */
region: string, 
/**
 * Whether the remote browser hides that it is automated.
 */
stealth: boolean | null, 
/**
 * What is recorded about the remote browser.
 */
telemetry: TelemetryDraft, };

/**
 * What is wrong with a draft, at one of its fields.
 */
export type DraftProblem = { 
/**
 * The field.
 */
field: DraftField, 
/**
 * What is wrong.
 */
problem: ProblemKind, };

/**
 * A field of a draft.
 */
export type DraftField = "domain" | "profile" | "login_url" | "allowed_domains" | "credential" | "auto_reauth" | "health_check_interval" | "proxy" | "region" | "telemetry";

/**
 * What is wrong with a field.
 */
export type ProblemKind = { "kind": "missing" } | { "kind": "too_long" } | { "kind": "not_a_host", 
/**
 * What is none.
 */
text: Text, } | { "kind": "not_an_address" } | { "kind": "out_of_range", 
/**
 * The least.
 */
least: number, 
/**
 * The most.
 */
most: number, } | { "kind": "categories_while_off" } | { "kind": "neither_kept_nor_sent" };

/**
 * What the console shows, except for the list and the open connection.
 */
export type ConsoleWindow = { 
/**
 * Rises with every change.
 */
revision: number, 
/**
 * The screen.
 */
screen: ConsoleScreen, 
/**
 * The environments that can be worked in.
 */
environments: Array<EnvironmentChoice>, 
/**
 * What the person has chosen for good.
 */
settings: SettingsView, 
/**
 * The person wants to close the window, and has not said yet whether to go on watching.
 */
closing: boolean, };

/**
 * One screen of the console.
 */
export type ConsoleScreen = { "kind": "misconfigured", 
/**
 * The file.
 */
file: Text, 
/**
 * The line of the mistake, from 1, if it has one.
 */
line: number | null, 
/**
 * What stands in that line.
 */
text: Text | null, 
/**
 * What is wrong, and what is right.
 */
problem: Text, } | { "kind": "welcome", 
/**
 * The environment that a key would be for.
 */
environment: EnvironmentChoice, 
/**
 * What is known of the key.
 */
key: KeyState, } | { "kind": "desk", 
/**
 * All of it, except for the list and the open connection.
 */
desk: DeskView, };

/**
 * An environment that can be worked in.
 */
export type EnvironmentChoice = { 
/**
 * Its name, which names it in commands.
 */
name: string, 
/**
 * The host of its API.
 */
host: Text, 
/**
 * Whether it is the sandbox in this program, whose key is no secret.
 */
is_sandbox: boolean, };

/**
 * What is known of the key of an environment without one that works.
 */
export type KeyState = { "kind": "looking" } | { "kind": "wanted" } | { "kind": "keychain_trouble", 
/**
 * What is wrong with it.
 */
why: KeychainTrouble, } | { "kind": "checking" } | { "kind": "failed", 
/**
 * Why, and what to do now.
 */
trouble: Trouble, 
/**
 * Whether the same key can be tried again: the service could not be asked.
 */
try_again: boolean, };

/**
 * Support's world, except for the list and the open connection.
 */
export type DeskView = { 
/**
 * The environment that is worked in.
 */
environment: EnvironmentChoice, 
/**
 * Whether the key outlives the app.
 */
key: Keychain, 
/**
 * The organization that the key belongs to, if the service says it.
 */
organization: Text | null, 
/**
 * The project that is worked in, if one is set.
 */
project: Text | null, 
/**
 * How far the connections have been read.
 */
reading: Reading, 
/**
 * How many flows wait for a person.
 */
waiting: number, 
/**
 * How many flows are followed, one stream each.
 */
followed: number, 
/**
 * How many running flows are not followed, as there are too many; their rows are renewed
 * from time to time.
 */
not_followed: number, 
/**
 * How many of the followed flows have no news just now.
 */
without_news: number, 
/**
 * What is open: a connection or an authflow.
 */
open: Subject | null, 
/**
 * The environment's Prefactor service; null if it has none.
 */
authflows: AuthflowService | null, 
/**
 * The connection whose remote browser the person has taken over.
 */
in_control: string | null, 
/**
 * Whether the environment's live views need `WebRTC`. Whether the engine has it is found out
 * by the page.
 */
views_need_webrtc: boolean, 
/**
 * A connection that a link asked for and that does not exist here.
 */
not_found: Text | null, };

/**
 * The environment's Prefactor service.
 */
export type AuthflowService = { 
/**
 * Its host.
 */
host: Text, 
/**
 * Whether there is a key for it that was not refused.
 */
has_key: boolean, 
/**
 * Whether that key outlives the app.
 */
key: Keychain, };

/**
 * The open authflow.
 */
export type OpenAuthflow = { 
/**
 * Rises with every change.
 */
revision: number, 
/**
 * Its id as it was asked for, which names it in commands.
 */
id: string, 
/**
 * What is shown.
 */
screen: AuthflowScreen, };

/**
 * What is shown of an authflow.
 */
export type AuthflowScreen = { "kind": "no_service", 
/**
 * The file in which one is set up.
 */
file: Text, } | { "kind": "not_taken", 
/**
 * Why, and what to do now.
 */
trouble: Trouble, 
/**
 * Whether it can be looked up all the same.
 */
insist: boolean, } | { "kind": "no_key", 
/**
 * What is known of the key.
 */
key: AuthflowKeyState, } | { "kind": "watched", 
/**
 * All of it.
 */
view: AuthflowView, };

/**
 * What is known of the key of a Prefactor service without one that works.
 */
export type AuthflowKeyState = { "kind": "looking" } | { "kind": "wanted" } | { "kind": "keychain_trouble", 
/**
 * What is wrong with it.
 */
why: KeychainTrouble, } | { "kind": "refused", 
/**
 * Why, and what to do now.
 */
trouble: Trouble, };

/**
 * What became of the wish to look an authflow up.
 */
export type LookedUp = { "kind": "opened", 
/**
 * Its id.
 */
id: string, } | { "kind": "not_taken", 
/**
 * Why, and what to do now.
 */
trouble: Trouble, 
/**
 * Whether it can be looked up all the same.
 */
insist: boolean, };

/**
 * How far the connections have been read.
 */
export type Reading = { "kind": "first", 
/**
 * How many.
 */
known: number, } | { "kind": "complete" } | { "kind": "failed", 
/**
 * Why.
 */
trouble: Trouble, 
/**
 * Whether any were read before.
 */
shown_before: boolean, };

/**
 * What the person has chosen for good.
 */
export type SettingsView = { 
/**
 * Whether closing the console goes on watching; null until the person has said so.
 */
keep_watching: boolean | null, 
/**
 * Whether the system shows a note when a flow begins to wait.
 */
notifications: boolean, 
/**
 * Whether the choices can't be written down for the next start.
 */
not_kept: boolean, };

/**
 * The open connection.
 */
export type OpenConnection = { 
/**
 * Rises with every change.
 */
revision: number, 
/**
 * Its id.
 */
id: string, 
/**
 * What is known of it; null before the first read.
 */
facts: Facts | null, 
/**
 * Why it can't be read, e.g. because somebody deleted it. What was known is still there.
 */
trouble: Trouble | null, 
/**
 * Its latest flow; null if there never was one, or nothing is known of it yet.
 */
flow: View | null, 
/**
 * The ways to send the flow to somebody.
 */
handoff: HandoffView, 
/**
 * The view of its remote browser.
 */
live_view: LiveViewState, 
/**
 * Whether the person has taken the remote browser over.
 */
in_control: boolean, };

/**
 * The ways to send a flow to somebody.
 */
export type HandoffView = { "kind": "none" } | { "kind": "ready", 
/**
 * Whether there is a link for Usher.
 */
usher_link: boolean, 
/**
 * The address of Kernel's own page with its code masked.
 */
hosted_page: Text | null, 
/**
 * Whether this login was started here. If not, its link may have been used already, by
 * whoever it was sent to.
 */
ours: boolean, };

/**
 * The view of a remote browser.
 */
export type LiveViewState = { "kind": "none" } | { "kind": "coming" } | { "kind": "here", 
/**
 * Its host.
 */
host: Text, 
/**
 * The frame's address: it names the view and is none itself. The page appends
 * `?control` while the person is in control.
 */
frame: string, } | { "kind": "elsewhere", 
/**
 * Its host.
 */
host: Text, } | { "kind": "gone" };

/**
 * What became of the wish to start a login.
 */
export type Started = { "kind": "started" } | { "kind": "is_running" } | { "kind": "already_runs" } | { "kind": "refused", 
/**
 * Why, and what to do now.
 */
trouble: Trouble, } | { "kind": "problems", 
/**
 * What.
 */
problems: Array<DraftProblem>, };

/**
 * What became of the wish to create or to change a connection.
 */
export type Saved = { "kind": "saved", 
/**
 * Its id.
 */
id: string, } | { "kind": "unchanged" } | { "kind": "exists", 
/**
 * Its id.
 */
id: string, } | { "kind": "refused", 
/**
 * Why, and what to do now.
 */
trouble: Trouble, } | { "kind": "problems", 
/**
 * What.
 */
problems: Array<DraftProblem>, };

/**
 * What became of the wish to delete a connection.
 */
export type Deleted = { "kind": "deleted" } | { "kind": "refused", 
/**
 * Why, and what to do now.
 */
trouble: Trouble, };

/**
 * A part of what happened on a connection, or why it can't be read.
 */
export type HistoryRead = { "kind": "read", 
/**
 * A part of it.
 */
history: History, } | { "kind": "refused", 
/**
 * Why, and what to do now.
 */
trouble: Trouble, };

/**
 * A link that can be copied.
 */
export type LinkKind = "usher" | "hosted_page";

/**
 * What became of the wish to copy a link.
 */
export type Copied = { "kind": "copied", 
/**
 * Seconds.
 */
seconds: number, } | { "kind": "no_link" } | { "kind": "no_clipboard" };

/**
 * Where a page of a flow opens.
 */
export type Place = "browser" | "window";

/**
 * The part of the list that the page looks at.
 */
export type Look = { 
/**
 * Which connections.
 */
filter: Filter, 
/**
 * The search, as it was typed.
 */
query: string, 
/**
 * The place of the first row, from 0.
 */
first: number, 
/**
 * How many rows, at most 200.
 */
count: number, };

