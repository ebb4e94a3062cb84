import { expect, test } from "../gallery";

test("the link's code is asked for once, when the person goes on", async ({ gallery, page }) => {
  await gallery.open("screen-invited");
  await expect(gallery.heading()).toBeFocused();
  expect((await gallery.calls()).map((call) => call.command)).toEqual(["watch_login", "ready"]);
  await gallery.action("begin").dblclick();
  await page.keyboard.press("Enter");
  const begun = (await gallery.calls()).filter((call) => call.command === "begin");
  expect(begun).toHaveLength(1);
});

test("a pasted link is handed over and not kept", async ({ gallery, page }) => {
  await gallery.open("screen-no_link");
  await gallery.field("link").fill(" usher://login/ma_1?code=c ");
  await gallery.action("paste_link").click();
  await expect(page.locator("[data-screen]")).toHaveAttribute("data-screen", "bad_link");
  expect((await gallery.calls()).at(-1)).toEqual({
    command: "open_link",
    link: "usher://login/ma_1?code=c",
  });
  await expect(gallery.field("link")).toHaveValue("");
});

for (const state of ["invited-instead", "bad-link-over-a-login", "not-opened-again"]) {
  test(`a login behind the link can be gone back to (${state})`, async ({ gallery }) => {
    await gallery.open(state);
    await expect(gallery.action("dismiss_link")).toHaveAccessibleName(/netflix\.com/);
    await gallery.action("dismiss_link").click();
    expect((await gallery.calls()).at(-1)).toEqual({ command: "dismiss_link" });
  });
}

test("no link at all is asked for", async ({ gallery }) => {
  await gallery.open("screen-no_link");
  await gallery.action("paste_link").click();
  await expect(gallery.field("link")).toBeFocused();
  await expect(gallery.field("link")).toHaveAccessibleDescription(/^Paste the link first\./);
});

test("each stage takes the focus to its heading, or to its first field, and is said", async ({
  gallery,
  page,
}) => {
  await gallery.open("stage-finding_out");
  await expect(gallery.heading()).toBeFocused();
  await expect(gallery.part("announce")).toHaveText("Finding out what netflix.com asks");
  await page.evaluate(() => {
    const { code, prompt } = usher.make;
    usher.platform.changeView({ stage: "asking", prompt: prompt([code]) });
  });
  await expect(gallery.field("f_code")).toBeFocused();
  await expect(gallery.part("announce")).toHaveText("Enter the code");
  await page.evaluate(() => {
    const { code, prompt } = usher.make;
    usher.platform.changeView({ stage: "sending", prompt: prompt([code], [], { open: false }) });
  });
  await expect(gallery.part("announce")).toHaveText("Sending your answer to netflix.com.");
  await expect(gallery.field("f_code")).toBeFocused();
  await gallery.change({ stage: "logged_in", prompt: null, ways: ["close"] });
  await expect(gallery.heading()).toBeFocused();
  await expect(gallery.heading()).toHaveText("You’re logged in");
});

test("waiting on a phone keeps the focus on its heading and shows every way out", async ({
  gallery,
}) => {
  await gallery.open("waiting-with-field");
  await expect(gallery.heading()).toBeFocused();
  await expect(gallery.part("message")).toContainText("netflix.com says");
  await expect(gallery.field("f_code")).toBeVisible();
  await expect(gallery.choice("sms-1")).toBeVisible();
  await expect(gallery.choice("google")).toBeVisible();
});

test("what the site says went wrong is said at once", async ({ gallery }) => {
  await gallery.open("field-code");
  await gallery.change({ website_error: "That code has expired." });
  await expect(gallery.part("alert")).toContainText("netflix.com says: That code has expired.");
  await gallery.change({ notice: { kind: "outcome_unknown" } });
  await expect(gallery.part("alert")).toContainText("The connection broke");
});

test("the time left is quiet, then warns and says so once", async ({ gallery, page }) => {
  await page.clock.install();
  await gallery.open("field-code");
  await expect(gallery.part("countdown")).toContainText("17 min left");
  await page.clock.fastForward("15:00");
  await expect(gallery.part("countdown")).toContainText("2 min left");
  await expect(gallery.part("announce")).toHaveText("Enter the code");
  await page.clock.fastForward("01:00");
  await expect(gallery.part("countdown")).toContainText(/1:\d\d left/);
  await expect(gallery.part("announce")).toHaveText(
    "Less than two minutes are left for this login.",
  );
  await page.evaluate(() => {
    document.querySelector("[data-part=announce]")?.replaceChildren("heard");
  });
  await page.clock.fastForward("00:05");
  await expect(gallery.part("announce")).toHaveText("heard");
});

test("a computer whose clock is wrong counts right", async ({ gallery }) => {
  await gallery.open("field-code");
  await gallery.change({ clock_ahead_ms: -5 * 60_000 });
  await expect(gallery.part("countdown")).toContainText("12 min left");
  await gallery.change({ clock_ahead_ms: 5 * 60_000 });
  await expect(gallery.part("countdown")).toContainText("22 min left");
});

test("an end gives a message to send, and copies it", async ({ gallery, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await gallery.open("stage-failed");
  const message = gallery.part("request");
  await expect(message).toContainText("Hello, I tried to log in to netflix.com");
  await expect(message).toContainText("credentials_invalid");
  await gallery.action("copy_request").click();
  await expect(gallery.action("copy_request")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await message.textContent(),
  );
  await gallery.action("show_details").click();
  await expect(page.getByText("invalid credentials (attempt 3 of 3)")).toBeVisible();
});

test("the message about an end that nobody knows does not call it a failure", async ({
  gallery,
}) => {
  await gallery.open("stage-unconfirmed");
  const message = gallery.part("request");
  await expect(message).toContainText("Do you see it logged in?");
  await expect(message).not.toContainText("didn’t work out");
});

test("what happens to what is typed is said as it is", async ({ gallery, page }) => {
  await gallery.open("not-saved-recorded");
  const footer = page.locator("footer");
  await expect(footer).toContainText("Goes to netflix.com through Kernel.");
  await expect(footer).toContainText("Not saved for next time.");
  await expect(footer).toContainText("The remote browser is being recorded.");
});
