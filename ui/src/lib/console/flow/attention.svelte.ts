/**
 * Where the person is: at this flow, or elsewhere in the console. What comes by itself takes the
 * focus only from who is at it; else their next key would end up in a field they didn't choose.
 */
export class Attention {
  /** The focus is in a field of the flow. */
  typing = $state(false);

  /** The focus is, or was last, in the flow. */
  #here = false;
  /** The flow was opened, and nothing has been pressed since. */
  #fresh: boolean;

  /** `opened`: the person has just opened it, and is not back from elsewhere. */
  constructor(opened: boolean) {
    this.#fresh = opened;
  }

  mayFocus(what: "field" | "heading"): boolean {
    return this.#here || (what === "field" && this.#fresh);
  }

  /** Hears of the focus, wherever it goes. */
  readonly focused = ({ target }: FocusEvent): void => {
    // Asked of the document, as a field may take the focus before the pane is known to be there.
    this.#here = target instanceof Element && target.closest('[data-part="flow"]') !== null;
    this.typing = this.#here && target instanceof HTMLInputElement;
  };

  /** Hears of keys and pointers, wherever they are pressed. */
  readonly pressed = (): void => {
    this.#fresh = false;
  };
}
