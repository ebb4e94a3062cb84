import type { Answer, AnswerProblem, LoginWindow, Opened, PageKind } from "./types";

/**
 * All that the page can ask of the world. It has no other door: no network, no storage, no
 * Tauri. `tauri.ts` is the real one, `fake.ts` the one of the gallery and its tests.
 */
export interface Platform {
  /**
   * Follows what the login window shows.
   *
   * The listener is live before anything is asked of the other side, so a first value that
   * comes at once is not lost. It gets the present value, then every newer one; a value that is
   * older than one it has had is dropped here. After the returned function was called it is not
   * called again, whatever is still on its way, also if that was before the first value.
   *
   * `onFailure` is called if the other side can't be followed at all.
   */
  watchLogin(listener: (window: LoginWindow) => void, onFailure: () => void): () => void;

  /** The person goes on: the link's code is spent now. */
  begin(): Promise<void>;

  /** The person does not want the link on the screen: back to the login behind it, if any. */
  dismissLink(): Promise<void>;

  /**
   * Sends an answer. Null: it was taken. A problem: it was not sent, and what was typed is still
   * wanted. Rejects if the other side does not answer as agreed.
   */
  answer(answer: Answer): Promise<AnswerProblem | null>;

  /** Looks for news now. */
  checkAgain(): Promise<void>;

  /**
   * Opens a page of the flow in the system's browser. The page is named, never its address. If
   * the host is one to ask about, ask, and call again with that host as `confirmed`.
   */
  openPage(page: PageKind, confirmed: string | null): Promise<Opened>;

  /** Takes a link that the person pasted, as if it had been clicked. */
  openLink(link: string): Promise<void>;

  /**
   * Copies what support needs to know about what is on the screen. False if this computer has no
   * clipboard to copy to.
   */
  copyDetails(): Promise<boolean>;

  /** Closes the window. */
  closeWindow(): Promise<void>;

  /** Says that the first screen is drawn, so that the window need not be shown empty. */
  ready(): Promise<void>;
}

/** A listener that drops what is older than what it has had, and everything once it is stopped. */
export function newestOnly<T extends { revision: number }>(
  listener: (value: T) => void,
): {
  hear: (value: T) => void;
  stop: () => void;
} {
  let newest = -1;
  let stopped = false;
  return {
    hear(value) {
      if (stopped || value.revision <= newest) return;
      newest = value.revision;
      listener(value);
    },
    stop() {
      stopped = true;
    },
  };
}
