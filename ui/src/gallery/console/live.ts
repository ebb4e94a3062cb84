import type { Worlds } from "./states";

/** The console's flows, live views and walls. */
export const live: Worlds = {};
