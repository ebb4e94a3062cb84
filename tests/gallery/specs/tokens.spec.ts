import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "../gallery";

const grounds = ["ground", "raised", "sunken", "hover"];
const text: [string, string[]][] = [
  ["text", [...grounds, "chosen", "warn-ground", "bad-ground", "ok-ground"]],
  ["quiet", [...grounds, "chosen", "warn-ground", "bad-ground"]],
  ["accent", grounds],
  ["on-accent", ["accent", "accent-hover"]],
  ["bad", ["ground", "raised", "bad-ground"]],
  ["warn", ["ground", "raised", "hover", "chosen", "warn-ground"]],
];
const parts: [string, string[]][] = [
  ["edge", grounds],
  ["focus", grounds],
  ["bad-edge", ["ground", "raised"]],
  ["accent", ["ground", "chosen"]],
  ["ok", ["ok-ground", "ground", "hover", "chosen"]],
  ["bad", ["hover", "chosen"]],
];

for (const theme of ["light", "dark"] as const) {
  test(`${theme}: text at 7:1, parts of the interface at 3:1`, async ({ gallery, page }) => {
    await gallery.open("screen-flow", { theme });
    const short = await page.evaluate(
      ({ text, parts }) => {
        const context = document
          .createElement("canvas")
          .getContext("2d", { willReadFrequently: true });
        if (!context) throw new Error("no canvas");
        const probe = document.body.appendChild(document.createElement("i"));
        const luminance = (token: string) => {
          probe.style.color = `var(--${token})`;
          context.fillStyle = getComputedStyle(probe).color;
          context.fillRect(0, 0, 1, 1);
          const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
          const [lr = 0, lg = 0, lb = 0] = [r, g, b].map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
        };
        const below = (pairs: [string, string[]][], least: number) =>
          pairs.flatMap(([front, backs]) =>
            backs.flatMap((back) => {
              const [a, b] = [luminance(front), luminance(back)];
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)}`] : [];
            }),
          );
        return [...below(text, 7), ...below(parts, 3)];
      },
      { text, parts },
    );
    expect(short).toEqual([]);
  });
}

test("only the tokens hold raw colours, sizes and durations", () => {
  const source = fileURLToPath(new URL("../../../ui/src/", import.meta.url));
  const raw = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)a?\(|\b\d*\.?\d+(?:px|rem|em|ms|s)\b/i;
  const found: string[] = [];
  for (const name of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".svelte") || name.startsWith("gallery")) continue;
    const style = /<style>(.*)<\/style>/s.exec(readFileSync(join(source, name), "utf8"))?.[1] ?? "";
    for (const line of style.split("\n")) if (raw.test(line)) found.push(`${name}: ${line.trim()}`);
  }
  expect(found).toEqual([]);
});

test("motion stops where less is asked for", async ({ gallery, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await gallery.open("stage-finding_out");
  const running = await page.evaluate(() => document.getAnimations().length);
  expect(running).toBe(0);
});
