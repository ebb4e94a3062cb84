import type { ChoiceView, FieldView } from "../platform/types";
import { say, type Key } from "../words/words";

/** What a field is called: in the site's words, else by its kind. */
export function fieldName(field: FieldView): string {
  return field.label?.trim() ? field.label : say(keyOfField(field));
}

function keyOfField(field: FieldView): Key {
  switch (field.kind) {
    case "identifier":
      if (field.keyboard === "email") return "field.identifier_email";
      return field.keyboard === "tel" ? "field.identifier_tel" : "field.identifier";
    case "password":
      return "field.password";
    case "code":
      return "field.code";
    case "totp_code":
      return "field.totp_code";
    case "totp_secret":
      return "field.totp_secret";
    default:
      return "field.text";
  }
}

/** What a choice is called: in the site's words, else by its method, else by its kind. */
export function choiceName(choice: ChoiceView): string {
  return choice.label?.trim() ? choice.label : say(keyOfChoice(choice));
}

function keyOfChoice(choice: ChoiceView): Key {
  if (choice.method !== null && choice.method !== "other") return `choice.${choice.method}`;
  switch (choice.kind) {
    case "mfa_method":
    case "sso_provider":
    case "account":
      return `choice.${choice.kind}`;
    case "sign_in_method":
    case "auth_method":
    case "identifier_method":
      return "choice.sign_in_method";
    default:
      return "choice.other";
  }
}
