import { IntlMessageFormat, PART_TYPE } from "intl-messageformat";
import { authflow } from "./authflow";
import { console } from "./console";
import { en } from "./en";
import { live } from "./live";

/** All the words there are: the login window's, the console's, those of its flows and of authflows. */
const catalogue = { ...en, ...console, ...live, ...authflow };

/** The name of a text in the catalogue. */
export type Key = keyof typeof catalogue;

/** What is filled into a text. */
export type Values = Record<string, string | number>;

/** The language of the catalogue, for numbers and times. */
export const language = "en";

const formats = new Map<Key, IntlMessageFormat>();

function format(key: Key): IntlMessageFormat {
  let message = formats.get(key);
  if (!message) {
    message = new IntlMessageFormat(catalogue[key], language, undefined, { ignoreTag: true });
    formats.set(key, message);
  }
  return message;
}

/** A text as a plain string: for attributes, announcements, and texts without outside words. */
export function say(key: Key, values?: Values): string {
  return String(format(key).format(values));
}

/** A piece of a text: ours, or filled in from outside. */
export interface Piece {
  text: string;
  outside: boolean;
}

/**
 * A text in pieces, so that what was filled in can be kept apart from what is ours: a
 * right-to-left name must not turn our sentence around.
 */
export function pieces(key: Key, values: Values): Piece[] {
  const marked: Record<string, number | { toString(): string }> = {};
  for (const [name, value] of Object.entries(values)) {
    // The library keeps objects apart from its own text, and strings not.
    marked[name] = typeof value === "string" ? { toString: () => value } : value;
  }
  return format(key)
    .formatToParts(marked)
    .map((part) => ({ text: String(part.value), outside: part.type === PART_TYPE.object }));
}

/** A time of day, e.g. 14:32. */
export function timeOfDay(time: Date): string {
  return new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(time);
}

/** Minutes and seconds, e.g. 1:05. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}
