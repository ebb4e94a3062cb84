import type { ConnectionDraft } from "../../../ui/src/lib/platform/types";
import { expect, test } from "../console";

const whole: ConnectionDraft = {
  domain: "netflix.com",
  profile: "ada",
  login_url: "https://www.netflix.com/login",
  allowed_domains: "accounts.google.com\nid.apple.com",
  credential: { kind: "item", provider: "onepassword", path: "Support/Netflix" },
  save_credentials: false,
  record_session: true,
  health_checks: true,
  auto_reauth: false,
  health_check_interval: "1200",
  proxy: { kind: "name", name: "residential-de" },
  region: "eu-west",
  stealth: false,
  telemetry: {
    enabled: true,
    categories: { network: true, control: false },
    export: { kind: "id", id: "otlp_1" },
    storage: false,
  },
};

test("every part of a connection can be said", async ({ desk }) => {
  await desk.open("desk-usual");
  await desk.action("new_connection").click();
  await expect(desk.draft("domain")).toBeFocused();
  for (const name of ["domain", "profile", "login_url", "allowed_domains"] as const) {
    await desk.draft(name).fill(whole[name]);
  }
  await desk.draft("save_credentials").selectOption("off");
  await desk.draft("health_checks").selectOption("on");
  await desk.draft("auto_reauth").selectOption("off");
  await desk.draft("health_check_interval").fill("1200");
  await desk.action("show_rest").click();
  await desk.draft("credential").selectOption("item");
  await desk.draft("credential.provider").fill("onepassword");
  await desk.draft("credential.path").fill("Support/Netflix");
  await desk.draft("record_session").selectOption("on");
  await desk.draft("stealth").selectOption("off");
  await desk.draft("proxy").selectOption("name");
  await desk.draft("proxy.name").fill("residential-de");
  await desk.draft("region").fill("eu-west");
  await desk.draft("telemetry").selectOption("on");
  await desk.draft("telemetry.categories.network").selectOption("on");
  await desk.draft("telemetry.categories.control").selectOption("off");
  await desk.draft("telemetry.export").selectOption("id");
  await desk.draft("telemetry.export.id").fill("otlp_1");
  await desk.draft("telemetry.storage").selectOption("off");
  await desk.action("save_connection").click();
  expect(await desk.given("createConnection")).toEqual([[whole]]);
  await expect(desk.part("connection-form")).toHaveCount(0);
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_0");
});

test("what is left alone is left to the service; Enter sends", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await desk.action("new_connection").click();
  await page.keyboard.type("netflix.com");
  await page.keyboard.press("Tab");
  await page.keyboard.type("ada");
  await page.keyboard.press("Enter");
  const [[draft] = []] = await desk.given("createConnection");
  expect(draft).toMatchObject({ domain: "netflix.com", profile: "ada", stealth: null });
  expect(draft).toMatchObject({ credential: { kind: "none" }, proxy: { kind: "unset" } });
  expect(draft?.telemetry.categories).toEqual({});
});

test("problems stand at their fields, also at folded ones, and nothing is lost", async ({
  desk,
  page,
}) => {
  await desk.open("desk-usual");
  await page.evaluate(() =>
    usher.console.outcomes.createConnection.push(
      {
        kind: "problems",
        problems: [
          { field: "domain", problem: { kind: "not_a_host", text: "net flix" } },
          {
            field: "health_check_interval",
            problem: { kind: "out_of_range", least: 300, most: 9 },
          },
          { field: "region", problem: { kind: "too_long" } },
        ],
      },
      { kind: "problems", problems: [{ field: "proxy", problem: { kind: "missing" } }] },
    ),
  );
  await desk.action("new_connection").click();
  await desk.draft("domain").fill("net flix");
  await desk.action("save_connection").click();
  await expect(desk.part("alert")).toContainText("3 fields need another look.");
  await expect(desk.draft("domain")).toBeFocused();
  await expect(desk.draft("domain")).toHaveAccessibleDescription(/“net flix” is no domain/);
  await expect(desk.draft("domain")).toHaveValue("net flix");
  await expect(desk.draft("health_check_interval")).toHaveAccessibleDescription(/from 300 to 9/);
  // The fold opens where a problem is.
  await expect(desk.draft("region")).toBeVisible();
  await desk.draft("proxy").selectOption("id");
  await desk.action("save_connection").click();
  await expect(desk.draft("proxy.id")).toBeFocused();
  await expect(desk.draft("domain")).not.toHaveAttribute("aria-invalid", "true");
});

test("a conflict leads to the connection that is there", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await page.evaluate(() =>
    usher.console.outcomes.createConnection.push({ kind: "exists", id: "ma_3" }),
  );
  await desk.action("new_connection").click();
  await desk.draft("domain").fill("netflix.com");
  await desk.action("save_connection").click();
  await expect(desk.part("exists")).toBeVisible();
  await desk.action("open_existing").click();
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_3");
  await expect(desk.part("connection-form")).toHaveCount(0);
});

test("a refusal and a broken wire keep what was typed", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await page.evaluate(() => {
    const trouble = {
      code: "not_permitted",
      title: "This key may not do that.",
      advice: "Use a key that may.",
      details: "403",
    };
    usher.console.outcomes.createConnection.push({ kind: "refused", trouble }, "broken", "held");
  });
  await desk.action("new_connection").click();
  await desk.draft("domain").fill("netflix.com");
  await desk.action("save_connection").click();
  await expect(desk.part("error-title")).toHaveText("This key may not do that.");
  await expect(desk.draft("domain")).toHaveValue("netflix.com");
  await desk.action("save_connection").click();
  await expect(desk.part("unsaid")).toBeVisible();
  await expect(desk.draft("domain")).toHaveValue("netflix.com");
  await desk.action("save_connection").click();
  await expect(desk.action("save_connection")).toHaveAttribute("aria-disabled", "true");
  await desk.action("save_connection").click({ force: true });
  await page.keyboard.press("Escape");
  await expect(desk.part("connection-form")).toBeVisible();
  expect(await desk.given("createConnection")).toHaveLength(3);
  await page.evaluate(() => {
    usher.console.letGo();
  });
  await expect(desk.part("connection-form")).toHaveCount(0);
});

test("Esc asks before it discards; Cancel leaves at once", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await desk.action("new_connection").click();
  await page.keyboard.press("Escape");
  await expect(desk.part("connection-form")).toHaveCount(0);
  await expect(desk.action("new_connection")).toBeFocused();

  await desk.action("new_connection").click();
  await desk.draft("profile").fill("ada");
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Escape");
  await expect(desk.part("unsaved")).toBeVisible();
  await desk.action("go_on_editing").click();
  await expect(desk.draft("profile")).toHaveValue("ada");
  await page.keyboard.press("Escape");
  await desk.action("discard").click();
  await expect(desk.part("connection-form")).toHaveCount(0);

  await desk.action("new_connection").click();
  await expect(desk.draft("profile")).toHaveValue("");
  await desk.draft("profile").fill("ada");
  await desk.action("cancel_edit").click();
  await expect(desk.part("connection-form")).toHaveCount(0);
});

test("an edit begins with what there is, and hands over both", async ({ desk, page }) => {
  await desk.open("facts-everything");
  await page.keyboard.press("e");
  await expect(desk.draft("domain")).toHaveValue("netflix.com");
  await expect(desk.draft("domain")).toHaveAttribute("readonly");
  await expect(desk.draft("profile")).toHaveAttribute("readonly");
  await expect(desk.draft("login_url")).toBeFocused();
  await desk.draft("login_url").fill("");
  // What comes in meanwhile changes nothing in the form.
  await page.evaluate(() => {
    const facts = usher.consoleMake.facts({ draft: usher.consoleMake.emptyDraft });
    usher.console.changeConnectionTo("ma_abc123xyz", { facts });
  });
  await desk.action("show_rest").click();
  await expect(desk.draft("credential.name")).toHaveValue("netflix-family");
  // A look at another kind loses nothing.
  await desk.draft("credential").selectOption("item");
  await desk.draft("credential").selectOption("kernel");
  await expect(desk.draft("credential.name")).toHaveValue("netflix-family");
  await desk.action("save_connection").click();
  const [[id, before, after] = []] = await desk.given("changeConnection");
  expect(id).toBe("ma_abc123xyz");
  expect(before?.login_url).toBe("https://www.netflix.com/login");
  expect(after).toEqual({ ...before, login_url: "" });
  await expect(desk.part("connection-form")).toHaveCount(0);
});

test("a credential can be linked or replaced, but what is linked stays linked", async ({
  desk,
}) => {
  const none = desk.draft("credential").locator("option[value=none]");
  await desk.open("facts-everything");
  await desk.action("edit_connection").click();
  await desk.action("show_rest").click();
  await expect(none).toHaveCount(0);
  await expect(desk.draft("credential")).toHaveAccessibleDescription(/not unlinked/);
  await desk.action("cancel_edit").click();
  await desk.action("new_connection").click();
  await desk.action("show_rest").click();
  await expect(none).toHaveCount(1);
  await expect(desk.draft("credential")).not.toHaveAccessibleDescription(/unlinked/);
});

test("nothing changed is said", async ({ desk, page }) => {
  await desk.open("facts-everything");
  await page.evaluate(() => usher.console.outcomes.changeConnection.push({ kind: "unchanged" }));
  await desk.action("edit_connection").click();
  await desk.action("save_connection").click();
  await expect(desk.part("announce")).toContainText("Nothing was changed.");
  await expect(desk.part("connection-form")).toHaveCount(0);
});
