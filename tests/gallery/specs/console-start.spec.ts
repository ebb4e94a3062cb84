import { expect, test } from "../console";

test("a key is handed over once, hidden, and gone from the page", async ({ desk, page }) => {
  await desk.open("start-wanted");
  const field = desk.field("key");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("type", "password");
  await field.fill("  sk_secret  ");
  await desk.action("reveal").click();
  await expect(field).toHaveAttribute("type", "text");
  await desk.action("use_key").click();
  expect(await desk.given("useKey")).toEqual([["sk_secret"]]);
  await expect(field).toHaveValue("");
  await expect(field).toHaveAttribute("type", "password");
  expect(await page.content()).not.toContain("sk_secret");
});

test("while the key is on its way it is sent no second time", async ({ desk, page }) => {
  await desk.open("start-wanted");
  await page.evaluate(() => usher.console.outcomes.useKey.push("held"));
  await desk.field("key").fill("sk_secret");
  await page.keyboard.press("Enter");
  await expect(desk.field("key")).toHaveValue("");
  await expect(desk.action("use_key")).toHaveAttribute("aria-disabled", "true");
  await desk.field("key").fill("sk_again");
  await page.keyboard.press("Enter");
  expect(await desk.given("useKey")).toEqual([["sk_secret"]]);
});

test("no key, or one that can't be handed over, is said at the field", async ({ desk, page }) => {
  await desk.open("start-wanted");
  await desk.action("use_key").click();
  await expect(desk.part("problem")).toHaveText("Enter the key first.");
  await expect(desk.field("key")).toBeFocused();
  await expect(desk.field("key")).toHaveAttribute("aria-invalid", "true");
  await page.evaluate(() => usher.console.outcomes.useKey.push("broken"));
  await desk.field("key").fill("sk_secret");
  await expect(desk.part("problem")).toHaveCount(0);
  await desk.action("use_key").click();
  await expect(desk.part("problem")).toContainText("couldn’t hand the key over");
  await expect(desk.field("key")).toHaveValue("");
});

test("looking, checking and refusing follow one another on one screen", async ({ desk, page }) => {
  await desk.open("start-looking");
  await expect(desk.heading()).toHaveText("Looking for your API key");
  await expect(desk.field("key")).toHaveCount(0);
  const show = (key: Parameters<typeof usher.consoleMake.welcome>[0]) =>
    page.evaluate((key) => {
      usher.console.change({ screen: usher.consoleMake.welcome(key) });
    }, key);
  await show({ kind: "wanted" });
  await expect(desk.heading()).toHaveText("See who is waiting, and help");
  await expect(desk.field("key")).toBeFocused();
  await show({ kind: "checking" });
  await expect(desk.heading()).toHaveText("Trying your API key");
  await expect(desk.heading()).toBeFocused();
  const trouble = { code: "key_refused", title: "No.", advice: "Another.", details: null };
  await show({ kind: "failed", trouble, try_again: false });
  await expect(desk.part("error-title")).toHaveText("No.");
  await expect(desk.part("error-advice")).toHaveText("Another.");
  await expect(desk.action("try_key_again")).toHaveCount(0);
  await expect(desk.field("key")).toBeFocused();
});

test("a key that couldn't be tried can be tried again", async ({ desk }) => {
  await desk.open("start-unreachable");
  await desk.action("try_key_again").click();
  expect(await desk.given("tryKeyAgain")).toEqual([[]]);
});

for (const [why, words] of [
  ["absent", "has no keychain"],
  ["locked", "is locked"],
  ["refused", "didn’t let Usher in"],
  ["silent", "doesn’t answer"],
  ["broken", "has a problem"],
] as const) {
  test(`a keychain that is ${why} says so, and has a way on`, async ({ desk }) => {
    await desk.open(`start-keychain-${why}`);
    await expect(desk.part("keychain")).toContainText(words);
    await expect(desk.part("keychain")).toContainText("in memory only");
    await desk.action("ask_keychain").click();
    expect(await desk.given("askKeychainAgain")).toEqual([[]]);
    await desk.field("key").fill("sk_secret");
    await desk.action("use_key").click();
    expect(await desk.given("useKey")).toEqual([["sk_secret"]]);
  });
}

test("the sandbox, another environment and a link are ways on too", async ({ desk }) => {
  await desk.open("start-wanted");
  await desk.action("try_sandbox").click();
  expect(await desk.given("trySandbox")).toEqual([[]]);
  await desk.action("choose_environment").selectOption("staging");
  expect(await desk.given("chooseEnvironment")).toEqual([["staging"]]);
  await desk.action("show_paste").click();
  await desk.field("link").fill("usher://login/ma_1?code=c");
  await desk.action("paste_link").click();
  expect(await desk.given("openLink")).toEqual([["usher://login/ma_1?code=c"]]);
  await expect(desk.field("link")).toHaveValue("");
});

test("a mistake in the environments is shown with its line, and what is right", async ({
  desk,
}) => {
  await desk.open("start-misconfigured");
  await expect(desk.part("file")).toHaveText("/home/ada/.config/usher/environments.toml");
  await expect(desk.part("line")).toHaveText("Line 7");
  await expect(desk.part("line-text")).toHaveText('api = "http://api.staging.example"');
  await expect(desk.part("error-advice")).toContainText("begins with https://");
  await desk.action("open_environments_file").click();
  await desk.action("read_environments").click();
  expect(await desk.given("openEnvironmentsFile")).toEqual([[]]);
  expect(await desk.given("readEnvironmentsAgain")).toEqual([[]]);
});

for (const state of ["start-wanted", "start-failed", "start-misconfigured-hostile"]) {
  test(`${state} holds in a narrow window, also with large text`, async ({ desk, page }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    for (const look of [{}, { text: "200" }] as const) {
      await desk.open(state, look);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over).toBe(0);
    }
  });
}
