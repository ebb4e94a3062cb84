import CircleCheck from "@lucide/svelte/icons/circle-check";
import CircleDotDashed from "@lucide/svelte/icons/circle-dot-dashed";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import CircleSlash from "@lucide/svelte/icons/circle-slash";
import CircleX from "@lucide/svelte/icons/circle-x";
import Timer from "@lucide/svelte/icons/timer";
import type { HappeningKind, Outcome } from "../../platform/types";
import { say } from "../../words/words";

type Known = Extract<Outcome, string>;

const tones = {
  running: { icon: CircleDotDashed, tone: "quiet" },
  logged_in: { icon: CircleCheck, tone: "ok" },
  still_logged_in: { icon: CircleCheck, tone: "ok" },
  expired: { icon: Timer, tone: "warn" },
  canceled: { icon: CircleSlash, tone: "quiet" },
  failed: { icon: CircleX, tone: "bad" },
  logged_out: { icon: CircleX, tone: "warn" },
} as const satisfies Record<Known, { icon: unknown; tone: string }>;

/** What an outcome looks like. */
export function toneOf(outcome: Outcome) {
  if (typeof outcome === "string") return tones[outcome];
  return { icon: CircleQuestionMark, tone: "quiet" } as const;
}

/** An outcome in words; one that isn't known as it came. */
export function outcomeWords(outcome: Outcome): string {
  return typeof outcome === "string" ? say(`outcome.${outcome}`) : outcome.unknown;
}

/** A kind in words; one that isn't known as it came. */
export function kindWords(kind: HappeningKind): string {
  return typeof kind === "string" ? say(`history.${kind}`) : kind.unknown;
}

const steps = [
  "INITIALIZED",
  "DISCOVERING",
  "AWAITING_INPUT",
  "AWAITING_EXTERNAL_ACTION",
  "AWAITING_HUMAN_INTERVENTION",
  "SUBMITTING",
  "COMPLETED",
  "EXPIRED",
] as const;

/** Kernel's word for a step, in ours; one that isn't known as it came. */
export function stepWords(step: string): string {
  const known = steps.find((word) => word === step);
  return known === undefined ? step : say(`step.${known}`);
}
