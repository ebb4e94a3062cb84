import type { Row } from "../../platform/types";

/** How many remote browsers are shown at once. */
export const tilesAtOnce = 9;

/**
 * The rows as they stand on the wall: who needs a person first, else in the list's order, but one
 * that is on the wall stays at its place. Things that jump about can't be watched, and a frame that
 * is moved in the document is loaded again.
 */
export function arrange(before: readonly string[], rows: readonly Row[]): Row[] {
  const staying = before.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  const coming = rows.filter(({ id }) => !before.includes(id));
  return [
    ...staying,
    ...coming.filter(needsAPerson),
    ...coming.filter((row) => !needsAPerson(row)),
  ];
}

export function needsAPerson(row: Row): boolean {
  return row.state.kind === "needs_a_person";
}
