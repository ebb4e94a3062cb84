import { expect, test } from "../console";
import { axeFindings } from "../gallery";

test("the next that needs a person is one key away", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await expect(desk.part("waiting")).toContainText("7 wait for a person");
  await page.keyboard.press("n");
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_0");
  await desk.action("open_next").click();
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_1");
});

test("nobody waits: that is said, and nothing opens", async ({ desk, page }) => {
  await desk.open("desk-one");
  await expect(desk.part("waiting")).toHaveText("Nobody is waiting");
  await page.keyboard.press("n");
  await expect(desk.part("announce")).toContainText("Nobody is waiting");
  await expect(desk.part("blank")).toBeVisible();
});

test("keys are not taken with others, while typing, or under a dialog", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await page.keyboard.press("Control+n");
  await page.keyboard.press("Alt+j");
  await desk.field("search").focus();
  await page.keyboard.press("n");
  await expect(desk.field("search")).toHaveValue("n");
  await desk.part("list").focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("n");
  expect(await desk.given("openNext")).toEqual([]);
});

test("the keys are listed, and Esc leads back", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await desk.action("show_shortcuts").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await expect(dialog).toContainText("Open the next that needs a person");
  await expect(dialog.locator("kbd").first()).toHaveText("/");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(desk.action("show_shortcuts")).toBeFocused();
});

test("another environment is chosen in one place", async ({ desk }) => {
  await desk.open("desk-usual");
  await desk.action("choose_environment").selectOption("staging");
  expect(await desk.given("chooseEnvironment")).toEqual([["staging"]]);
  // Until the other side works in it, the one that it works in is shown.
  await expect(desk.action("choose_environment")).toHaveValue("kernel");
});

test("settings are switched, and say what is not kept", async ({ desk, page }) => {
  await desk.open("desk-settings-unsaid");
  await desk.action("show_settings").click();
  const settings = desk.part("settings");
  await expect(settings).toContainText("asks when you close the window");
  await expect(desk.part("not-kept")).toBeVisible();
  await desk.action("toggle_notifications").check();
  await desk.action("toggle_keep_watching").check();
  expect(await desk.given("setNotifications")).toEqual([[true]]);
  expect(await desk.given("setKeepWatching")).toEqual([[true]]);
  await page.keyboard.press("Escape");
  await expect(settings).toBeHidden();
  await expect(desk.action("show_settings")).toBeFocused();
});

test("a press elsewhere closes a panel", async ({ desk }) => {
  await desk.open("desk-usual");
  await desk.action("show_key").click();
  await expect(desk.part("key")).toContainText("Kept in this computer’s keychain.");
  await desk.part("blank").click();
  await expect(desk.part("key")).toBeHidden();
});

test("the key is replaced, and is gone from the page once it is sent", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await desk.action("show_key").click();
  await desk.action("replace_key").click();
  await expect(desk.field("key")).toBeFocused();
  await desk.field("key").fill("sk_new");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await desk.given("useKey")).toEqual([["sk_new"]]);
  expect(await page.content()).not.toContain("sk_new");
});

test("the key is removed after a question", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await desk.action("show_key").click();
  await desk.action("forget_key").click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await desk.given("forgetKey")).toEqual([]);
  await desk.action("show_key").click();
  await desk.action("forget_key").click();
  await desk.action("confirm_forget_key").click();
  expect(await desk.given("forgetKey")).toEqual([[]]);
});

test("a key in memory says so, why, and how to mend it", async ({ desk }) => {
  await desk.open("desk-memory-only");
  await expect(desk.action("show_key")).toContainText("API key in memory only");
  await desk.action("show_key").click();
  await expect(desk.part("key")).toContainText("This computer’s keychain is locked.");
  await desk.action("ask_keychain").click();
  expect(await desk.given("askKeychainAgain")).toEqual([[]]);
});

for (const [action, kept] of [
  ["close_keep", true],
  ["close_end", false],
  ["close_stay", null],
] as const) {
  test(`closing asks whether to go on watching: ${action}`, async ({ desk, page }) => {
    await desk.open("desk-closing");
    await expect(page.getByRole("dialog", { name: "Go on watching?" })).toBeVisible();
    await desk.action(action).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await desk.given("close")).toEqual([[kept]]);
  });
}

test("Esc stays, and the question can come again", async ({ desk, page }) => {
  await desk.open("desk-closing");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await desk.given("close")).toEqual([[null]]);
  await page.evaluate(() => {
    usher.console.change({ closing: true });
  });
  await expect(page.getByRole("dialog", { name: "Go on watching?" })).toBeVisible();
});

test("a connection that a link asked for and that isn't there is said once", async ({
  desk,
  page,
}) => {
  await desk.open("desk-not-found");
  await expect(desk.part("not-found")).toContainText("ma_8s7df98s7df");
  await expect(desk.part("alert")).toContainText("ma_8s7df98s7df");
  await desk.action("put_away").click();
  await expect(desk.part("not-found")).toHaveCount(0);
  await page.evaluate(() => {
    usher.console.changeDesk({ not_found: null });
    usher.console.changeDesk({ not_found: "ma_8s7df98s7df" });
  });
  await expect(desk.part("not-found")).toHaveCount(0);
  await page.evaluate(() => {
    usher.console.changeDesk({ not_found: "ma_another" });
  });
  await expect(desk.part("not-found")).toContainText("ma_another");
});

test("what can't be read is said, and what was read stays", async ({ desk }) => {
  await desk.open("desk-reading-failed");
  await expect(desk.part("reading-failed")).toContainText("can’t be reached");
  await expect(desk.part("reading-failed")).toContainText("What you see may be old.");
  await expect(desk.part("alert")).toContainText("can’t be reached");
  await expect(desk.row("ma_0")).toBeVisible();
});

test("the progress of the first reading is told", async ({ desk }) => {
  await desk.open("desk-reading-first");
  await expect(desk.part("reading")).toContainText("1,200");
});

test("flows without news and those not followed are told", async ({ desk }) => {
  await desk.open("desk-lost");
  await expect(desk.part("without-news")).toContainText("4 logins have no news");
  await expect(desk.part("not-followed")).toContainText("37 more logins run");
});

test("who has taken over a browser is reminded of it elsewhere", async ({ desk }) => {
  await desk.open("desk-in-control-elsewhere");
  await desk.action("open_in_control").click();
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_0");
  await expect(desk.part("in-control-elsewhere")).toHaveCount(0);
});

test("facts fold by key and button", async ({ desk, page }) => {
  await desk.open("facts-everything");
  await expect(desk.part("aside")).toBeVisible();
  await page.keyboard.press("i");
  await expect(desk.part("aside")).toHaveCount(0);
  await expect(desk.action("toggle_facts")).toHaveAttribute("aria-expanded", "false");
  await desk.action("toggle_facts").click();
  await expect(desk.part("aside")).toBeVisible();
});

test("a late value of a connection that is open no longer shows nothing of it", async ({
  desk,
  page,
}) => {
  await desk.open("desk-usual");
  await desk.row("ma_1").click();
  await page.evaluate(() => {
    usher.console.changeDesk({ open: { kind: "connection", id: "ma_2" } });
  });
  await expect(desk.part("connection")).toHaveCount(0);
  await expect(desk.part("blank")).toContainText("Reading the connection.");
});

for (const [name, actions] of [
  ["desk-usual", ["show_key", "replace_key"]],
  ["desk-usual", ["show_key", "forget_key"]],
  ["desk-usual", ["show_settings"]],
  ["desk-usual", ["show_shortcuts"]],
  ["desk-usual", ["new_connection", "show_rest"]],
  ["facts-everything", ["show_settings_facts"]],
  ["facts-everything", ["delete_connection"]],
  ["start-wanted", ["show_paste"]],
] as const) {
  test(`axe finds nothing: ${name}, ${actions.join(", ")}`, async ({ desk, page }) => {
    await desk.open(name, { theme: "light" });
    for (const action of actions) await desk.action(action).click();
    expect(await axeFindings(page), "light").toEqual([]);
    await page.evaluate(() => {
      document.documentElement.dataset["theme"] = "dark";
    });
    expect(await axeFindings(page, "colours"), "dark").toEqual([]);
  });
}
