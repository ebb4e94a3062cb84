import type { ChoiceView, FieldView, PromptView } from "../platform/types";
import type { Key } from "../words/words";
import { isCode } from "./code";

/** What there is to do, told from what is asked. */
export function headingOf(prompt: PromptView): Key {
  const { fields, choices } = prompt;
  if (fields.length > 0) {
    const besides = choices.filter((choice) => choice.kind !== "sso_provider");
    const codeAsked = fields.some((field) => isCode(field.kind));
    return besides.length > 0 && !codeAsked ? "prompt.choose_sign_in" : headingOfFields(fields);
  }
  return choices.length > 0 ? headingOfChoices(choices) : "stage.asking_nothing";
}

function headingOfFields(fields: FieldView[]): Key {
  const [first] = fields;
  if (fields.length === 1 && first) {
    switch (first.kind) {
      case "code":
        return "prompt.code";
      case "totp_code":
        return "prompt.totp_code";
      case "password":
        return "prompt.password";
      case "totp_secret":
        return "prompt.totp_secret";
      case "identifier":
        if (first.autocomplete === "email") return "prompt.email";
        if (first.autocomplete === "tel") return "prompt.tel";
        return "prompt.identifier";
      default:
        return "prompt.one_more";
    }
  }
  const has = (kind: FieldView["kind"]) => fields.some((field) => field.kind === kind);
  const only = (...kinds: FieldView["kind"][]) =>
    fields.every((field) => kinds.includes(field.kind));
  if (only("identifier", "password") && has("password")) return "prompt.sign_in";
  if (only("code", "totp_code")) return "prompt.code";
  return "prompt.details";
}

/** Methods by which a code arrives. */
const bringsCode = new Set<ChoiceView["method"]>(["sms", "call", "email"]);

function headingOfChoices(choices: ChoiceView[]): Key {
  const all = (kind: ChoiceView["kind"]) => choices.every((choice) => choice.kind === kind);
  if (all("account")) return "prompt.choose_account";
  if (all("mfa_method")) {
    const named = choices.filter((choice) => choice.method !== "switch");
    return named.length > 0 && named.every((choice) => bringsCode.has(choice.method))
      ? "prompt.choose_code"
      : "prompt.choose_proof";
  }
  if (choices.every((choice) => choice.kind === "other" || typeof choice.kind === "object")) {
    return "prompt.choose_one";
  }
  return "prompt.choose_sign_in";
}
