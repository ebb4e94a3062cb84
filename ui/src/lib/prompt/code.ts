import type { FieldKind } from "../platform/types";

/** Whether a field takes a one-time code. */
export function isCode(kind: FieldKind): boolean {
  return kind === "code" || kind === "totp_code";
}

/** Whether what is typed into a field is hidden unless the person asks to see it. */
export function isSecret(kind: FieldKind): boolean {
  return kind === "password" || kind === "totp_secret";
}

/** Blanks and dashes of every script: people and messages group codes with them. */
const grouping = /[\s\p{Pd}]/gu;

/**
 * Whether nothing was typed. Blanks and dashes alone are no code; of anything else, every
 * character may count. What is typed goes as it is: the rules behind the page tidy a code.
 */
export function isEmpty(kind: FieldKind, typed: string): boolean {
  return (isCode(kind) ? typed.replace(grouping, "") : typed) === "";
}

/**
 * The code in a pasted message, if there is exactly one clear one; null if the text is a code
 * already, or if it is not clear which part is meant.
 */
export function codeInMessage(text: string): string | null {
  if (/^[\p{L}\p{N}]{1,12}$/u.test(text.replace(grouping, ""))) return null;
  const found = text.match(
    /(?<![\p{L}\p{N}])(?:[A-Z]-)?(?:\d{3}[ -]\d{3}|\d{4,8})(?![\p{L}\p{N}])/gu,
  );
  const codes = new Set((found ?? []).map((code) => code.replace(/\D/g, "")));
  const [only] = codes;
  return codes.size === 1 && only !== undefined ? only : null;
}
