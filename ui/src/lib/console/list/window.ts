import type { ListView } from "../../platform/types";
import { nameOf } from "../subject";

/** The most rows that can be looked at at once. */
const most = 200;

/** A part of the list. */
export interface Part {
  first: number;
  count: number;
}

/**
 * The part of the list to look at: what is seen and as much again on both sides. It moves in
 * steps, so that a little scrolling asks for nothing.
 */
export function partOf(top: number, height: number, rowHeight: number): Part {
  const seen = Math.max(1, Math.ceil(height / rowHeight) + 1);
  const step = Math.max(1, Math.floor(seen / 2));
  const first = Math.floor(top / rowHeight);
  const count = Math.min(most, 3 * seen + step);
  return { first: Math.max(0, Math.floor((first - seen) / step) * step), count };
}

/**
 * By how many rows what is seen has moved from one list to the next, so that the scrolling can
 * follow and nothing moves under the pointer. Most of the rows say it: one that has jumped to the
 * top, as it waits now, doesn't count.
 */
export function movedBy(before: ListView, after: ListView, seen: Part): number {
  if (before.filter !== after.filter || before.query !== after.query) return 0;
  const places = new Map(after.rows.map((row, n) => [nameOf(row), after.first + n]));
  const moves: number[] = [];
  for (let place = seen.first; place < seen.first + seen.count; place += 1) {
    const row = before.rows[place - before.first];
    const now = row && places.get(nameOf(row));
    if (now !== undefined) moves.push(now - place);
  }
  moves.sort((a, b) => a - b);
  return moves[Math.floor(moves.length / 2)] ?? 0;
}

/** The scrolling at which a row is seen whole, nearest to the present one. */
export function topToSee(place: number, top: number, height: number, rowHeight: number): number {
  const above = place * rowHeight;
  const below = above + rowHeight - height;
  return above < top ? above : below > top ? below : top;
}
