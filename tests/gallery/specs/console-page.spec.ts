import { expect, test } from "../gallery";
import { consoleNames } from "../names";

/** The shell's side of the console's real page: commands recorded, values sent over channels. */
function shell() {
  const callbacks = new Map<number, (message: unknown) => void>();
  const commands: { name: string; given: Record<string, unknown> }[] = [];
  const places = new Map<string, number>();
  const next = new Map<string, number>();
  const say = (command: string, message: unknown) => {
    const index = next.get(command) ?? 0;
    next.set(command, index + 1);
    callbacks.get(places.get(command) ?? -1)?.({ index, message });
  };
  const environment = { name: "kernel", host: "api.onkernel.com", is_sandbox: false };
  const settings = { keep_watching: null, notifications: true, not_kept: false };
  const welcome = {
    revision: 7,
    screen: { kind: "welcome", environment, key: { kind: "wanted" } },
    environments: [environment],
    settings,
    closing: false,
  };
  const internals = {
    transformCallback(callback: (message: unknown) => void) {
      callbacks.set(callbacks.size + 1, callback);
      return callbacks.size;
    },
    unregisterCallback: (id: number) => callbacks.delete(id),
    invoke(name: string, given: { channel?: { id: number } } = {}) {
      commands.push({ name, given });
      if (given.channel) places.set(name, given.channel.id);
      // The first value comes before the command has even returned.
      if (name === "watch_console") say(name, welcome);
      return Promise.resolve(null);
    },
  };
  Object.assign(window, { __TAURI_INTERNALS__: internals, commands, say, welcome });
  // As the app's configuration does.
  Object.freeze(Object.prototype);
}

declare global {
  var commands: { name: string; given: Record<string, unknown> }[];
  var say: (command: string, message: unknown) => void;
  var welcome: { revision: number; screen: unknown };
}

test("the console's page follows the shell, drops what is older, and hands a key over", async ({
  gallery,
  page,
}) => {
  await page.addInitScript(shell);
  // The built page names its files from the root, which is the gallery's here.
  await page.route(`${gallery.base}/assets/**`, (route) =>
    route.continue({ url: route.request().url().replace("/assets/", "/app/assets/") }),
  );
  await page.goto(`${gallery.base}/app/console.html`);
  const screen = page.locator("[data-screen]");
  await expect(screen).toHaveAttribute("data-screen", "welcome");
  await expect(screen).toHaveAttribute("data-revision", "7");
  await gallery.field("key").fill("sk_test");
  await gallery.action("use_key").click();
  await page.evaluate(() => {
    const older = { kind: "misconfigured", file: "f", line: null, text: null, problem: "p" };
    say("watch_console", { ...welcome, revision: 6, screen: older });
  });
  await expect(screen).toHaveAttribute("data-screen", "welcome");
  const calls = await page.evaluate(() =>
    commands.map(({ name, given }) => [name, given["key"] ?? null]),
  );
  expect(calls).toEqual([
    ["watch_console", null],
    ["watch_list", null],
    ["watch_connection", null],
    ["watch_authflow", null],
    ["ready", null],
    ["use_key", "sk_test"],
  ]);
});

test("the console's page holds nothing of the gallery", async ({ gallery, page }) => {
  const html = await (await page.request.get(`${gallery.base}/app/console.html`)).text();
  const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  expect(files.length).toBeGreaterThan(1);
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|style=/);
  for (const file of files) {
    const text = await (await page.request.get(`${gallery.base}/app${file ?? ""}`)).text();
    for (const name of consoleNames.filter((name) => name.includes("awkward"))) {
      expect(text).not.toContain(name);
    }
    expect(text).not.toMatch(/\beval\(|new Function\(/);
  }
});
