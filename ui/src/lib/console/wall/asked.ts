import type { Row } from "../../platform/types";
import { say } from "../../words/words";
import { authflowWords } from "../authflow/standing";

/** What a row's flow is at, or wants, in a few words. */
export function askedOf({ state }: Row): string {
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
