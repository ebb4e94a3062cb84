import { expect, test, type Desk } from "../console";

function tiles(desk: Desk): Promise<(string | undefined)[]> {
  return desk.page
    .locator("[data-tile]")
    .evaluateAll((tiles) => tiles.map((tile) => (tile as HTMLElement).dataset["tile"]));
}

/** The tile that has the focus. */
function focused(desk: Desk): Promise<string | undefined> {
  return desk.page.evaluate(
    () => document.activeElement?.closest<HTMLElement>("[data-tile]")?.dataset["tile"],
  );
}

test("the wall looks at what can be watched, who needs a person first", async ({ desk, page }) => {
  await desk.open("wall-9");
  expect(await tiles(desk)).toEqual([
    ...["ma_1", "ma_4", "ma_7"],
    ...["ma_2", "ma_3", "ma_5", "ma_6", "ma_8", "ma_9"],
  ]);
  const looks = await page.evaluate(() =>
    usher.console.calls.flatMap((call) => (call.command === "look" ? call.given : [])),
  );
  expect(looks.at(-1)).toEqual({ filter: "live", query: "", first: 0, count: 9 });
  const frames = page.locator("[data-part=wall] iframe");
  await expect(frames).toHaveCount(9);
  for (const frame of await frames.all()) {
    await expect(frame).toHaveAttribute("sandbox", "allow-scripts");
    await expect(frame).toHaveAttribute("src", "/frame-lead.html");
    expect(await frame.evaluate((frame) => frame.closest("[inert]") !== null)).toBe(true);
  }
  const line = page.locator('[data-tile="ma_4"]');
  await expect(line).toContainText("Wants a code");
  await expect(line).toContainText("4 min");
});

test("keys walk the wall, over its pages, and Enter opens", async ({ desk, page }) => {
  await desk.open("wall-many");
  await expect.poll(() => focused(desk)).toBe("ma_1");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => focused(desk)).toBe("ma_4");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => focused(desk)).toBe("ma_3");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("k");
  await expect.poll(() => focused(desk)).toBe("ma_1");
  await page.keyboard.press("End");
  await expect.poll(() => focused(desk)).toBe("ma_9");
  await page.keyboard.press("j");
  await expect.poll(() => focused(desk)).toBe("ma_10");
  await expect(desk.part("range")).toHaveText("10–18 of 23");
  await page.keyboard.press("PageDown");
  await expect(desk.part("range")).toHaveText("19–23 of 23");
  await expect(page.locator("[data-part=wall] iframe")).toHaveCount(5);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageUp");
  await expect(desk.part("range")).toHaveText("10–18 of 23");
  await page.keyboard.press("Enter");
  await expect(desk.part("wall")).toHaveCount(0);
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_10");
});

test("a click opens, and nothing is ever taken over from the wall", async ({ desk, page }) => {
  await desk.open("wall-4");
  await page.keyboard.press("t");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.locator('[data-tile="ma_2"]').click();
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_2");
  const calls = await page.evaluate(() => usher.console.calls.map(({ command }) => command));
  expect(calls).not.toContain("takeOver");
});

test("what is on the wall stays at its place, and is not loaded again", async ({ desk, page }) => {
  await desk.open("wall-4");
  const before = await tiles(desk);
  await page.evaluate(() => {
    for (const frame of document.querySelectorAll("iframe")) frame.dataset["mark"] = "the same";
    usher.console.changeList((rows) => {
      const [first, ...others] = [...rows].reverse();
      if (!first) throw new Error("no rows");
      const state = { kind: "needs_a_person", need: "person" } as const;
      return [...others.map((row) => (row.live ? { ...row, state } : row)), first];
    });
  });
  await expect(page.locator('[data-tile="ma_2"]')).toContainText("Act on the page");
  expect(await tiles(desk)).toEqual(before);
  await expect(page.locator('iframe[data-mark="the same"]')).toHaveCount(4);

  await page.evaluate(() => {
    usher.console.changeList((rows) => rows.filter(({ id }) => id !== "ma_4"));
  });
  expect(await tiles(desk)).toEqual(before.filter((id) => id !== "ma_4"));
});

test("back from the wall, the keys are at the list, and not in a field", async ({ desk, page }) => {
  await desk.open("live-here");
  await expect(desk.field("f_code")).toBeFocused();
  await page.keyboard.press("Escape");
  for (const back of ["Escape", "w"]) {
    await page.keyboard.press("w");
    await expect(desk.part("wall")).toBeVisible();
    await page.keyboard.press(back);
    await expect(desk.part("list")).toBeFocused();
    await expect(desk.field("f_code")).toBeVisible();
  }
});

test("nothing to watch is said, and Esc leaves the wall", async ({ desk, page }) => {
  await desk.open("wall-0");
  await expect(desk.part("wall-empty")).toContainText("No remote browser is running");
  await page.keyboard.press("Escape");
  await expect(desk.part("wall")).toHaveCount(0);
  await expect(desk.part("list")).toBeVisible();
});

test("without WebRTC the wall frames nothing and says so", async ({ desk, page }) => {
  await desk.open("wall-no-webrtc");
  await expect(page.locator("[data-tile]")).toHaveCount(4);
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(page.locator('[data-tile="ma_1"]')).toContainText("web engine can’t show it");
});
