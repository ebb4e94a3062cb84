import { createContext } from "svelte";
import type { ConsolePlatform } from "./console";

/** The console's platform, for every component below. */
export const [getConsole, setConsole] = createContext<ConsolePlatform>();
