import { flushSync, mount, tick } from "svelte";
import App from "../App.svelte";
import Console from "../Console.svelte";
import { FakePlatform } from "../lib/platform/fake";
import { FakeConsole } from "../lib/platform/fake-console";
import * as consoleMake from "./console/make";
import * as authflowMake from "./console/make-authflow";
import { consoleGroups, consoleStates } from "./console/states";
import Gallery from "./Gallery.svelte";
import * as make from "./make";
import { groups, states } from "./states";
import "../styles/tokens.css";
import "../styles/base.css";
import "./gallery.css";

/*
 * `gallery.html` lists every state; `gallery.html?state=<name>` is that state alone, in the whole
 * window. `theme=light|dark` and `text=200` go with both.
 */
const asked = new URLSearchParams(location.search);
const theme = asked.get("theme");
if (theme !== null) document.documentElement.dataset["theme"] = theme;
if (asked.get("text") === "200") document.documentElement.classList.add("text-200");

const target = document.getElementById("app");
if (!target) throw new Error("the page has no place for the gallery");

const name = asked.get("state");
if (name === null) {
  mount(Gallery, { target });
} else {
  const state = states[name];
  const world = consoleStates[name];
  // For the tests, which play the other side.
  const offered: Record<string, unknown> = { make, consoleMake, authflowMake };
  if (state) {
    const platform = new FakePlatform(state());
    mount(App, { target, props: { platform } });
    offered["platform"] = platform;
  } else if (world) {
    const made = world();
    const platform = new FakeConsole(made);
    mount(Console, { target, props: { platform } });
    flushSync();
    for (const what of made.pressed ?? []) await press(what);
    offered["console"] = platform;
  } else {
    throw new Error(`there is no state ${name}`);
  }
  flushSync();
  Object.assign(globalThis, { usher: offered });
}
/** Presses a button, by its action, or else a key; `field=text` types into a field. */
async function press(what: string): Promise<void> {
  const [field, text] = what.split("=");
  const input = document.querySelector<HTMLInputElement>(`[data-field="${field ?? ""}"]`);
  if (input && text !== undefined) {
    input.value = text;
    return;
  }
  const button = document.querySelector<HTMLElement>(`[data-action="${what}"]`);
  if (button) button.click();
  else document.body.dispatchEvent(new KeyboardEvent("keydown", { key: what, bubbles: true }));
  await tick();
  // What was asked of the other side has been answered.
  await Promise.resolve();
  flushSync();
}

Object.assign(globalThis, {
  stateNames: Object.values({ ...groups, ...consoleGroups }).flatMap((group) => Object.keys(group)),
});
