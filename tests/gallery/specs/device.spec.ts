import { deviceOf } from "../../../ui/src/lib/console/authflow/device";
import { expect, test } from "@playwright/test";

const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const blink = "AppleWebKit/537.36 (KHTML, like Gecko)";

const known: Record<string, string> = {
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${blink} Chrome/91.0.4472.114 Safari/537.36`]:
    "Chrome 91 on macOS",
  "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0": "Firefox 145 on Linux",
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.91`]:
    "Edge 120 on Windows",
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) ${webkit} Version/17.1 Mobile/15E148 Safari/604.1`]:
    "Safari 17 on iOS (iPhone)",
  [`Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${webkit} Version/16.6 Mobile/15E148 Safari/604.1`]:
    "Safari 16 on iOS (iPad)",
  [`Mozilla/5.0 (Linux; Android 14; Pixel 8) ${blink} Chrome/119.0.6045.66 Mobile Safari/537.36`]:
    "Chrome 119 on Android",
  [`Mozilla/5.0 (Linux; Android 13; SM-S908B) ${blink} SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36`]:
    "Samsung Internet 23 on Android",
};

for (const [agent, words] of Object.entries(known)) {
  test(`a browser is told by what it says of itself: ${words}`, () => {
    const device = deviceOf(agent);
    expect(device && `${device.browser} on ${device.system}`).toBe(words);
  });
}

for (const [name, agent] of [
  ["none", null],
  ["an empty one", ""],
  ["blanks", "   "],
  ["a robot", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"],
  ["a tool", "curl/8.5.0"],
  ["garbage", "x".repeat(400)],
  ["open brackets", `Mozilla/5.0 ${"(".repeat(388)}`],
  ["markup for a name", "<img src=x>/1.0 (Windows NT 10.0)"],
  ["an odd name", "__proto__/1.0 (constructor)"],
] as const) {
  test(`what can't be read is no device: ${name}`, () => {
    expect(deviceOf(agent)).toBeNull();
  });
}

test("a version without end is left out", () => {
  const agent = `Mozilla/5.0 (X11; Linux x86_64) ${blink} Chrome/1${"9".repeat(300)} Safari/537.36`;
  expect(deviceOf(agent)).toEqual({ browser: "Chrome", system: "Linux" });
});
