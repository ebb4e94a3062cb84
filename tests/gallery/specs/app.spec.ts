import { expect, test } from "../gallery";
import { names } from "../names";

/** The shell's side of the app's real page: commands recorded, a window sent over the channel. */
function shell() {
  const callbacks = new Map<number, (message: unknown) => void>();
  const commands: { name: string; given: unknown }[] = [];
  const internals = {
    transformCallback(callback: (message: unknown) => void) {
      callbacks.set(callbacks.size + 1, callback);
      return callbacks.size;
    },
    unregisterCallback: (id: number) => callbacks.delete(id),
    invoke(name: string, given: { channel?: { id: number } }) {
      commands.push({ name, given });
      // The first value comes before the command has even returned.
      if (given.channel) {
        const window = { revision: 4, keychain: { state: "kept" }, screen: { kind: "no_link" } };
        callbacks.get(given.channel.id)?.({ index: 0, message: window });
      }
      return Promise.resolve(null);
    },
  };
  Object.assign(window, { __TAURI_INTERNALS__: internals, commands });
  // As the app's configuration does.
  Object.freeze(Object.prototype);
}

test("the app's page follows the shell, says that it is ready, and hands a link over", async ({
  gallery,
  page,
}) => {
  await page.addInitScript(shell);
  // The built page names its files from the root, which is the gallery's here.
  await page.route(`${gallery.base}/assets/**`, (route) =>
    route.continue({ url: route.request().url().replace("/assets/", "/app/assets/") }),
  );
  await page.goto(`${gallery.base}/app/index.html`);
  await expect(page.locator("[data-screen]")).toHaveAttribute("data-screen", "no_link");
  await expect(page.locator("[data-screen]")).toHaveAttribute("data-revision", "4");
  await gallery.field("link").fill("usher://login/ma_1?code=c");
  await gallery.action("paste_link").click();
  const commands = () =>
    page.evaluate(() =>
      (globalThis as unknown as { commands: { name: string }[] }).commands.map(({ name }) => name),
    );
  await expect.poll(commands).toEqual(["watch_login", "ready", "open_link"]);
});

test("the app's page holds nothing of the gallery", async ({ gallery, page }) => {
  const html = await (await page.request.get(`${gallery.base}/app/index.html`)).text();
  const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  expect(files.length).toBeGreaterThan(1);
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|style=/);
  for (const file of files) {
    const text = await (await page.request.get(`${gallery.base}/app${file ?? ""}`)).text();
    for (const name of names.filter((name) => name.includes("awkward"))) {
      expect(text).not.toContain(name);
    }
    expect(text).not.toMatch(/\beval\(|new Function\(/);
  }
});
