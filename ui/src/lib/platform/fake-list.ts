import type { Filter, ListView, Look, Row, Subject } from "./types";

/** The part of a list that is looked at, as the other side would send it. */
export function listOf(
  rows: Row[],
  { filter, query, first, count }: Look,
  open: Subject | null,
): Omit<ListView, "revision"> {
  const words = query.toLowerCase();
  const found = rows.filter(({ domain, profile }) =>
    `${domain} ${profile}`.toLowerCase().includes(words),
  );
  const shown = found.filter((row) => passes(row, filter));
  const countOf = (filter: Filter) => found.filter((row) => passes(row, filter)).length;
  const place = shown.findIndex(({ kind, id }) => kind === open?.kind && id === open.id);
  return {
    filter,
    query,
    searching: false,
    first: Math.min(first, shown.length),
    rows: shown.slice(first, first + count),
    total: shown.length,
    counts: {
      all: countOf("all"),
      needs_a_person: countOf("needs_a_person"),
      in_progress: countOf("in_progress"),
      logged_in: countOf("logged_in"),
      needs_login: countOf("needs_login"),
      failed: countOf("failed"),
      live: countOf("live"),
    },
    open_at: place === -1 ? null : place,
  };
}

/** Whether a row is shown under a filter. */
function passes(row: Row, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "live":
      return row.live;
    case "in_progress":
      if (row.state.kind === "authflow") return row.state.watch === "watching";
      return row.state.kind === filter;
    case "failed":
      if (row.state.kind === "authflow") return row.state.phase === "cancelled";
      return row.state.kind === filter;
    default:
      return row.state.kind === filter;
  }
}
