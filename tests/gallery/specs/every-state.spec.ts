import { axeFindings, expect, test } from "../gallery";
import { names } from "../names";

for (const name of names) {
  test(`${name}: axe finds nothing, and nothing is cut off`, async ({ gallery, page }) => {
    await gallery.open(name, { theme: "light" });
    await expect(gallery.heading()).toBeVisible();
    expect(await axeFindings(page), "light").toEqual([]);
    await setTheme("dark");
    expect(await axeFindings(page), "dark").toEqual([]);

    await page.setViewportSize({ width: 360, height: 640 });
    expect(await cutOff(), "360 wide").toEqual([]);
    await page.evaluate(() => {
      document.documentElement.classList.add("text-200");
    });
    expect(await cutOff(), "360 wide with 200 % text").toEqual([]);
    expect(await axeFindings(page), "360 wide with 200 % text").toEqual([]);

    function setTheme(theme: string) {
      return page.evaluate((theme) => {
        document.documentElement.dataset["theme"] = theme;
      }, theme);
    }

    /** What stands out of the window at a side, or hides a part of its text. */
    function cutOff() {
      return page.evaluate(() => {
        const found: string[] = [];
        if (document.documentElement.scrollWidth > innerWidth) found.push("scrolls sideways");
        for (const element of document.querySelectorAll<HTMLElement>("body *")) {
          if (element.closest(".unseen, svg")) continue;
          const { left, right, width } = element.getBoundingClientRect();
          if (width > 0 && (left < -1 || right > innerWidth + 1)) found.push(element.outerHTML);
          const hides = getComputedStyle(element).overflowX !== "visible";
          const clipped = element.scrollWidth > element.clientWidth + 1;
          if (hides && clipped && element.tagName !== "INPUT") found.push(element.outerHTML);
        }
        return found;
      });
    }
  });
}

test("the list of states is sound too", async ({ gallery, page }) => {
  await page.goto(`${gallery.base}/gallery.html`);
  await page.getByRole("button", { name: "stage-asking" }).click();
  const shown = page.frameLocator("iframe").locator("[data-stage]");
  await expect(shown).toHaveAttribute("data-stage", "asking");
});
