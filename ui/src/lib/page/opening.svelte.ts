import type { Announcer } from "../parts/announcer.svelte";
import type { Opened } from "../platform/types";
import { say, type Key } from "../words/words";

/**
 * Opens pages, and says what came of it. A host that Usher does not know is asked about first:
 * while `asking` is set, the question is on screen.
 */
export class Opening<Page> {
  asking = $state.raw<{ page: Page; host: string } | null>(null);
  outcome = $state<string | null>(null);

  readonly #open: (page: Page, confirmed: string | null) => Promise<Opened>;
  readonly #announcer: Announcer;
  readonly #opened: (page: Page) => Key;

  /** `opened` names the words for a page that is open now. */
  constructor(
    open: (page: Page, confirmed: string | null) => Promise<Opened>,
    opened: (page: Page) => Key,
    announcer: Announcer,
  ) {
    this.#open = open;
    this.#opened = opened;
    this.#announcer = announcer;
  }

  /** Opens a page; `confirmed` is the host that the person has just agreed to. */
  async open(page: Page, confirmed: string | null = null): Promise<void> {
    this.asking = null;
    this.outcome = null;
    try {
      const opened = await this.#open(page, confirmed);
      switch (opened.kind) {
        case "opened":
          this.#tell(say(this.#opened(page)));
          break;
        case "confirm":
          this.asking = { page, host: opened.host };
          break;
        case "refused":
          this.#tell(say(`page.refused_${opened.why}`));
          break;
      }
    } catch {
      this.#tell(say("page.failed"));
    }
  }

  /** The person does not want the page that was asked about. */
  leave(): void {
    this.asking = null;
  }

  #tell(text: string): void {
    this.outcome = text;
    this.#announcer.say(text);
  }
}
