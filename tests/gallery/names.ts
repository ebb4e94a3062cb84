import { consoleStates } from "../../ui/src/gallery/console/states";
import { states } from "../../ui/src/gallery/states";

/** The names of all states of the login window, from the gallery's own list. */
export const names = Object.keys(states);

/** The names of all states of the console. */
export const consoleNames = Object.keys(consoleStates);
