import { newestOnly, type Platform } from "./platform";
import type {
  Answer,
  AnswerProblem,
  LinkProblem,
  LoginScreen,
  LoginWindow,
  Opened,
  PageKind,
} from "./types";

/** A command the page has given, in order. */
export type Call =
  | { command: "watch_login" }
  | { command: "begin" }
  | { command: "dismiss_link" }
  | { command: "answer"; answer: Answer }
  | { command: "check_again" }
  | { command: "open_page"; page: PageKind; confirmed: string | null }
  | { command: "open_link"; link: string }
  | { command: "copy_details" }
  | { command: "close_window" }
  | { command: "ready" };

/** A platform without a backend: it shows what it is given, and remembers what it was asked. */
export class FakePlatform implements Platform {
  /** What the page has asked for. */
  readonly calls: Call[] = [];
  /** What becomes of answers, the first one first; when it is empty, they are taken. */
  readonly answers: (AnswerProblem | "broken" | "held" | null)[] = [];
  /** What becomes of pages that are opened; when it is empty, they open. */
  readonly opened: Opened[] = [];
  /** Whether details can be copied; when it is empty, they can. */
  readonly copied: boolean[] = [];

  #present: LoginWindow;
  #listeners = new Set<(window: LoginWindow) => void>();
  #held: (() => void)[] = [];

  constructor(present: LoginWindow) {
    this.#present = present;
  }

  /** Sends a window as it is, whatever its revision. */
  send(window: LoginWindow): void {
    this.#present = window;
    for (const hear of this.#listeners) hear(window);
  }

  /** Sends a change of the present window, one revision on. */
  change(change: Partial<LoginWindow>): void {
    this.send({ ...this.#present, ...change, revision: this.#present.revision + 1 });
  }

  /** Sends a change of the present flow, one revision on. */
  changeView(change: Partial<Extract<LoginScreen, { kind: "flow" }>["view"]>): void {
    const { screen } = this.#present;
    if (screen.kind !== "flow") throw new Error("no flow is shown");
    this.change({ screen: { kind: "flow", view: { ...screen.view, ...change } } });
  }

  /** Lets the answers that were held go on, as taken. */
  letGo(): void {
    for (const go of this.#held.splice(0)) go();
  }

  watchLogin(listener: (window: LoginWindow) => void): () => void {
    const { hear, stop } = newestOnly(listener);
    this.#listeners.add(hear);
    this.calls.push({ command: "watch_login" });
    hear(this.#present);
    return () => {
      stop();
      this.#listeners.delete(hear);
    };
  }

  begin(): Promise<void> {
    this.calls.push({ command: "begin" });
    return Promise.resolve();
  }

  dismissLink(): Promise<void> {
    this.calls.push({ command: "dismiss_link" });
    return Promise.resolve();
  }

  answer(answer: Answer): Promise<AnswerProblem | null> {
    this.calls.push({ command: "answer", answer });
    const outcome = this.answers.shift() ?? null;
    if (outcome === "broken") return Promise.reject(new Error("broken"));
    if (outcome === "held") return new Promise((go) => this.#held.push(() => go(null)));
    return Promise.resolve(outcome);
  }

  checkAgain(): Promise<void> {
    this.calls.push({ command: "check_again" });
    return Promise.resolve();
  }

  openPage(page: PageKind, confirmed: string | null): Promise<Opened> {
    this.calls.push({ command: "open_page", page, confirmed });
    return Promise.resolve(this.opened.shift() ?? { kind: "opened" });
  }

  openLink(link: string): Promise<void> {
    this.calls.push({ command: "open_link", link });
    const problem: LinkProblem = "not_an_usher_link";
    this.change({ screen: { kind: "bad_link", problem, back_to: null } });
    return Promise.resolve();
  }

  copyDetails(): Promise<boolean> {
    this.calls.push({ command: "copy_details" });
    return Promise.resolve(this.copied.shift() ?? true);
  }

  closeWindow(): Promise<void> {
    this.calls.push({ command: "close_window" });
    return Promise.resolve();
  }

  ready(): Promise<void> {
    this.calls.push({ command: "ready" });
    return Promise.resolve();
  }
}
