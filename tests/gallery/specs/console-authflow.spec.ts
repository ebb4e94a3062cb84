import type { AuthflowView } from "../../../ui/src/lib/platform/types";
import { expect, test, type Desk } from "../console";
import { axeFindings } from "../gallery";

const id = "013xrzp12g3nqk8ny06sgdxs6ed3w5wy";

/** Changes what is known of the open authflow, as the other side would. */
function changeView(desk: Desk, change: Partial<AuthflowView>): Promise<void> {
  return desk.page.evaluate(
    ({ id, change }) => {
      const { authflowView } = usher.authflowMake;
      usher.console.changeAuthflowTo(id, { kind: "watched", view: authflowView(change) });
    },
    { id, change },
  );
}

test("an authflow says how it stands, and what is known of it", async ({ desk }) => {
  await desk.open("authflow-watched");
  const pane = desk.part("authflow");
  await expect(pane).toHaveAttribute("data-authflow", id);
  await expect(pane).toHaveAttribute("data-screen", "watched");
  await expect(pane).toHaveAttribute("data-watch", "watching");
  await expect(pane).toHaveAttribute("data-phase", "waiting");
  await expect(pane).toHaveAttribute("data-status", "pending");
  await expect(desk.heading()).toHaveText("Log in to Acme");
  await expect(desk.part("status")).toHaveText("In progress");
  await expect(pane).toContainText("Read again every few seconds, for up to 20 minutes.");
  await expect(desk.part("read-at")).toHaveText("Last read just now.");
  await expect(pane.locator("[data-fact=plan]")).toContainText("basic");
  await expect(pane.locator("[data-fact=factors] li")).toHaveText(["password", "magic code"]);
  await expect(pane.locator("[data-fact=session] code")).toHaveText(
    "013xrzp12g3nqk8nkv4y96wrbzje9dsr",
  );
  const seen = pane.locator("[data-seen-status]");
  await expect(seen).toHaveCount(2);
  await expect(seen.first()).toHaveAttribute("data-seen-status", "new");
});

for (const [state, status, words] of [
  ["authflow-watching-waiting-new", "new", "Not started yet"],
  ["authflow-watching-waiting-finished", "finished", "Steps finished, not complete yet"],
  ["authflow-ended-success-complete", "complete", "Complete"],
  ["authflow-ended-success-finished", "finished", "Steps finished"],
  ["authflow-ended-cancelled-cancelled", "cancelled", "Cancelled"],
  ["authflow-ended-unknown-unknown", "awaiting_review", "awaiting_review"],
  ["authflow-ended-unknown-none", "", "Prefactor named no status"],
] as const) {
  test(`${state} is told in plain words`, async ({ desk }) => {
    await desk.open(state);
    await expect(desk.part("authflow")).toHaveAttribute("data-status", status);
    await expect(desk.part("status")).toHaveText(words);
  });
}

test("success is Prefactor's word and no proof; an unknown status is neither", async ({ desk }) => {
  await desk.open("authflow-ended-success-complete");
  await expect(desk.part("meaning")).toContainText("no proof that somebody is logged in");
  await desk.open("authflow-ended-unknown-unknown");
  await expect(desk.part("meaning")).toContainText("neither success nor failure");
  await desk.open("authflow-watching-waiting-finished");
  await expect(desk.part("meaning")).toContainText("“finished”");
});

test("a change is said once, and so is the end", async ({ desk }) => {
  await desk.open("authflow-watched");
  await changeView(desk, { status: "finished" });
  await expect(desk.part("announce")).toContainText("Steps finished, not complete yet");
  await changeView(desk, { status: "complete", phase: "success", watch: "ended" });
  await expect(desk.part("announce")).toHaveText("Log in to Acme: Complete.");
  // Read again, and nothing new: the same words would be said with a blank after them.
  await changeView(desk, { status: "complete", phase: "success", watch: "ended" });
  await expect(desk.part("announce")).toHaveText(/Complete\.$/);
});

test("one that never ends is given up, and watched again on request", async ({ desk }) => {
  await desk.open("authflow-given_up-waiting-pending");
  await expect(desk.part("given-up")).toContainText("Still not ended after 20 minutes");
  await expect(desk.action("check_authflow")).toHaveText("Go on watching");
  await desk.action("check_authflow").click();
  expect(await desk.given("checkAuthflow")).toEqual([[id]]);
});

test("one that can't be read says why, and what was known stays", async ({ desk }) => {
  await desk.open("authflow-stopped-waiting-pending");
  const trouble = desk.part("authflow-trouble");
  await expect(trouble).toHaveAttribute("data-code", "not_found");
  await expect(trouble).toContainText("Below is what was known before.");
  await trouble.locator("[data-action=show_details]").click();
  await expect(trouble.locator("blockquote")).toHaveText("authflow not found");
  await expect(desk.action("check_authflow")).toHaveText("Look again");
  await expect(desk.part("status")).toHaveText("In progress");
});

test("trouble in passing is small, and what is known stays", async ({ desk }) => {
  await desk.open("authflow-trouble-transient");
  await expect(desk.part("authflow-trouble")).toContainText("Usher keeps trying.");
  await expect(desk.part("status")).toHaveText("In progress");
  await expect(desk.part("read-at")).toHaveText("Last read 2 minutes ago.");
  await expect(desk.part("authflow").locator("[data-fact=plan]")).toBeVisible();
});

test("one that was given up as it could not be read is not said to be abandoned", async ({
  desk,
}) => {
  await desk.open("authflow-given-up-unread");
  await expect(desk.part("given-up")).toContainText("could not be read for 20 minutes");
  await expect(desk.action("check_authflow")).toHaveText("Go on watching");
});

test("the focus goes on from the heading when what was pressed is gone", async ({ desk, page }) => {
  await desk.open("authflow-given_up-waiting-pending");
  await desk.action("check_authflow").focus();
  await page.keyboard.press("Enter");
  await changeView(desk, { watch: "watching" });
  await expect(desk.heading()).toBeFocused();
});

test("a key that is refused while it is watched takes the focus from nobody", async ({
  desk,
  page,
}) => {
  await desk.open("authflow-watched");
  await desk.part("list").focus();
  await page.evaluate((id) => {
    usher.console.changeAuthflowTo(id, { kind: "no_key", key: { kind: "wanted" } });
  }, id);
  await expect(desk.part("authflow")).toHaveAttribute("data-screen", "no_key");
  await expect(desk.part("list")).toBeFocused();
});

test("it is taken out of the list, and the list has the focus", async ({ desk }) => {
  await desk.open("authflow-watched");
  await expect(desk.action("forget_authflow")).toHaveText("Stop watching");
  await desk.action("forget_authflow").click();
  expect(await desk.given("forgetAuthflow")).toEqual([[id]]);
  await expect(desk.part("authflow")).toHaveCount(0);
  await expect(desk.part("list")).toBeFocused();
});

test("what isn't said is named, and nothing is made up", async ({ desk }) => {
  await desk.open("authflow-bare");
  await expect(desk.heading()).toHaveText("Authflow");
  await expect(desk.part("untold")).toContainText("Plan");
  await expect(desk.part("untold")).toContainText("Factors");
  await expect(desk.page.locator("[data-fact=plan]")).toHaveCount(0);
  await expect(desk.page.locator("[data-sighting=first]")).toContainText("Prefactor doesn’t say.");
});

test("hostile texts stay text", async ({ desk, page }) => {
  await desk.open("authflow-hostile");
  const pane = desk.part("authflow");
  await expect(pane.locator("img, b")).toHaveCount(0);
  await expect(desk.part("status")).toContainText("<img src=x");
  await expect(pane.locator("[data-fact=plan]")).toContainText("{{7*7}} {site}");
  await expect(desk.part("device").first()).toHaveText("Unknown browser");
  await expect(page.locator("[data-row] img")).toHaveCount(0);
});

test("the device is told; what is more personal is folded away", async ({ desk }) => {
  await desk.open("authflow-watched");
  const first = desk.page.locator("[data-sighting=first]");
  await expect(first.locator("[data-part=device]")).toHaveText("Chrome 91 on macOS");
  await expect(first.locator("[data-part=address]")).toHaveText("from 203.0.113.7");
  await expect(first.locator("[data-fact=agent]")).toBeHidden();
  await first.locator("[data-action=show_device]").click();
  await expect(first.locator("[data-fact=agent]")).toContainText("Mozilla/5.0");
  await expect(first.locator("[data-fact=network]")).toContainText("AS64512");
});

test("the return address opens after a question about its host", async ({ desk, page }) => {
  await desk.open("authflow-watched");
  const address = desk.part("return-address");
  await expect(address.locator("[data-part=shown]")).toHaveText(
    "https://app.acme.example/callback",
  );
  await expect(address).toContainText("The rest is hidden");
  await desk.action("open_return").click();
  await expect(desk.part("host")).toHaveText("app.acme.example");
  await page.keyboard.press("Escape");
  expect(await desk.given("openReturnAddress")).toEqual([[id, null]]);
  await desk.action("open_return").click();
  await desk.action("confirm_return").click();
  await expect(desk.part("page-outcome")).toHaveText("Opened in your browser.");
  expect((await desk.given("openReturnAddress")).at(-1)).toEqual([id, "app.acme.example"]);
});

test("an address that isn't https can't be opened, and is no link", async ({ desk }) => {
  await desk.open("authflow-return-cannot-open");
  await expect(desk.part("cannot-open")).toHaveText("Only https addresses can be opened.");
  await expect(desk.action("open_return")).toHaveCount(0);
  await expect(desk.part("authflow").locator("a")).toHaveCount(0);
});

test("keys of connections do nothing to an authflow", async ({ desk, page }) => {
  await desk.open("authflow-watched");
  for (const key of ["l", "c", "e", "i", "t", "v"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.part("aside")).toHaveCount(0);
  await expect(desk.action("toggle_facts")).toHaveCount(0);
  expect(await desk.given("startLogin")).toEqual([]);
});

test("a late value of an authflow that is open no longer shows nothing of it", async ({
  desk,
  page,
}) => {
  await desk.open("authflow-watched");
  await page.evaluate(() => {
    usher.console.changeDesk({ open: { kind: "authflow", id: "another" } });
  });
  await expect(desk.part("authflow")).toHaveCount(0);
  await expect(desk.part("blank")).toContainText("Looking it up");
  // A connection may have the id of an authflow.
  await page.evaluate((id) => {
    usher.console.changeDesk({ open: { kind: "connection", id } });
  }, id);
  await expect(desk.part("authflow")).toHaveCount(0);
});

for (const [name, actions] of [
  ["authflow-watched", ["open_return"]],
  ["authflow-stopped-waiting-pending", ["show_details"]],
] as const) {
  test(`axe finds nothing: ${name}, ${actions.join(", ")}`, async ({ desk, page }) => {
    await desk.open(name, { theme: "light" });
    for (const action of actions) await desk.action(action).click();
    expect(await axeFindings(page), "light").toEqual([]);
  });
}
