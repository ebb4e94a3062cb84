import type { World } from "../../lib/platform/fake-console";

/** A list of the console's states under a name each. */
export type Worlds = Record<string, () => World>;

/** One state for each kind of something, named after it. */
export function each<Kind extends string>(
  prefix: string,
  kinds: Record<Kind, unknown>,
  make: (kind: Kind) => () => World,
): Worlds {
  const names = Object.keys(kinds) as Kind[];
  return Object.fromEntries(names.map((kind) => [`${prefix}-${kind}`, make(kind)]));
}
