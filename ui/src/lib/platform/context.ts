import { createContext } from "svelte";
import type { Platform } from "./platform";

/** The platform that the page was mounted with, for every component below. */
export const [getPlatform, setPlatform] = createContext<Platform>();
