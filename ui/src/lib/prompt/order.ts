import type { ChoiceView, PromptView } from "../platform/types";
import { isCode } from "./code";

/**
 * A part of a prompt. `ways_in` are sign-in options and accounts, `methods` ways to give a
 * second factor, `other_ways` the same methods where a code is asked for already.
 */
export type Group =
  | { kind: "fields" }
  | { kind: "ways_in" | "methods" | "other_ways" | "sso"; choices: ChoiceView[] };

/**
 * The parts of a prompt from top to bottom: sign-in options, methods, fields, other accounts. A
 * code that is asked for comes first: it was sent already, and the methods are other ways to it.
 */
export function order(prompt: PromptView): Group[] {
  const sso = prompt.choices.filter((choice) => choice.kind === "sso_provider");
  const methods = prompt.choices.filter((choice) => choice.kind === "mfa_method");
  const waysIn = prompt.choices.filter(
    (choice) => choice.kind !== "sso_provider" && choice.kind !== "mfa_method",
  );
  // "Another way" names no way of its own, so it stands last.
  methods.sort((a, b) => Number(a.method === "switch") - Number(b.method === "switch"));

  const fields: Group[] = prompt.fields.length > 0 ? [{ kind: "fields" }] : [];
  const codeAsked = prompt.fields.some((field) => isCode(field.kind));
  const groups: Group[] = codeAsked
    ? [
        ...fields,
        { kind: "ways_in", choices: waysIn },
        { kind: "other_ways", choices: methods },
        { kind: "sso", choices: sso },
      ]
    : [
        { kind: "ways_in", choices: waysIn },
        { kind: "methods", choices: methods },
        ...fields,
        { kind: "sso", choices: sso },
      ];
  return groups.filter((group) => group.kind === "fields" || group.choices.length > 0);
}
