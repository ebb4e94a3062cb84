import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";
import type { FakePlatform } from "../../ui/src/lib/platform/fake";
import type { FakeConsole } from "../../ui/src/lib/platform/fake-console";
import type { View } from "../../ui/src/lib/platform/types";
import type * as make from "../../ui/src/gallery/make";

declare global {
  /** What the gallery's page offers to its tests. */
  interface Offered {
    platform: FakePlatform;
    /** The console's, where that is what is shown. */
    console: FakeConsole;
    make: typeof make;
  }
  var usher: Offered;
  var stateNames: string[];
  var axe: typeof import("axe-core");
}

export interface Look {
  theme?: "light" | "dark";
  text?: "200";
}

/** One state of the gallery on a page, and the hands to work with it. */
export class Gallery {
  readonly page: Page;
  readonly base = process.env["GALLERY_URL"] ?? "";

  constructor(page: Page) {
    this.page = page;
  }

  async open(state: string, look: Look = {}): Promise<void> {
    const asked = new URLSearchParams({ state, ...look });
    // Some states frame a page that never answers: no use in waiting for all of it.
    const all = `${this.base}/gallery.html?${asked.toString()}`;
    await this.page.goto(all, { waitUntil: "commit" });
    // Not frame by frame: a page that is not on top may get no frames.
    await this.page.waitForFunction(() => "usher" in globalThis, null, { polling: 20 });
  }

  /** Changes the flow that is shown, as the other side would. */
  async change(change: Partial<View>): Promise<void> {
    await this.page.evaluate((change) => {
      usher.platform.changeView(change);
    }, change);
  }

  /** The commands the page has given, by name. */
  calls(): Promise<FakePlatform["calls"]> {
    return this.page.evaluate(() => usher.platform.calls);
  }

  /** The answers the page has sent. */
  async answers() {
    return (await this.calls()).flatMap((call) => (call.command === "answer" ? [call.answer] : []));
  }

  field(id: string) {
    return this.page.locator(`[data-field="${id}"]`);
  }

  choice(id: string) {
    return this.page.locator(`[data-choice="${id}"]`);
  }

  action(name: string) {
    return this.page.locator(`[data-action="${name}"]`);
  }

  part(name: string) {
    return this.page.locator(`[data-part="${name}"]`);
  }

  heading() {
    return this.page.getByRole("heading", { level: 1 });
  }
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/**
 * What axe finds on a page, in short lines. The contrast is held to 7:1, not only to 4.5:1.
 * `colours` alone is what may differ between the themes.
 */
export async function axeFindings(page: Page, what: "all" | "colours" = "all"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (what) =>
      axe.run(document, {
        resultTypes: ["violations"],
        runOnly:
          what === "all"
            ? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
            : { type: "rule", values: ["color-contrast", "color-contrast-enhanced"] },
        rules: {
          "color-contrast-enhanced": { enabled: true },
          ...(what === "all" && { "target-size": { enabled: true } }),
        },
      }),
    what,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
  );
}

/** The gallery; a page that errs, breaks the policy or asks for anything outside fails its test. */
export const test = base.extend<{ gallery: Gallery }>({
  gallery: async ({ page }, use) => {
    const gallery = new Gallery(page);
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") wrong.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${gallery.base}/`)) wrong.push(`asked for ${request.url()}`);
    });
    await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
    await use(gallery);
    expect(wrong).toEqual([]);
  },
});

export { expect };
