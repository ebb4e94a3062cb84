import type { KeychainTrouble, KeyState } from "../../lib/platform/types";
import type { World } from "../../lib/platform/fake-console";
import { hostile, longWord } from "./awkward";
import * as make from "./make";
import { kernel, sandbox, shows } from "./make";
import { each, type Worlds } from "./worlds";

const troubles: Record<KeychainTrouble, null> = {
  absent: null,
  locked: null,
  refused: null,
  silent: null,
  broken: null,
};

const keyStates: Record<KeyState["kind"], KeyState> = {
  looking: { kind: "looking" },
  wanted: { kind: "wanted" },
  keychain_trouble: { kind: "keychain_trouble", why: "locked" },
  checking: { kind: "checking" },
  failed: {
    kind: "failed",
    trouble: {
      code: "key_refused",
      title: "The API key was not accepted.",
      advice: "It may have been revoked. Enter another key.",
      details: "401: invalid API key",
    },
    try_again: false,
  },
};

function welcome(key: KeyState): World {
  return {
    window: shows(make.welcome(key)),
    rows: [],
    list: {},
    connections: {},
    happenings: [],
  };
}

function misconfigured(line: number | null, text: string | null, problem: string): World {
  const file = "/home/ada/.config/usher/environments.toml";
  return {
    ...welcome({ kind: "wanted" }),
    window: shows({ kind: "misconfigured", file, line, text, problem }, { environments: [] }),
  };
}

/** Before the desk. */
export const starts: Worlds = {
  "start-misconfigured": () =>
    misconfigured(
      7,
      'api = "http://api.staging.example"',
      "The address of an API begins with https://. Only one on this computer may begin with http://.",
    ),
  "start-misconfigured-whole": () =>
    misconfigured(null, null, "Usher may not read this file. Its permissions have to let you."),
  "start-misconfigured-hostile": () => misconfigured(12_345, hostile.repeat(3), hostile + longWord),
  ...each("start", keyStates, (kind) => () => welcome(keyStates[kind])),
  ...each("start-keychain", troubles, (why) => () => welcome({ kind: "keychain_trouble", why })),
  "start-unreachable": () =>
    welcome({
      kind: "failed",
      trouble: {
        code: "unreachable",
        title: "The service can’t be reached.",
        advice: "Look whether this computer is online, then try again.",
        details: null,
      },
      try_again: true,
    }),
  "start-one-environment": () => {
    const base = welcome({ kind: "wanted" });
    return { ...base, window: { ...base.window, environments: [kernel] } };
  },
  "start-sandbox-there": () => {
    const base = welcome({ kind: "wanted" });
    return { ...base, window: { ...base.window, environments: [kernel, sandbox] } };
  },
};
