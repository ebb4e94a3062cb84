import { mount } from "svelte";
import Console from "./Console.svelte";
import { consoleTauri } from "./lib/platform/console-tauri";
import "./styles/tokens.css";
import "./styles/base.css";

const target = document.getElementById("app");
if (!target) throw new Error("the page has no place for the console");
mount(Console, { target, props: { platform: consoleTauri } });
