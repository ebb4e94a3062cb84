import type { World } from "../../lib/platform/fake-console";
import { live } from "./live";
import { row, waiting, world } from "./make";

/** A list of the console's states under a name each. */
export type Worlds = Record<string, () => World>;

const desks: Worlds = {
  "console-desk": () => world([waiting("ma_1"), row("ma_2"), row("ma_3")]),
};

/** Every state of the console, in groups. */
export const consoleGroups: Record<string, Worlds> = { Desk: desks, Flows: live };

/** All of them. */
export const consoleStates: Worlds = Object.assign({}, ...Object.values(consoleGroups)) as Worlds;
