import type { RowKind, Subject } from "../platform/types";

/** What names a thing on the page: the two services know nothing of each other's ids. */
export function nameOf({ kind, id }: { kind: RowKind; id: string }): string {
  return `${kind} ${id}`;
}

/** The connection that is meant, if it is one. */
export function connectionIn(subject: Subject | null): string | null {
  return subject?.kind === "connection" ? subject.id : null;
}
