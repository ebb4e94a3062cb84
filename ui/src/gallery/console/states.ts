import { authflows } from "./authflows";
import { connections } from "./connections";
import { desks } from "./desks";
import { live } from "./live";
import { starts } from "./starts";
import type { Worlds } from "./worlds";

export type { Worlds } from "./worlds";

/** Every state of the console, in groups. */
export const consoleGroups: Record<string, Worlds> = {
  "Console: getting in": starts,
  "Console: the desk": desks,
  "Console: facts and timeline": connections,
  "Console: flows": live,
  "Console: authflows": authflows,
};

/** All of them. */
export const consoleStates: Worlds = Object.assign({}, ...Object.values(consoleGroups)) as Worlds;
