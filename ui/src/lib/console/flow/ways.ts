import type { View, Way } from "../../platform/types";
import type { Key } from "../../words/words";
import { tellings } from "./tellings";

/** A way that is a button of its own beneath what is told. */
export type ButtonWay = "check_again" | "start_again" | "open_settings" | "close";

/** A button for a way. */
export interface WayButton {
  way: ButtonWay;
  action: string;
  words: Key;
}

/**
 * The ways of a flow that are buttons, best first. The others have their own place in the pane; and
 * as the list is beside it, leaving is a way only where nothing else is left to do about a trouble.
 */
export function buttonsOf(view: View): WayButton[] {
  const buttons = view.ways.flatMap((way) => buttonOf(way) ?? []);
  const others = buttons.filter(({ way }) => way !== "close");
  return others.length > 0 || tellings[view.stage].end === "well" ? others : buttons;
}

function buttonOf(way: Way): WayButton | null {
  switch (way) {
    case "check_again":
      return { way, action: "check_again", words: "flow.check_again" };
    case "start_again":
      return { way, action: "start_login", words: "flow.start_again" };
    case "open_settings":
      return { way, action: "open_settings", words: "flow.settings" };
    case "close":
      return { way, action: "close", words: "flow.close" };
    // The prompt, the live view and Kernel's own page stand on their own; waiting needs no hand,
    // and support has nobody to ask for a link.
    case "answer":
    case "wait":
    case "open_live_view":
    case "open_hosted_page":
    case "ask_for_new_link":
      return null;
    default:
      way satisfies never;
      return null;
  }
}
