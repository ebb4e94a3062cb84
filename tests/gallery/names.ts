import { states } from "../../ui/src/gallery/states";

/** The names of all states, from the gallery's own list. */
export const names = Object.keys(states);
