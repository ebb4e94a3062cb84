import CircleCheck from "@lucide/svelte/icons/circle-check";
import CircleDashed from "@lucide/svelte/icons/circle-dashed";
import CircleDotDashed from "@lucide/svelte/icons/circle-dot-dashed";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import CircleX from "@lucide/svelte/icons/circle-x";
import Hand from "@lucide/svelte/icons/hand";
import type { RowState } from "../../platform/types";
import { say } from "../../words/words";

/** What a row's state looks like. */
export const icons = {
  needs_a_person: Hand,
  in_progress: CircleDotDashed,
  failed: CircleX,
  logged_in: CircleCheck,
  needs_login: CircleDashed,
  unknown: CircleQuestionMark,
} as const satisfies Record<RowState["kind"], unknown>;

/** A row's state in a few words. */
export function stateWords(state: RowState): string {
  switch (state.kind) {
    case "needs_a_person":
      return say(`need.${state.need}`);
    case "in_progress":
      return state.stage === null ? say("row.running") : say(`stage_short.${state.stage}`);
    case "failed":
      return say(`stage_short.${state.stage}`);
    case "logged_in":
    case "needs_login":
    case "unknown":
      return say(`row.${state.kind}`);
  }
}
