import type { ConsolePlatform } from "../../platform/console";
import type { LookedUp } from "../../platform/types";

/** What is asked for in the dialog: a text to begin with, and why it was not taken. */
interface Asking {
  text: string;
  refused: Extract<LookedUp, { kind: "not_taken" }> | null;
}

/** Looks authflows up; while `asking` is set, the dialog for it is on screen. */
export class Finder {
  asking = $state.raw<Asking | null>(null);

  readonly #platform: ConsolePlatform;
  readonly #onopened: () => void;

  constructor(platform: ConsolePlatform, onopened: () => void) {
    this.#platform = platform;
    this.#onopened = onopened;
  }

  /** Asks for an id. */
  ask(text = ""): void {
    this.asking = { text, refused: null };
  }

  /** Looks this id up, or asks for one. What is not taken is asked about. */
  async find(id: string | null): Promise<void> {
    if (id === null) {
      this.ask();
      return;
    }
    try {
      const outcome = await this.#platform.lookUpAuthflow(id, false);
      if (outcome.kind === "opened") this.opened();
      else this.asking = { text: id, refused: outcome };
    } catch {
      this.ask(id);
    }
  }

  opened(): void {
    this.asking = null;
    this.#onopened();
  }

  leave(): void {
    this.asking = null;
  }
}
