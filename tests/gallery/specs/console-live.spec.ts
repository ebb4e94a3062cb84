import { expect, test } from "../console";

const id = "ma_abc123xyz";

test("a live view is framed so that it can reach nothing, and nothing reaches it", async ({
  desk,
  page,
}) => {
  await desk.open("live-here");
  const frame = desk.part("live-frame");
  await expect(frame).toHaveAttribute("sandbox", "allow-scripts");
  await expect(frame).toHaveAttribute("referrerpolicy", "no-referrer");
  await expect(frame).toHaveAttribute("src", "/frame-lead.html");
  await expect(frame).toHaveAttribute("tabindex", "-1");
  expect(await frame.getAttribute("allow")).toBeNull();
  expect(await frame.evaluate((frame) => frame.closest("[inert]") !== null)).toBe(true);
  await expect(desk.part("live-view")).toHaveAttribute("data-live", "here");
  // What is clicked is the shield.
  const hit = await frame.evaluate((frame) => {
    const { left, top, width, height } = frame.getBoundingClientRect();
    const at = document.elementFromPoint(left + width / 2, top + height / 2);
    return (at as HTMLElement).dataset["part"];
  });
  expect(hit).toBe("shield");
  expect(
    await page.evaluate(() => usher.console.calls.map(({ command }) => command)),
  ).not.toContain("takeOver");
});

test("taking over is asked for, shown as long as it lasts, and given back with F8", async ({
  desk,
  page,
}) => {
  await desk.open("live-here");
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  const dialog = page.getByRole("dialog", { name: "Take over the remote browser?" });
  await expect(dialog).toBeVisible();
  await expect(desk.action("leave_watching")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(desk.part("live-frame")).toHaveAttribute("src", "/frame-lead.html");

  await desk.action("take_over").click();
  await desk.action("confirm_take_over").click();
  await expect(desk.part("in-control")).toContainText("You’re in control");
  const frame = desk.part("live-frame");
  await expect(frame).toHaveAttribute("src", "/frame-lead.html?control");
  await expect(frame).toHaveAttribute("sandbox", "allow-scripts");
  expect(await frame.evaluate((frame) => frame.closest("[inert]") === null)).toBe(true);
  await expect(desk.part("shield")).toHaveCount(0);
  await expect(frame).toBeFocused();

  // From the frame, the shell hears the key; from anywhere else, the page.
  await desk.field("f_code").focus();
  await page.keyboard.press("F8");
  await expect(desk.part("in-control")).toHaveCount(0);
  await expect(desk.part("live-frame")).toHaveAttribute("src", "/frame-lead.html");
  await expect(desk.part("announce")).toContainText("given back");
  const calls = await page.evaluate(() => usher.console.calls.map(({ command }) => command));
  expect(calls.filter((command) => command === "takeOver" || command === "giveBack")).toEqual([
    "takeOver",
    "giveBack",
  ]);
});

test("given back while the keys were in the frame, they are at the button again", async ({
  desk,
  page,
}) => {
  await desk.open("live-in-control");
  await expect(desk.part("live-frame")).toBeFocused();
  await page.evaluate(() => usher.console.giveBack());
  await expect(desk.action("take_over")).toBeFocused();
});

test("who leaves the connection gives its remote browser back", async ({ desk, page }) => {
  await desk.open("live-in-control");
  await page.evaluate(() => usher.console.open(null));
  await expect(desk.part("live-frame")).toHaveCount(0);
  const calls = await page.evaluate(() => usher.console.calls.map(({ command }) => command));
  expect(calls).toContain("giveBack");
});

test("another that is taken over is said to be given back", async ({ desk }) => {
  await desk.open("live-take-over-instead");
  await expect(desk.part("instead")).toBeVisible();
});

for (const kind of ["none", "coming", "elsewhere", "gone"] as const) {
  test(`there is no frame while the live view is ${kind}`, async ({ desk, page }) => {
    await desk.open(`live-${kind}`);
    await expect(desk.part("flow")).toHaveAttribute("data-stage", "asking");
    await expect(page.locator("iframe")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
}

test("a view elsewhere shows its host, and opens in the browser after it was asked about", async ({
  desk,
  page,
}) => {
  await desk.open("live-elsewhere");
  await expect(desk.part("live-host")).toHaveText("live.unknown.example");
  await page.evaluate(() =>
    usher.console.outcomes.openPage.push({ kind: "confirm", host: "live.unknown.example" }),
  );
  await desk.action("open_live_view").click();
  await expect(desk.part("confirm")).toContainText("isn’t on this environment’s list");
  await desk.action("confirm_open").click();
  const opened = await page.evaluate(() =>
    usher.console.calls.flatMap((call) => (call.command === "openPage" ? [call.given] : [])),
  );
  expect(opened).toEqual([
    [id, "live_view", "browser", null],
    [id, "live_view", "browser", "live.unknown.example"],
  ]);
  await expect(desk.part("page-outcome")).toHaveText("Opened in your browser.");
});

test("without WebRTC it says so, frames nothing, and offers the browser", async ({
  desk,
  page,
}) => {
  await desk.open("live-no-webrtc");
  await expect(desk.part("live-view")).toContainText("This computer’s web engine can’t show it");
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(desk.action("take_over")).toHaveCount(0);
  await desk.action("open_live_view").click();
  await expect(desk.part("page-outcome")).toHaveText("Opened in your browser.");
});

test("a view that never comes says so, and can be loaded again or opened in the browser", async ({
  desk,
  page,
}) => {
  await page.clock.install();
  await desk.open("live-never");
  await expect(desk.part("live-view")).toContainText("Opening the view at live.onkernel.com");
  await page.clock.fastForward(9000);
  await expect(desk.part("live-slow")).toContainText("Nothing has come from live.onkernel.com");
  await expect(desk.part("live-slow").locator('[data-action="open_live_view"]')).toBeVisible();
  await desk.action("reload_view").click();
  await expect(desk.part("live-slow")).toHaveCount(0);
  await page.evaluate(
    ({ id, frame }) => {
      const host = "live.onkernel.com";
      usher.console.changeConnectionTo(id, { live_view: { kind: "here", host, frame } });
    },
    { id, frame: "/frame-lead.html" },
  );
  await expect(desk.part("live-view")).not.toContainText("Opening the view");
  await page.clock.fastForward(9000);
  await expect(desk.part("live-slow")).toHaveCount(0);
});

test("it follows the flow: it comes, and says that it is gone", async ({ desk, page }) => {
  await desk.open("live-coming");
  await expect(desk.part("live-coming")).toContainText("is being started");
  await page.evaluate((id) => {
    usher.console.changeConnectionTo(id, { live_view: { kind: "gone" } });
  }, id);
  await expect(desk.part("live-view")).toContainText("The remote browser is gone.");
});

test("larger fills the window, with all else out of reach, and Esc makes it smaller", async ({
  desk,
  page,
}) => {
  await desk.open("live-here");
  const frame = desk.part("live-frame");
  await frame.evaluate((frame) => {
    frame.dataset["mark"] = "the same";
  });
  const before = await frame.boundingBox();
  await page.keyboard.press("Escape");
  await page.keyboard.press("v");
  await expect(desk.part("live-view")).toHaveAttribute("data-large", "true");
  await expect(desk.action("toggle_large")).toBeFocused();
  const after = await frame.boundingBox();
  expect(after?.width ?? 0).toBeGreaterThan((before?.width ?? 0) * 1.5);
  // It is not loaded again.
  await expect(frame).toHaveAttribute("data-mark", "the same");
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement === document.body || activeElement?.closest("[data-part=live-view]");
    });
    expect(inside).toBeTruthy();
  }
  await page.keyboard.press("Escape");
  await expect(desk.part("live-view")).toHaveAttribute("data-large", "false");
  expect(
    await page.evaluate(() => document.activeElement?.closest("[data-part=live-view]")),
  ).not.toBeNull();
  await desk.field("f_code").fill("1");
});

for (const state of ["flow-needs_a_person", "flow-unfamiliar"]) {
  test(`${state} leads with the remote browser`, async ({ desk, page }) => {
    await desk.open(state);
    const order = await page.evaluate(() => {
      const [view, send] = ["live-view", "send"].map((part) =>
        document.querySelector(`[data-part="${part}"]`),
      );
      if (!view || !send) throw new Error("one is missing");
      return view.compareDocumentPosition(send) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    expect(order).toBeTruthy();
    await expect(desk.action("take_over")).toHaveClass(/primary/);
  });
}
