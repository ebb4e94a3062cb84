import type { Filter, Subject } from "../../platform/types";

/**
 * The filters, in the order in which they are shown and in which the keys 1 to 7 choose them: what
 * goes on now, then how the others stand.
 */
export const filters = [
  "all",
  "needs_a_person",
  "in_progress",
  "live",
  "logged_in",
  "needs_login",
  "failed",
] as const satisfies readonly Filter[];

/**
 * Where the person is in the list. It outlives the list, which is not on the page while the wall
 * is.
 */
export class Looking {
  filter = $state<Filter>("all");
  query = $state("");
  /** How far the list is scrolled, in pixels. */
  top = $state(0);
  /** Changes when the list is to be shown from its start. */
  turn = $state(0);
  /** The row that the keys are at: its place, and what it stands for once that is known. */
  cursor = $state.raw<{ place: number; subject: Subject | null } | null>(null);

  /** Shows other connections, from their start. */
  show(change: { filter?: Filter; query?: string }): void {
    this.filter = change.filter ?? this.filter;
    this.query = change.query ?? this.query;
    this.top = 0;
    this.turn += 1;
    this.cursor = null;
  }
}
