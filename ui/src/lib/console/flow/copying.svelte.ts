import type { Announcer } from "../../parts/announcer.svelte";
import type { Copied, LinkKind } from "../../platform/types";
import { say } from "../../words/words";

/** Copies a flow's links, and says what came of it. The link itself is never here. */
export class Copying {
  /** What came of it, in words. */
  outcome = $state<string | null>(null);
  /** Which link that is about; null if there is none. */
  about = $state<LinkKind | null>(null);
  /** Which link is in the clipboard now, as far as is known. */
  copied = $state<LinkKind | null>(null);

  readonly #copy: (link: LinkKind) => Promise<Copied>;
  readonly #announcer: Announcer;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(copy: (link: LinkKind) => Promise<Copied>, announcer: Announcer) {
    this.#copy = copy;
    this.#announcer = announcer;
    $effect(() => () => {
      clearTimeout(this.#timer);
    });
  }

  async copy(link: LinkKind): Promise<void> {
    this.forget();
    try {
      const outcome = await this.#copy(link);
      switch (outcome.kind) {
        case "copied":
          this.copied = link;
          this.#timer = setTimeout(() => {
            this.forget();
          }, outcome.seconds * 1000);
          this.tell(say("send.copied", { seconds: outcome.seconds }), link);
          break;
        case "no_link":
        case "no_clipboard":
          this.tell(say(`send.${outcome.kind}`), link);
          break;
      }
    } catch {
      this.tell(say("send.failed"), link);
    }
  }

  /** What was said is no longer so: the clipboard is cleared by now, or the login is another. */
  forget(): void {
    clearTimeout(this.#timer);
    this.copied = null;
    this.outcome = null;
  }

  /** Says something about a link, or about there being none. */
  tell(text: string, about: LinkKind | null = null): void {
    this.outcome = text;
    this.about = about;
    this.#announcer.say(text);
  }
}
