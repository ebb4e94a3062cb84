import { expect, test } from "../console";

/** The row that the keys are at, as a screen reader finds it. */
function active() {
  const list = document.querySelector("[data-part=list]");
  const row = document.getElementById(list?.getAttribute("aria-activedescendant") ?? "");
  return row?.getAttribute("data-row") ?? null;
}

test("of ten thousand rows only those near the window are on the page", async ({ desk, page }) => {
  await desk.open("desk-10000");
  await expect(desk.row("ma_0")).toHaveAttribute("aria-setsize", "10000");
  expect(await page.locator("[data-row]").count()).toBeLessThan(100);
  await desk.part("list").evaluate((list) => {
    list.scrollTop = list.scrollHeight;
  });
  await expect(desk.row("ma_9999")).toBeInViewport();
  await expect(desk.row("ma_9999")).toHaveAttribute("aria-posinset", "10000");
  await desk.part("list").evaluate((list) => {
    list.scrollTop = list.scrollHeight / 2;
  });
  await expect(desk.row("ma_5000")).toBeInViewport();
  expect(await page.locator("[data-row]").count()).toBeLessThan(100);
  for (const [{ count }] of await desk.given("look")) expect(count).toBeLessThanOrEqual(200);
});

test("the list is walked and opened by keyboard", async ({ desk, page }) => {
  await desk.open("desk-many");
  await page.keyboard.press("j");
  await expect(desk.part("list")).toBeFocused();
  expect(await page.evaluate(active)).toBe("ma_0");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(active)).toBe("ma_2");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_1");
  await expect(desk.row("ma_1")).toHaveAttribute("aria-selected", "true");
  await expect(desk.part("list")).toBeFocused();

  await page.keyboard.press("End");
  await expect(desk.row("ma_511")).toBeInViewport();
  await expect.poll(() => page.evaluate(active)).toBe("ma_511");
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(active)).toBe("ma_511");
  await page.keyboard.press("PageUp");
  await expect.poll(() => page.evaluate(active)).not.toBe("ma_511");
  await page.keyboard.press("Home");
  await expect.poll(() => page.evaluate(active)).toBe("ma_0");
  await page.keyboard.press("PageDown");
  const after = await page.evaluate(active);
  expect(Number(after?.slice(3))).toBeGreaterThan(5);
  await expect(desk.row(after ?? "")).toBeInViewport();
  await page.keyboard.press(" ");
  await expect(desk.part("connection")).toHaveAttribute("data-connection", after ?? "");
});

test("the keys stay at their row when others come above it", async ({ desk, page }) => {
  await desk.open("desk-many");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.evaluate(() => {
    const fresh = usher.consoleMake.waiting("ma_fresh", { domain: "fresh.example" });
    usher.console.changeList((rows) => [fresh, ...rows]);
  });
  await expect(desk.row("ma_fresh")).toBeVisible();
  expect(await page.evaluate(active)).toBe("ma_1");
  // The row goes far away: what was meant is opened, not what stands there now.
  await page.evaluate(() => {
    usher.console.changeList((rows) => [
      ...rows.filter(({ id }) => id !== "ma_1"),
      ...rows.filter(({ id }) => id === "ma_1"),
    ]);
  });
  await expect(desk.row("ma_1")).toHaveCount(0);
  await page.keyboard.press("Enter");
  expect(await desk.given("open")).toEqual([["ma_1"]]);
});

test("what is read stays where it is when rows come above it", async ({ desk, page }) => {
  await desk.open("desk-many");
  await desk.part("list").evaluate((list) => {
    list.scrollTop = 100 * 48 + 10;
  });
  await expect(desk.row("ma_105")).toBeInViewport();
  const before = await desk.row("ma_105").boundingBox();
  await page.evaluate(() => {
    const fresh = ["a", "b", "c"].map((id) => usher.consoleMake.waiting(`ma_${id}`));
    // One of those that are seen begins to wait too, and jumps to the top.
    usher.console.changeList((rows) => [
      ...fresh,
      ...rows.filter(({ id }) => id === "ma_103"),
      ...rows.filter(({ id }) => id !== "ma_103"),
    ]);
  });
  await expect(desk.row("ma_103")).toHaveCount(0);
  await expect.poll(async () => (await desk.row("ma_105").boundingBox())?.y).toBe(before?.y);
});

test("a search narrows the list, says how many, and is left in steps", async ({ desk, page }) => {
  await desk.open("desk-many");
  await page.keyboard.press("/");
  await expect(desk.field("search")).toBeFocused();
  await page.keyboard.type("grace-9");
  // Letters that are keys elsewhere are letters here.
  await expect(desk.field("search")).toHaveValue("grace-9");
  await expect(desk.part("total")).toHaveText("1 connection");
  await expect(desk.part("announce")).toContainText("1 connection");
  expect((await desk.given("look")).at(-1)?.[0]).toMatchObject({ query: "grace-9", first: 0 });
  await page.keyboard.press("ArrowDown");
  await expect(desk.part("list")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_9");

  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await expect(desk.field("search")).toHaveValue("");
  await expect(desk.part("total")).toHaveText("512 connections");
  await page.keyboard.press("Escape");
  await expect(desk.field("search")).not.toBeFocused();

  await desk.field("search").fill("grace-9");
  await desk.action("clear_search").click();
  await expect(desk.field("search")).toHaveValue("");
  await expect(desk.field("search")).toBeFocused();
  await expect(desk.action("clear_search")).toHaveCount(0);
  await desk.field("search").fill("nothing of the kind");
  await expect(desk.part("no-rows")).toContainText("“nothing of the kind”");
  await desk.action("show_all").click();
  await expect(desk.row("ma_0")).toBeVisible();
});

test("while the service is asked too, that is said", async ({ desk, page }) => {
  await desk.open("desk-many");
  await page.evaluate(() => {
    usher.console.changeList((rows) => rows, { searching: true });
  });
  await expect(desk.part("searching")).toBeVisible();
  await page.evaluate(() => {
    usher.console.changeList((rows) => rows, { searching: false });
  });
  await expect(desk.part("searching")).toHaveCount(0);
});

test("filters count, are chosen by click or key, and keep the search", async ({ desk, page }) => {
  await desk.open("desk-usual");
  const filter = (name: string) => page.locator(`[data-filter=${name}]`);
  await expect(filter("needs_a_person").locator("[data-part=count]")).toHaveText("7");
  await filter("needs_a_person").click();
  await expect(filter("needs_a_person")).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("[data-row]")).toHaveCount(7);
  await expect(page.locator('[data-row]:not([data-state="needs_a_person"])')).toHaveCount(0);
  await desk.field("search").fill("-3");
  await expect(page.locator("[data-row]")).toHaveCount(1);
  await expect(filter("all").locator("[data-part=count]")).toHaveText("11");
  await desk.part("list").focus();
  await page.keyboard.press("1");
  await expect(page.locator("[data-row]")).toHaveCount(11);
  await page.keyboard.press("7");
  await expect(filter("failed")).toHaveAttribute("aria-pressed", "true");
  const looks = (await desk.given("look")).map(([{ filter, query }]) => `${filter} ${query}`);
  expect(looks.at(-1)).toBe("failed -3");
});

test("a row says what is wanted, how long there is, and when news are lost", async ({
  desk,
  page,
}) => {
  await desk.open("desk-late");
  const left = (id: string) => desk.row(id).locator("[data-part=left]");
  await expect(left("ma_1")).toHaveText(/0:\d\d Under two minutes left/);
  await expect(left("ma_3")).toContainText("0:00");
  // By the service's clock there are five minutes, whatever this computer's says.
  await expect(left("ma_4")).toHaveText("4 min 4 minutes left");
  await expect(desk.row("ma_1")).toHaveAttribute("data-need", "code");
  await expect(desk.row("ma_1").locator("[data-part=state]")).toHaveText("Wants a code");
  await page.evaluate(() => {
    usher.console.changeList((rows) => rows.map((row) => ({ ...row, has_news: false })));
  });
  await expect(desk.row("ma_1").locator("[data-part=no-news]")).toHaveText("No news just now");
});

test("text from outside is text", async ({ desk, page }) => {
  await desk.open("desk-hostile");
  await expect(page.locator("nav img, nav b, header img")).toHaveCount(0);
  await desk.row("ma_2").click();
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_2");
});

test("what is opened from elsewhere comes into sight; the wall leaves the place alone", async ({
  desk,
  page,
}) => {
  await desk.open("desk-many");
  await desk.part("list").evaluate((list) => {
    list.scrollTop = 200 * 48;
  });
  await expect(desk.row("ma_205")).toBeInViewport();
  await page.keyboard.press("w");
  await expect(desk.part("wall")).toBeVisible();
  await page.keyboard.press("w");
  await expect(desk.row("ma_205")).toBeInViewport();
  await page.keyboard.press("n");
  await expect(desk.row("ma_0")).toBeInViewport();
  await page.evaluate(() => void usher.console.open("ma_400"));
  await expect(desk.row("ma_400")).toBeInViewport();
  await expect(desk.row("ma_400")).toHaveAttribute("aria-selected", "true");
});

test("another filter is shown from its start", async ({ desk, page }) => {
  await desk.open("desk-many");
  await desk.part("list").evaluate((list) => {
    list.scrollTop = 200 * 48;
  });
  await expect(desk.row("ma_205")).toBeInViewport();
  await page.locator("[data-filter=logged_in]").click();
  await expect(page.locator("[data-row]").first()).toHaveAttribute("aria-posinset", "1");
  await expect(page.locator("[data-row]").first()).toBeInViewport();
});

test("more that wait are said, and fewer are not", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await page.evaluate(() => {
    usher.console.changeDesk({ waiting: 8 });
  });
  await expect(desk.part("announce")).toContainText("8 wait for a person");
  await page.evaluate(() => {
    usher.console.changeDesk({ waiting: 6 });
  });
  await expect(desk.part("waiting")).toContainText("6 wait");
  await expect(desk.part("announce")).toContainText("8 wait for a person");
});
