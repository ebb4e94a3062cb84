import { expect, test } from "../console";

const id = "013xrzp12g3nqk8ny06sgdxs6ed3w5wy";

test("an authflow is looked up by key, paste and Enter", async ({ desk, page }) => {
  await desk.open("authflows-list");
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog", { name: "Look up an authflow" })).toBeVisible();
  const field = desk.field("authflow");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("");
  await field.fill(` ${id}\n`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await desk.given("lookUpAuthflow")).toEqual([[` ${id}`, false]]);
});

test("nothing is looked up without an id, and Esc leaves", async ({ desk, page }) => {
  await desk.open("authflows-list");
  await desk.action("look_up").click();
  await desk.action("look_up_go").click();
  await expect(desk.part("look-up-problem")).toHaveText("Paste the id first.");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.action("look_up")).toBeFocused();
  expect(await desk.given("lookUpAuthflow")).toEqual([]);
});

test("what doesn't look like an id is said at the field, and can be insisted on", async ({
  desk,
  page,
}) => {
  await desk.open("authflows-look-up-refused");
  const field = desk.field("authflow");
  await expect(desk.part("look-up-problem")).toContainText("does not look like an authflow id");
  await expect(desk.part("announce")).toContainText("does not look like an authflow id");
  await expect(field).toHaveAccessibleDescription(/does not look like an authflow id/);
  await expect(field).toHaveValue(id.slice(0, -3));
  await desk.action("look_up_anyway").click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect((await desk.given("lookUpAuthflow")).at(-1)).toEqual([id.slice(0, -3), true]);
});

test("a look-up that fails can be tried again", async ({ desk, page }) => {
  await desk.open("authflows-look-up");
  await page.evaluate(() => {
    usher.console.outcomes.lookUpAuthflow.push("broken");
  });
  await desk.field("authflow").fill(id);
  await desk.action("look_up_go").click();
  await expect(desk.part("look-up-problem")).toContainText("Try it once more.");
  await expect(desk.action("look_up_anyway")).toHaveCount(0);
  await desk.action("look_up_go").click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("an id that nothing matches is offered to be looked up", async ({ desk }) => {
  await desk.open("authflows-no-match");
  await desk.action("look_up_query").click();
  expect(await desk.given("lookUpAuthflow")).toEqual([[id, false]]);
});

test("without a service there is no look-up, by key or else", async ({ desk, page }) => {
  await desk.open("desk-usual");
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.action("look_up")).toHaveCount(0);
  await page.keyboard.press("?");
  await expect(desk.part("shortcuts")).not.toContainText("Look up an authflow");
});

test("the key is among the keys", async ({ desk, page }) => {
  await desk.open("authflows-list");
  await page.keyboard.press("?");
  await expect(desk.part("shortcuts")).toContainText("Look up an authflow");
});

test("rows of authflows stand beside connections, and open by mouse and keyboard", async ({
  desk,
  page,
}) => {
  await desk.open("authflows-list");
  const row = desk.row(`${id.slice(0, -2)}10`);
  await expect(row).toHaveAttribute("data-kind", "authflow");
  await expect(row).toHaveAttribute("data-state", "authflow");
  await expect(row).toHaveAttribute("data-watch", "watching");
  await expect(row).toHaveAttribute("data-phase", "waiting");
  await expect(row).toContainText("Authflow");
  await expect(row.locator("[data-part=state]")).toHaveText("Not started");
  await row.click();
  await expect(row).toHaveAttribute("aria-selected", "true");
  await expect(desk.part("authflow")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await desk.given("openAuthflow")).toEqual([
    [`${id.slice(0, -2)}10`],
    [`${id.slice(0, -2)}11`],
  ]);
  expect(await desk.given("open")).toEqual([]);
});

test("a connection and an authflow of one id are two rows", async ({ desk, page }) => {
  await desk.open("authflow-watched");
  await page.evaluate((id) => {
    const { row } = usher.consoleMake;
    usher.console.changeList((rows) => [...rows, row(id)]);
  }, id);
  await expect(desk.row(id)).toHaveCount(2);
  await expect(page.locator('[data-row][aria-selected="true"]')).toHaveAttribute(
    "data-kind",
    "authflow",
  );
  await page.locator(`[data-row="${id}"][data-kind=connection]`).click();
  expect(await desk.given("open")).toEqual([[id]]);
  await expect(page.locator('[data-row][aria-selected="true"]')).toHaveAttribute(
    "data-kind",
    "connection",
  );
});

test("the key for Prefactor is gone from the page once it is sent", async ({ desk, page }) => {
  await desk.open("authflow-key-wanted");
  const field = desk.field("authflow_key");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("type", "password");
  await expect(desk.part("authflow")).toContainText("goes nowhere but to api.prefactor.example");
  await field.fill("pf_secret");
  await desk.action("use_authflow_key").click();
  expect(await desk.given("useAuthflowKey")).toEqual([["pf_secret"]]);
  await expect(field).toHaveValue("");
  expect(await page.content()).not.toContain("pf_secret");
  expect(await desk.given("useKey")).toEqual([]);
});

test("a keychain that is locked can be asked again, and a key entered all the same", async ({
  desk,
}) => {
  await desk.open("authflow-key-keychain_trouble");
  await desk.action("ask_authflow_keychain").click();
  expect(await desk.given("askAuthflowKeychainAgain")).toEqual([[]]);
  expect(await desk.given("askKeychainAgain")).toEqual([]);
  await expect(desk.field("authflow_key")).toBeVisible();
});

test("a key that was refused says so", async ({ desk }) => {
  await desk.open("authflow-key-refused");
  await expect(desk.part("trouble")).toContainText("was not accepted");
  await expect(desk.part("alert")).toContainText("was not accepted");
});

test("the key for Prefactor is removed after a question", async ({ desk, page }) => {
  await desk.open("authflow-key-menu-memory_only");
  const service = desk.part("authflow-service");
  await expect(service).toContainText("api.prefactor.example");
  await desk.action("ask_authflow_keychain").click();
  expect(await desk.given("askAuthflowKeychainAgain")).toEqual([[]]);
  await desk.action("forget_authflow_key").click();
  await page.keyboard.press("Escape");
  expect(await desk.given("forgetAuthflowKey")).toEqual([]);
  await desk.action("show_key").click();
  await desk.action("forget_authflow_key").click();
  await desk.action("confirm_forget_authflow_key").click();
  expect(await desk.given("forgetAuthflowKey")).toEqual([[]]);
  expect(await desk.given("forgetKey")).toEqual([]);
});

test("no service: where it is set up, and how to go on", async ({ desk }) => {
  await desk.open("authflow-no_service");
  await expect(desk.part("example")).toContainText('name = "kernel"');
  await expect(desk.part("file")).toHaveText("/home/ada/.config/usher/environments.toml");
  await expect(desk.part("authflow").locator("pre")).toContainText("[environment.authflow]");
  await desk.action("open_environments_file").click();
  await desk.action("read_environments").click();
  expect(await desk.given("openEnvironmentsFile")).toEqual([[]]);
  expect(await desk.given("readEnvironmentsAgain")).toEqual([[]]);
});

test("a link to something else can be insisted on, or another looked up", async ({ desk }) => {
  await desk.open("authflow-not_taken");
  const pane = desk.part("authflow");
  await pane.locator("[data-action=look_up_anyway]").click();
  expect(await desk.given("lookUpAuthflow")).toEqual([[id, true]]);
  await pane.locator("[data-action=look_up]").click();
  await expect(desk.field("authflow")).toHaveValue(id);
});

test("from the field of the key, Esc leads to where keys are heard", async ({ desk, page }) => {
  await desk.open("authflow-key-wanted");
  await expect(desk.field("authflow_key")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await expect(desk.part("look-up")).toBeVisible();
});
