import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "../gallery";
import { consoleNames, names } from "../names";

const folder = fileURLToPath(new URL("../../../target/gallery/", import.meta.url));

interface Size {
  name: string;
  width: number;
  height: number;
  text: boolean;
}

const loginSizes: Size[] = [
  { name: "360", width: 360, height: 640, text: false },
  { name: "440", width: 440, height: 680, text: false },
  { name: "1280", width: 1280, height: 800, text: false },
  { name: "360-text-200", width: 360, height: 640, text: true },
];

const consoleSizes: Size[] = [
  { name: "1280", width: 1280, height: 800, text: false },
  { name: "1920", width: 1920, height: 1080, text: false },
  { name: "1280-text-200", width: 1280, height: 800, text: true },
];

for (const name of names) {
  test(name, async ({ gallery, page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await gallery.open(name);
    await expect(gallery.heading()).toBeVisible();
    await picture(page, name, loginSizes);
  });
}

for (const name of consoleNames) {
  test(name, async ({ gallery, page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await gallery.open(name);
    await expect(page.locator("[data-screen][data-revision]")).toBeVisible();
    await picture(page, name, consoleSizes);
  });
}

/** Takes a picture of what is on the page, in every size and look. */
async function picture(page: Page, name: string, sizes: Size[]) {
  for (const { name: size, width, height, text } of sizes) {
    await page.setViewportSize({ width, height });
    await page.evaluate(
      (text) => document.documentElement.classList.toggle("text-200", text),
      text,
    );
    for (const look of ["light", "dark", "forced"] as const) {
      await page.emulateMedia({
        colorScheme: look === "dark" ? "dark" : "light",
        forcedColors: look === "forced" ? "active" : "none",
      });
      await page.screenshot({ path: `${folder}${look}/${size}/${name}.png`, fullPage: true });
    }
  }
}
