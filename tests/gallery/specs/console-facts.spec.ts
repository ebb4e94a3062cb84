import { expect, test } from "../console";
import { consoleNames } from "../names";

for (const name of consoleNames.filter((name) => name.startsWith("facts-reauth-"))) {
  test(`${name} is told in a sentence, and what would change it`, async ({ desk, page }) => {
    await desk.open(name);
    const renews = page.locator("[data-fact=renews]");
    await expect(renews.locator("strong")).toBeVisible();
    if (name === "facts-reauth-unknown") {
      await expect(renews).toContainText("requires_moon");
      return;
    }
    await expect(renews.locator("p")).toHaveCount(name === "facts-reauth-forbidden" ? 3 : 2);
    // Plain words, not the code.
    await expect(renews).not.toContainText("_");
  });
}

test("checks that prove nothing are told as that", async ({ desk, page }) => {
  await desk.open("facts-blind-checks");
  await expect(desk.part("blind")).toContainText("no_auth_check_url");
  const checks = page.locator("[data-fact=checks]");
  await expect(checks).toContainText("Every 1 hour 30 minutes");
  await expect(checks).toContainText("the next is due");
});

test("ids can be copied", async ({ desk, page }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await desk.open("facts-everything");
  await page.getByRole("button", { name: "Copy Connection" }).click();
  await expect(desk.part("announce")).toContainText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("ma_abc123xyz");
});

test("the settings are folded, and tell every one", async ({ desk, page }) => {
  await desk.open("facts-everything");
  const credential = page.locator("[data-fact=credential]");
  await expect(credential).toBeHidden();
  await desk.action("show_settings_facts").click();
  await expect(credential).toContainText("“netflix-family”, kept by Kernel");
  await expect(page.locator("[data-fact=allowed_domains]")).toContainText("accounts.google.com");
});

test("deleting says what ends with it, and asks", async ({ desk, page }) => {
  await desk.open("facts-everything");
  await desk.action("delete_connection").click();
  const dialog = page.getByRole("dialog", { name: "Delete this connection?" });
  await expect(dialog).toContainText("netflix.com");
  await expect(dialog).toContainText("it is cancelled");
  await expect(dialog).toContainText("is not known");
  await page.keyboard.press("Escape");
  expect(await desk.given("deleteConnection")).toEqual([]);

  await page.evaluate(() => {
    const trouble = { code: "in_use", title: "It is in use.", advice: "Wait.", details: null };
    usher.console.outcomes.deleteConnection.push({ kind: "refused", trouble }, "broken");
  });
  await desk.action("delete_connection").click();
  await desk.action("confirm_delete").click();
  await expect(dialog).toContainText("It is in use.");
  await desk.action("confirm_delete").click();
  await expect(dialog).toContainText("That didn’t work.");
  await desk.action("confirm_delete").click();
  await expect(dialog).toBeHidden();
  await expect(desk.part("connection")).toHaveCount(0);
  await expect(desk.part("announce")).toContainText("deleted");
  expect(await desk.given("deleteConnection")).toHaveLength(3);
});

test("the timeline tells errors in words, the site's as the site's, the code small", async ({
  desk,
  page,
}) => {
  await desk.open("facts-everything");
  const failed = page.locator('[data-happening="tl_failed"]');
  await expect(failed).toContainText("Renewal: failed");
  await expect(failed).toContainText("did not accept the user name or password");
  await expect(failed.locator("blockquote").first()).toHaveText("Incorrect password. Try again.");
  await expect(failed).toContainText("waiting for an answer");
  await expect(failed).toContainText("59 s");
  await expect(failed.locator("[data-part=recording]")).toBeHidden();
  await failed.locator("[data-action=show_happening]").click();
  await expect(failed.locator("[data-part=recording]")).toContainText("replay_7d1k2");
  await expect(failed).toContainText("Code: credentials_invalid");
  const unknown = page.locator('[data-happening="tl_unknown"]');
  await expect(unknown).toContainText("SEANCE: HAUNTED");
  await expect(unknown).toContainText("AWAITING_SEANCE");
  await expect(unknown).toContainText("time not known");
});

test("the timeline is narrowed by kind and read on in parts", async ({ desk, page }) => {
  await desk.open("facts-long");
  await expect(page.locator("[data-happening]")).toHaveCount(20);
  await desk.action("more_history").click();
  await expect(page.locator("[data-happening]")).toHaveCount(40);
  await expect(desk.part("announce")).toContainText("20 more.");
  await desk.action("more_history").click();
  await expect(page.locator("[data-happening]")).toHaveCount(55);
  await expect(desk.action("more_history")).toHaveCount(0);
  await page.locator("[data-history-kind=health_check]").click();
  await expect(page.locator("[data-happening]")).toHaveCount(18);
  expect(await desk.given("history")).toEqual([
    ["ma_abc123xyz", null, 0],
    ["ma_abc123xyz", null, 20],
    ["ma_abc123xyz", null, 40],
    ["ma_abc123xyz", "health_check", 0],
  ]);
});

test("an answer to an older question comes to nothing", async ({ desk, page }) => {
  await desk.open("facts-everything");
  await page.evaluate(() => usher.console.outcomes.history.push("held"));
  await page.locator("[data-history-kind=login]").click();
  await page.locator("[data-history-kind=reauth]").click();
  await expect(page.locator("[data-happening]")).toHaveCount(1);
  await page.evaluate(() => {
    usher.console.letGo();
  });
  await expect(page.locator("[data-happening]")).toHaveCount(1);
});

test("a timeline that can't be read says why, and is tried again", async ({ desk, page }) => {
  await desk.open("facts-everything");
  await page.evaluate(() => {
    const trouble = { code: "slow", title: "It is slow.", advice: "Wait.", details: null };
    usher.console.outcomes.history.push({ kind: "refused", trouble }, "broken");
  });
  await page.locator("[data-history-kind=login]").click();
  await expect(desk.part("history-failed")).toContainText("It is slow.");
  await desk.action("read_history").click();
  await expect(desk.part("history-failed")).toContainText("can’t be read");
  await desk.action("read_history").click();
  await expect(page.locator('[data-happening="tl_logged_in"]')).toBeVisible();
  await expect(desk.part("history-failed")).toHaveCount(0);
});

test("what has happened meanwhile is read, and nothing twice", async ({ desk, page }) => {
  await desk.open("facts-long");
  await expect(page.locator("[data-happening]")).toHaveCount(20);
  await page.evaluate(() => {
    const happenings = [usher.consoleMake.happening("tl_19"), usher.consoleMake.happening("tl_x")];
    usher.console.outcomes.history.push({ kind: "read", history: { happenings, next: null } });
  });
  await desk.action("more_history").click();
  await expect(page.locator("[data-happening]")).toHaveCount(21);
  const health = { on: true, every_s: 60, last_at: "2026-01-01T00:00:00Z", next_at: null };
  await page.evaluate((health) => {
    const facts = usher.consoleMake.facts({ health: { ...health, blind: null } });
    usher.console.changeConnectionTo("ma_abc123xyz", { facts });
  }, health);
  await expect(page.locator("[data-happening]")).toHaveCount(20);
});
