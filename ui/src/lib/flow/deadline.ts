import type { View } from "../platform/types";

/** What the time that is left is for, and how much there is. */
export interface Deadline {
  /** Whether it is the estimate of the time to answer, or the end of the whole flow. */
  kind: "answer" | "end";
  /** Milliseconds left; 0 or less when it is over. */
  left: number;
}

/** From here on the time left matters. */
export const nearlyOver = 2 * 60_000;

/** What a deadline is told from: of a flow, or of its row in a list. */
export type Timed = Pick<View, "stage" | "expires_at" | "answer_by" | "clock_ahead_ms">;

/** The first deadline that concerns the person, by the service's clock. */
export function deadlineOf(view: Timed, now: number): Deadline | null {
  const serviceNow = now - view.clock_ahead_ms;
  const left = (at: string | null) => (at === null ? null : Date.parse(at) - serviceNow);
  const end = left(view.expires_at);
  const asked = view.stage === "asking" || view.stage === "waiting_elsewhere";
  const answer = asked ? left(view.answer_by) : null;
  if (answer !== null && !Number.isNaN(answer) && (end === null || answer < end)) {
    return { kind: "answer", left: answer };
  }
  return end === null || Number.isNaN(end) ? null : { kind: "end", left: end };
}
