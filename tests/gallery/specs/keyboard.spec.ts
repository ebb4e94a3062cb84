import { expect, test } from "../gallery";

test("a form and its choices are walked by keyboard alone", async ({ gallery, page }) => {
  await gallery.open("fields-and-choices");
  await expect(gallery.field("f_user")).toBeFocused();
  await page.keyboard.type("ada");
  await page.keyboard.press("Tab");
  await expect(gallery.field("f_pw")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(gallery.action("reveal")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(gallery.action("submit")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(gallery.choice("google")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(gallery.action("show_pages")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(gallery.action("open_live_view")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(gallery.action("open_hosted_page")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(gallery.action("who_can_see")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Usher keeps nothing of what you type.")).toBeVisible();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  expect(await gallery.answers()).toEqual([
    { interaction_id: "mai_1", selected_choice_id: "google" },
  ]);
});

test("Enter sends a form", async ({ gallery, page }) => {
  await gallery.open("field-code");
  await page.keyboard.type("123456");
  await page.keyboard.press("Enter");
  expect(await gallery.answers()).toHaveLength(1);
});

test("an unknown host is asked about; Escape leaves it closed and goes back", async ({
  gallery,
  page,
}) => {
  await gallery.open("stage-needs_a_person");
  await page.evaluate(() => {
    const host = "live.unknown.example";
    usher.platform.opened.push({ kind: "confirm", host }, { kind: "confirm", host });
  });
  await gallery.action("open_live_view").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Open this page?" });
  await expect(dialog).toBeVisible();
  await expect(gallery.part("host")).toHaveText("live.unknown.example");
  await expect(gallery.action("leave_closed")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(gallery.action("open_live_view")).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(gallery.part("page-outcome")).toHaveText(/Opened in your browser/);
  const opened = (await gallery.calls()).filter((call) => call.command === "open_page");
  expect(opened.map((call) => [call.page, call.confirmed])).toEqual([
    ["live_view", null],
    ["live_view", null],
    ["live_view", "live.unknown.example"],
  ]);
});

for (const [why, words] of [
  ["no_page", "That page isn’t there any more."],
  ["bad_address", "its address isn’t safe"],
  ["no_browser", "Usher found no browser"],
] as const) {
  test(`a page that can't be opened (${why}) says why`, async ({ gallery, page }) => {
    await gallery.open("stage-needs_a_person");
    await page.evaluate((why) => usher.platform.opened.push({ kind: "refused", why }), why);
    await gallery.action("open_live_view").click();
    await expect(gallery.part("page-outcome")).toContainText(words);
    await expect(gallery.part("announce")).toContainText(words);
  });
}

test("the dialog is sound for axe too", async ({ gallery, page }) => {
  const { axeFindings } = await import("../gallery");
  for (const theme of ["light", "dark"] as const) {
    await gallery.open("stage-needs_a_person", { theme });
    await page.evaluate(() =>
      usher.platform.opened.push({ kind: "confirm", host: "live.unknown.example" }),
    );
    await gallery.action("open_live_view").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  }
});
