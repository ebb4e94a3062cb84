import { createContext } from "svelte";

/** What copies the details of what is on the screen: each window has its own. */
export interface DetailsDoor {
  /** Copies what support needs to know. False if this computer has no clipboard to copy to. */
  copyDetails(): Promise<boolean>;
}

/** The window's door to its details, for every component below. */
export const [getDetailsDoor, setDetailsDoor] = createContext<DetailsDoor>();
