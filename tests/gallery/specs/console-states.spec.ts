import { expect, test } from "../console";
import { axeFindings } from "../gallery";
import { consoleNames } from "../names";

/** Families of one shape, of which only the words differ: the first of each stands for them. */
const families = ["facts-reauth-", "facts-credential-", "facts-proxy-", "desk-filter-"];
const names = consoleNames.filter((name) => {
  const family = families.find((family) => name.startsWith(family));
  return !family || consoleNames.find((first) => first.startsWith(family)) === name;
});

for (const name of names) {
  test(`${name}: axe finds nothing, and nothing is cut off`, async ({ desk, page }) => {
    await desk.open(name, { theme: "light" });
    await expect(page.locator("[data-screen][data-revision]")).toBeVisible();
    expect(await axeFindings(page), "light").toEqual([]);
    await expect.poll(cutOff, "1280 wide").toEqual([]);
    await page.evaluate(() => {
      document.documentElement.dataset["theme"] = "dark";
    });
    expect(await axeFindings(page, "colours"), "dark").toEqual([]);

    await page.setViewportSize({ width: 1920, height: 1080 });
    await expect.poll(cutOff, "1920 wide").toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => {
      document.documentElement.classList.add("text-200");
    });
    await expect.poll(cutOff, "200 % text").toEqual([]);

    /** What stands out of the window at a side, or hides a part of its text without telling it. */
    function cutOff() {
      return page.evaluate(() => {
        const found: string[] = [];
        if (document.documentElement.scrollWidth > innerWidth) found.push("scrolls sideways");
        for (const element of document.querySelectorAll<HTMLElement>("body *")) {
          if (element.closest(".unseen, svg, [data-part=live-frame]")) continue;
          // What is cut with a title tells it all there.
          if (element.parentElement?.closest("[title]")) continue;
          if (["INPUT", "SELECT", "OPTION"].includes(element.tagName)) continue;
          const { left, right, width } = element.getBoundingClientRect();
          if (width > 0 && (left < -1 || right > innerWidth + 1)) found.push(element.outerHTML);
          const hides = getComputedStyle(element).overflowX !== "visible";
          const clipped = element.scrollWidth > element.clientWidth + 1;
          if (hides && clipped && !element.title) found.push(element.outerHTML);
        }
        return found;
      });
    }
  });
}
