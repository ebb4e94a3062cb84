/** One of several things that are followed on the same channel, one after the other. */
interface Named {
  id: string;
  revision: number;
}

/**
 * As `newestOnly`, where one thing may follow another, or none: revisions are compared within one
 * thing alone.
 */
export function newestOf<T extends Named>(
  listener: (value: T | null) => void,
): { hear: (value: T | null) => void; stop: () => void } {
  let newest: Named | null = null;
  let stopped = false;
  return {
    hear(value) {
      if (stopped) return;
      if (value !== null && newest?.id === value.id && value.revision <= newest.revision) return;
      newest = value;
      listener(value);
    },
    stop() {
      stopped = true;
    },
  };
}
