import type { ConsolePlatform } from "../../platform/console";
import type { Happening, HappeningKind, Trouble } from "../../platform/types";

/** How a reading of the timeline stands. */
export type Progress = "first" | "more" | "done" | "failed";

/**
 * What happened on one connection, as far as it has been read. Only the newest reading counts: an
 * answer to an older question comes to nothing.
 */
export class Reading {
  happenings = $state.raw<Happening[]>([]);
  next = $state<number | null>(null);
  progress = $state<Progress>("first");
  /** Why it can't be read; null if the other side didn't say. */
  trouble = $state.raw<Trouble | null>(null);

  #platform: ConsolePlatform;
  #id: string;
  #kind: HappeningKind | null = null;
  #question = 0;

  constructor(platform: ConsolePlatform, id: string) {
    this.#platform = platform;
    this.#id = id;
  }

  /** Reads from the start. What was read before stays until the answer is there, if it fits. */
  begin(kind: HappeningKind | null, keep: boolean): Promise<void> {
    if (!keep) this.happenings = [];
    this.#kind = kind;
    this.progress = "first";
    return this.#read(0, []);
  }

  /** Reads on. */
  more(): Promise<void> {
    if (this.next === null || this.progress === "more") return Promise.resolve();
    this.progress = "more";
    return this.#read(this.next, this.happenings);
  }

  async #read(from: number, before: Happening[]): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    this.trouble = null;
    try {
      const read = await this.#platform.history(this.#id, this.#kind, from);
      if (question !== this.#question) return;
      if (read.kind === "refused") {
        this.trouble = read.trouble;
        this.progress = "failed";
        return;
      }
      // Pages are counted from the newest: what has happened meanwhile moves the rest along.
      const fresh = read.history.happenings.filter(
        ({ id }) => !before.some((one) => one.id === id),
      );
      this.happenings = [...before, ...fresh];
      this.next = read.history.next;
      this.progress = "done";
    } catch {
      if (question === this.#question) this.progress = "failed";
    }
  }
}
