import type { Notice } from "../platform/types";
import { clock, say } from "../words/words";

/** How much a notice matters. */
export function toneOf(notice: Notice): "note" | "warn" | "bad" {
  switch (notice.kind) {
    case "page_moved_on":
    case "still_asked":
      return "note";
    case "wait":
    case "asked_again":
    case "outcome_unknown":
    case "service_trouble":
      return "warn";
    case "not_accepted":
      return "bad";
  }
}

/** A notice as one sentence, for screen readers. */
export function sentenceOf(notice: Notice, site: string, now: number): string {
  switch (notice.kind) {
    case "wait":
      return say("notice.wait", { clock: clock(Date.parse(notice.until) - now) });
    case "asked_again":
      return say("notice.asked_again", { site, rounds: notice.rounds });
    default:
      return say(`notice.${notice.kind}`, { site });
  }
}
