import CircleCheck from "@lucide/svelte/icons/circle-check";
import CircleDashed from "@lucide/svelte/icons/circle-dashed";
import CircleDotDashed from "@lucide/svelte/icons/circle-dot-dashed";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import CircleX from "@lucide/svelte/icons/circle-x";
import Hand from "@lucide/svelte/icons/hand";
import KeyRound from "@lucide/svelte/icons/key-round";
import type { RowState } from "../../platform/types";
import { say } from "../../words/words";
import { authflowWords, signOf } from "../authflow/standing";

/** What the states of connections look like. */
const icons = {
  needs_a_person: Hand,
  in_progress: CircleDotDashed,
  failed: CircleX,
  logged_in: CircleCheck,
  needs_login: CircleDashed,
  unknown: CircleQuestionMark,
  authflow_without_key: KeyRound,
} as const satisfies Record<Exclude<RowState["kind"], "authflow">, unknown>;

/** What a row's state looks like. */
export function iconOf(state: RowState) {
  return state.kind === "authflow" ? signOf(state).icon : icons[state.kind];
}

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
    case "authflow":
      return authflowWords(state);
    case "authflow_without_key":
      return say("authflow_row.no_key");
  }
}

/** How many rows there are, in words; `both` if they may be authflows too. */
export function countWords(total: number, both: boolean): string {
  return say(both ? "list.count_both" : "list.count", { total });
}
