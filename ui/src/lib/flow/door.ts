import { createContext } from "svelte";
import type { Answer, AnswerProblem, Opened, PageKind } from "../platform/types";

/**
 * All that the components of a flow can ask of the world: less than their window can. The login
 * window's has one flow behind it, the console's that of the connection that is open, so that a
 * guest and support answer through the same components.
 */
export interface FlowDoor {
  /** Sends an answer. Null: it was taken. A problem: it was not sent. */
  answer(answer: Answer): Promise<AnswerProblem | null>;

  /** Looks for news now. */
  checkAgain(): Promise<void>;

  /** Opens a page of the flow in the browser; `confirmed` is the host that was asked about. */
  openPage(page: PageKind, confirmed: string | null): Promise<Opened>;

  /**
   * Whether what is new may take the focus. In the login window always: there is nothing else.
   * In the console only while the person is at this flow, so that what they type elsewhere does
   * not end up in a question that comes meanwhile; a field also if they have just opened it.
   */
  mayFocus(what: "field" | "heading"): boolean;
}

/** The flow's door, for every component below. */
export const [getFlowDoor, setFlowDoor] = createContext<FlowDoor>();
