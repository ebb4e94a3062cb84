import type { Facts, ReauthReason } from "../../platform/types";
import { say, type Key } from "../../words/words";

type Known = Extract<ReauthReason, string>;

/** Each reason in plain words, and what would change it. One that is missing does not compile. */
const reasons: Record<Known, { why: Key; change: Key }> = {
  external_credential: {
    why: "reauth.external_credential",
    change: "reauth.external_credential_change",
  },
  cua_has_credential: {
    why: "reauth.cua_has_credential",
    change: "reauth.cua_has_credential_change",
  },
  has_credential: { why: "reauth.has_credential", change: "reauth.has_credential_change" },
  viable_plans_found: {
    why: "reauth.viable_plans_found",
    change: "reauth.viable_plans_found_change",
  },
  no_requirements_recorded: {
    why: "reauth.no_requirements_recorded",
    change: "reauth.no_requirements_recorded_change",
  },
  totp_reauth_allowed: {
    why: "reauth.totp_reauth_allowed",
    change: "reauth.totp_reauth_allowed_change",
  },
  optimistic_totp_attempt: {
    why: "reauth.optimistic_totp_attempt",
    change: "reauth.optimistic_totp_attempt_change",
  },
  requirements_satisfiable: {
    why: "reauth.requirements_satisfiable",
    change: "reauth.requirements_satisfiable_change",
  },
  no_prior_successful_login: {
    why: "reauth.no_prior_successful_login",
    change: "reauth.no_prior_successful_login_change",
  },
  no_credential: { why: "reauth.no_credential", change: "reauth.no_credential_change" },
  no_viable_plans: { why: "reauth.no_viable_plans", change: "reauth.no_viable_plans_change" },
  viable_plans_require_external_action: {
    why: "reauth.viable_plans_require_external_action",
    change: "reauth.viable_plans_require_external_action_change",
  },
  requires_external_action: {
    why: "reauth.requires_external_action",
    change: "reauth.requires_external_action_change",
  },
  requires_totp_without_secret: {
    why: "reauth.requires_totp_without_secret",
    change: "reauth.requires_totp_without_secret_change",
  },
  requires_sms_code: {
    why: "reauth.requires_sms_code",
    change: "reauth.requires_sms_code_change",
  },
  requires_email_code: {
    why: "reauth.requires_email_code",
    change: "reauth.requires_email_code_change",
  },
  requires_customer_input: {
    why: "reauth.requires_customer_input",
    change: "reauth.requires_customer_input_change",
  },
};

/** Whether a connection renews itself, in a word, and everything there is to say about it. */
export interface Renewal {
  answer: Key;
  /** In the order in which they are read. */
  sentences: string[];
}

export function renewalOf({ renewal, health }: Facts): Renewal {
  const sentences: string[] = [];
  const { allowed, able, reason } = renewal;
  // What stands in the way whatever Kernel is able to is said first.
  if (allowed === false) sentences.push(say("facts.renews_forbidden_now"));
  else if (health.on === false) sentences.push(say("facts.renews_no_checks"));
  if (typeof reason === "string") {
    sentences.push(say(reasons[reason].why), say(reasons[reason].change));
  } else if (reason !== null) {
    sentences.push(say("reauth.unknown", { word: reason.unknown }));
  }
  return { answer: answerOf(allowed, able, health.on), sentences };
}

function answerOf(allowed: boolean | null, able: boolean | null, checks: boolean | null): Key {
  if (allowed === false || checks === false) return "facts.renews_forbidden";
  if (able === null) return "facts.renews_unknown";
  // It is a permission to try, and no forecast.
  return able ? "facts.renews_perhaps" : "facts.renews_no";
}
