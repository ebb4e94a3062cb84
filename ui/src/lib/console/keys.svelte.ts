import { createContext } from "svelte";
import type { Key } from "../words/words";

/** What a key asks for. The order is the one in which they are listed under `?`. */
export type Wish =
  | "search"
  | "look_up"
  | "down"
  | "up"
  | "open"
  | "next"
  | "start_login"
  | "copy_link"
  | "live_view"
  | "take_over"
  | "give_back"
  | "wall"
  | "facts"
  | "edit"
  | "filter"
  | "leave"
  | "help";

/** One wish, and how it is told. */
interface Shortcut {
  /** The keys by their names in events. */
  keys: readonly string[];
  /** The keys as they are printed; where there is none, those of `keys`. */
  shown?: readonly string[];
  words: Key;
  /** Whether it is also taken while somebody types. */
  always?: boolean;
}

export const shortcuts: Record<Wish, Shortcut> = {
  search: { keys: ["/"], words: "keys.search" },
  look_up: { keys: ["a"], words: "keys.look_up" },
  down: { keys: ["j"], shown: ["j", "↓"], words: "keys.down" },
  up: { keys: ["k"], shown: ["k", "↑"], words: "keys.up" },
  // The list hears this one itself: elsewhere it presses what has the focus.
  open: { keys: [], shown: ["Enter"], words: "keys.open" },
  next: { keys: ["n"], words: "keys.next" },
  start_login: { keys: ["l"], words: "keys.start_login" },
  copy_link: { keys: ["c"], words: "keys.copy_link" },
  live_view: { keys: ["v"], words: "keys.live_view" },
  take_over: { keys: ["t"], words: "keys.take_over" },
  give_back: { keys: ["F8"], words: "keys.give_back", always: true },
  wall: { keys: ["w"], words: "keys.wall" },
  facts: { keys: ["i"], words: "keys.facts" },
  edit: { keys: ["e"], words: "keys.edit" },
  filter: {
    keys: ["1", "2", "3", "4", "5", "6", "7"],
    shown: ["1", "7"],
    words: "keys.filter",
  },
  leave: { keys: ["Escape"], shown: ["Esc"], words: "keys.leave", always: true },
  help: { keys: ["?"], words: "keys.help" },
};

type Handler = (key: string) => void;

/**
 * The console's keys. A component says what it does when a key is pressed, as long as it is on the
 * page; of several, the one that came last: what is on top.
 */
export class Keys {
  #handlers: Partial<Record<Wish, Handler[]>> = {};

  /** Registers a handler until the returned function is called. */
  on(wish: Wish, handler: Handler): () => void {
    const handlers = (this.#handlers[wish] ??= []);
    handlers.push(handler);
    return () => {
      handlers.splice(handlers.lastIndexOf(handler), 1);
    };
  }

  /** Hears a key of the whole window. */
  readonly press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    for (const [wish, { keys, always }] of Object.entries(shortcuts) as [Wish, Shortcut][]) {
      if (!keys.includes(event.key)) continue;
      // A dialog on top has its own ways out; the remote browser is given back from anywhere.
      if (wish !== "give_back" && document.querySelector("dialog:modal") !== null) return;
      if (always !== true && typing(event.target)) return;
      const handler = this.#handlers[wish]?.at(-1);
      if (!handler) return;
      event.preventDefault();
      handler(event.key);
      return;
    }
  };
}

/** Whether a key there is a letter of a text. */
function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type);
  return target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName);
}

export const [getKeys, setKeys] = createContext<Keys>();

/** Does something when a key is pressed, while the component that called this is on the page. */
export function onKey(wish: Wish, handler: Handler): void {
  const keys = getKeys();
  $effect(() => keys.on(wish, handler));
}
