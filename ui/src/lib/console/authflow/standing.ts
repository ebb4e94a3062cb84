import CircleCheck from "@lucide/svelte/icons/circle-check";
import CircleDotDashed from "@lucide/svelte/icons/circle-dot-dashed";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import CircleSlash from "@lucide/svelte/icons/circle-slash";
import CircleX from "@lucide/svelte/icons/circle-x";
import Timer from "@lucide/svelte/icons/timer";
import type {
  AuthflowPhase,
  AuthflowStatus,
  AuthflowView,
  AuthflowWatch,
  RowState,
} from "../../platform/types";
import { say, type Key } from "../../words/words";

/** How a watch stands, and what the status means. */
interface Standing {
  watch: AuthflowWatch;
  phase: AuthflowPhase;
}

const ends = {
  success: { icon: CircleCheck, tone: "ok" },
  cancelled: { icon: CircleSlash, tone: "quiet" },
  unknown: { icon: CircleQuestionMark, tone: "warn" },
} as const;

/** What it looks like: never a colour alone. */
export function signOf({ watch, phase }: Standing) {
  switch (watch) {
    case "watching":
      return { icon: CircleDotDashed, tone: "quiet" } as const;
    case "given_up":
      return { icon: Timer, tone: "warn" } as const;
    case "stopped":
      return { icon: CircleX, tone: "bad" } as const;
    case "ended":
      return ends[phase === "waiting" ? "unknown" : phase];
  }
}

/** A row's state in a few words. */
export function authflowWords({
  watch,
  phase,
  status,
}: Extract<RowState, { kind: "authflow" }>): string {
  if (watch === "stopped" || watch === "given_up") return say(`authflow_row.${watch}`);
  if (status === null) {
    return say(watch === "watching" ? "authflow_row.reading" : "authflow_row.no_status");
  }
  if (typeof status !== "string") return status.unknown;
  return phase === "success" && status === "finished"
    ? say("authflow_status.finished_well")
    : say(`authflow_row.${status}`);
}

/** A status in plain words; one that isn't known as it came. `read`: it was asked for. */
export function statusWords(
  status: AuthflowStatus | null,
  phase: AuthflowPhase,
  read: boolean,
): string {
  if (status === null) return say(read ? "authflow_status.none" : "authflow_status.unread");
  if (typeof status !== "string") return status.unknown;
  if (status === "finished" && phase !== "waiting") return say("authflow_status.finished_well");
  return say(`authflow_status.${status}`);
}

/** A status as it came over the wire; empty where there was none. */
export function wireWord(status: AuthflowStatus | null): string {
  if (status === null) return "";
  return typeof status === "string" ? status : status.unknown;
}

/** What a status means for who looks at it; null where its own words say it all. */
export function meaningOf({ watch, phase, status, read_at }: AuthflowView): Key | null {
  switch (phase) {
    case "success":
      return "authflow.success_now";
    case "cancelled":
      return "authflow.cancelled_now";
    case "waiting":
      return status === "finished" && watch === "watching" ? "authflow.finished_now" : null;
    case "unknown":
      if (status !== null) return "authflow.unknown_now";
      return read_at === null ? null : "authflow.none_now";
  }
}

/** What is said when it is given up: it never ended, or it could not be read. */
export function givenUpWords({ trouble }: AuthflowView) {
  return trouble === null ? "authflow.given_up" : "authflow.given_up_failing";
}
