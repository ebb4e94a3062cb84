import { fileURLToPath } from "node:url";
import { expect, test } from "../gallery";
import { names } from "../names";

const folder = fileURLToPath(new URL("../../../target/gallery/", import.meta.url));

const sizes = [
  { name: "360", width: 360, height: 640, text: false },
  { name: "440", width: 440, height: 680, text: false },
  { name: "1280", width: 1280, height: 800, text: false },
  { name: "360-text-200", width: 360, height: 640, text: true },
];

for (const name of names) {
  test(name, async ({ gallery, page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await gallery.open(name);
    await expect(gallery.heading()).toBeVisible();
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
  });
}
