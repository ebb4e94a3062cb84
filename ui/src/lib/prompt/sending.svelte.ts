import type { FlowDoor } from "../flow/door";
import type { Answer, AnswerProblem } from "../platform/types";

/** What became of an answer that was tried. */
export type Outcome = "taken" | "broken" | "ignored" | AnswerProblem;

/**
 * Sends an answer once. From the press until the other side has said where things stand, another
 * press does nothing. Holds no answer: only whether one is on its way.
 */
export class Sending {
  #calling = $state(false);
  #takenAt = $state(-1);

  /** Whether an answer is on its way, when the window is at this revision. */
  at(revision: number): boolean {
    return this.#calling || revision <= this.#takenAt;
  }

  /**
   * `revision` reads the window's present revision. Once an answer was taken, the form stays
   * locked until a newer view says what came of it.
   */
  async send(door: FlowDoor, answer: Answer, revision: () => number): Promise<Outcome> {
    if (this.at(revision())) return "ignored";
    const pressedAt = revision();
    this.#calling = true;
    try {
      const problem = await door.answer(answer);
      if (problem !== null) return problem;
      this.#takenAt = pressedAt;
      return "taken";
    } catch {
      return "broken";
    } finally {
      this.#calling = false;
    }
  }
}
