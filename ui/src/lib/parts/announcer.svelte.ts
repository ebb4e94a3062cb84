import { createContext, untrack } from "svelte";

/**
 * Says things to screen readers, through two live regions that are always on the page. Saying
 * something depends on nothing: an effect that does must not run again because something was said.
 */
export class Announcer {
  polite = $state("");
  urgent = $state("");

  /** Said when there is a pause. */
  say(text: string): void {
    this.polite = anew(
      text,
      untrack(() => this.polite),
    );
  }

  /** Said at once: something went wrong. */
  alert(text: string): void {
    this.urgent = anew(
      text,
      untrack(() => this.urgent),
    );
  }
}

/** The same text again is no change to a live region, so it gets a blank that nobody hears. */
function anew(text: string, before: string): string {
  return text === before ? `${text}\u00a0` : text;
}

export const [getAnnouncer, setAnnouncer] = createContext<Announcer>();
