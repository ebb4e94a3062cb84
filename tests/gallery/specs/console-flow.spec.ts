import { expect, test } from "../console";

const id = "ma_abc123xyz";

test("a flow is answered through the prompt that a guest sees, by name of its connection", async ({
  desk,
  page,
}) => {
  await desk.open("flow-asking");
  await expect(desk.part("flow")).toHaveAttribute("data-stage", "asking");
  // It was just opened: the field has the focus, so that a code can be typed at once.
  await expect(desk.field("f_code")).toBeFocused();
  await page.keyboard.type("123456");
  await page.keyboard.press("Enter");
  expect(await desk.given("answer")).toEqual([
    [id, { interaction_id: "mai_1", field_values: { f_code: "123456" } }],
  ]);
  await expect(desk.action("submit")).toHaveAttribute("aria-disabled", "true");

  await page.evaluate(() => {
    usher.console.changeFlow({ prompt: null, stage: "logged_in", ways: ["close"] });
  });
  await expect(desk.part("flow")).toHaveAttribute("data-stage", "logged_in");
  await expect(desk.part("flow").getByRole("heading", { level: 2 })).toHaveText("Logged in");
  expect(await page.content()).not.toContain("123456");
});

test("a choice is answered too, and a refused answer is said and kept", async ({ desk, page }) => {
  await desk.open("flow-asking");
  await page.evaluate(() => usher.console.outcomes.answer.push({ kind: "stale" }));
  await desk.field("f_code").fill("123456");
  await desk.action("submit").click();
  await expect(desk.part("problem")).toContainText("The page moved on");
  await expect(desk.field("f_code")).toHaveValue("123456");
  await desk.choice("sms-2").click();
  expect((await desk.given("answer"))[1]).toEqual([
    id,
    { interaction_id: "mai_1", selected_choice_id: "sms-2" },
  ]);
});

test("what is typed is there again when something in place of the service is gone", async ({
  desk,
  page,
}) => {
  await desk.open("flow-asking");
  await desk.field("f_code").fill("12345");
  await page.evaluate(() => {
    usher.console.changeFlow({ stage: "cannot_follow", ways: ["check_again", "close"] });
  });
  await expect(desk.part("flow")).toHaveAttribute("data-stage", "cannot_follow");
  await expect(desk.field("f_code")).toBeHidden();
  await page.evaluate(() => {
    usher.console.changeFlow({ stage: "asking", ways: ["answer"] });
  });
  await expect(desk.field("f_code")).toBeVisible();
  await expect(desk.field("f_code")).toHaveValue("12345");

  // An end that no look undoes takes it away.
  await page.evaluate(() => {
    usher.console.changeFlow({ stage: "failed", ways: ["start_again", "close"] });
  });
  await expect(desk.field("f_code")).toHaveCount(0);
});

test("a question that comes by itself takes no keys from who types elsewhere", async ({
  desk,
  page,
}) => {
  await desk.open("flow-finding_out");
  await page.keyboard.press("/");
  await expect(desk.field("search")).toBeFocused();
  await page.evaluate(() => {
    const { prompt, code } = usher.make;
    usher.console.changeFlow({ stage: "asking", prompt: prompt([code]), ways: ["answer"] });
  });
  await expect(desk.field("f_code")).toBeVisible();
  await expect(desk.field("search")).toBeFocused();

  // Who is at the flow is led on.
  await desk.field("f_code").fill("1");
  await page.evaluate(() => {
    const { prompt, password } = usher.make;
    usher.console.changeFlow({ prompt: prompt([password], [], { interaction_id: "mai_2" }) });
  });
  await expect(desk.field("f_pw")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(desk.part("flow").locator("h2[tabindex]")).toBeFocused();
});

test("starting a login: Enter starts it, and the next Enter copies its link", async ({
  desk,
  page,
}) => {
  await desk.open("flow-none");
  await page.keyboard.press("l");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(desk.action("confirm_start")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await desk.given("startLogin")).toEqual([
    [
      id,
      {
        record_session: null,
        use_skills: null,
        proxy: { kind: "unset" },
        region: "",
        stealth: null,
        telemetry: { enabled: null, categories: {}, export: { kind: "unset" }, storage: null },
      },
      false,
    ],
  ]);
  await expect(desk.part("announce")).toContainText("has started");

  await page.evaluate((id) => {
    usher.console.changeConnectionTo(id, {
      flow: usher.make.view({ stage: "finding_out", ways: ["wait"] }),
      handoff: { kind: "ready", usher_link: true, hosted_page: null, ours: true },
    });
  }, id);
  await expect(desk.part("send")).toContainText("The login runs. Send it to somebody?");
  await expect(desk.action("copy_usher_link")).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await desk.given("copyLink")).toEqual([[id, "usher"]]);
  await expect(desk.part("copy-outcome")).toHaveText(
    "Copied. It works once, and leaves the clipboard after 60 seconds.",
  );
});

test("what is different for one login is sent with it", async ({ desk, page }) => {
  await desk.open("login-form-once");
  const draft = (name: string) => page.locator(`[data-draft="${name}"]`);
  await draft("record_session").selectOption("on");
  await draft("use_skills").selectOption("off");
  await draft("proxy").selectOption("name");
  await draft("proxy.name").fill("office");
  await draft("region").fill("eu-west");
  await draft("stealth").selectOption("off");
  await desk.action("toggle_telemetry").click();
  await draft("telemetry").selectOption("on");
  await desk.action("confirm_start").click();
  expect((await desk.given("startLogin"))[0]?.[1]).toEqual({
    record_session: true,
    use_skills: false,
    proxy: { kind: "name", name: "office" },
    region: "eu-west",
    stealth: false,
    telemetry: { enabled: true, categories: {}, export: { kind: "unset" }, storage: null },
  });
});

test("over a running login it asks first, and Enter leaves that one running", async ({
  desk,
  page,
}) => {
  await desk.open("login-is_running");
  await expect(desk.part("is-running")).toContainText("what somebody is typing into it is lost");
  await expect(desk.action("keep_running")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await desk.given("startLogin")).toHaveLength(1);

  await page.keyboard.press("l");
  await page.evaluate(() => usher.console.outcomes.startLogin.push({ kind: "is_running" }));
  await desk.action("confirm_start").click();
  await desk.action("confirm_start_over").click();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect((await desk.given("startLogin")).map(([, , over]) => over)).toEqual([false, false, true]);
});

test("a login that runs already can be watched", async ({ desk, page }) => {
  await desk.open("login-already_runs");
  await expect(desk.action("watch_running")).toBeFocused();
  await desk.action("watch_running").click();
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("a login that is refused says why, and can be tried again", async ({ desk, page }) => {
  await desk.open("login-refused");
  await expect(desk.part("refused")).toContainText("Too many logins of this project");
  await page.evaluate(() => usher.console.outcomes.startLogin.push("broken"));
  await desk.action("confirm_start").click();
  await expect(desk.part("refused")).toContainText("Try it once more.");
  await desk.action("confirm_start").click();
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("problems of the form stand at their fields, and the first has the focus", async ({
  desk,
  page,
}) => {
  await desk.open("login-problems");
  await expect(page.locator('[data-draft="proxy"]')).toBeFocused();
  await expect(page.locator('[data-draft="region"]')).toHaveAccessibleDescription(
    /longer than any real one/,
  );
  await expect(page.locator('[data-draft="telemetry"]')).toHaveAttribute("aria-invalid", "true");
});

test("links are copied by button and by key, and what can't be is said", async ({ desk, page }) => {
  await desk.open("send-not_ours");
  await expect(desk.part("not-ours")).toContainText("may have been used already");
  await desk.action("copy_hosted_link").click();
  await page.keyboard.press("c");
  expect(await desk.given("copyLink")).toEqual([
    [id, "hosted_page"],
    [id, "usher"],
  ]);
  for (const [outcome, words] of [
    [{ kind: "no_link" }, "There is no link any more."],
    [{ kind: "no_clipboard" }, "can’t use this computer’s clipboard"],
    ["broken", "Try it once more."],
  ] as const) {
    await page.evaluate((outcome) => usher.console.outcomes.copyLink.push(outcome), outcome);
    await desk.action("copy_usher_link").click();
    await expect(desk.part("copy-outcome")).toContainText(words);
  }
  expect(await page.content()).not.toMatch(/handoff_code|code=[A-Za-z0-9]/);
});

test("without a link, the key says so", async ({ desk, page }) => {
  await desk.open("send-none");
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  expect(await desk.given("copyLink")).toEqual([]);
  await expect(desk.part("copy-outcome")).toHaveText("There is no link for this login.");
});

test("Kernel's own page opens in the browser or in a window, after its host was asked about", async ({
  desk,
  page,
}) => {
  await desk.open("send-ready");
  await page.evaluate(() =>
    usher.console.outcomes.openPage.push({ kind: "confirm", host: "auth.unknown.example" }),
  );
  await desk.action("open_hosted_page").click();
  await expect(desk.part("host")).toHaveText("auth.unknown.example");
  await desk.action("confirm_open").click();
  await desk.action("open_hosted_page_window").click();
  expect(await desk.given("openPage")).toEqual([
    [id, "hosted_page", "browser", null],
    [id, "hosted_page", "browser", "auth.unknown.example"],
    [id, "hosted_page", "window", null],
  ]);
});

test("each end says why, and what to do now", async ({ desk, page }) => {
  for (const [state, action] of [
    ["flow-failed", "start_login"],
    ["flow-unconfirmed", "check_again"],
    ["flow-refused", "open_settings"],
    ["flow-gone", "close"],
  ] as const) {
    await desk.open(state);
    await expect(desk.part("error-title")).toBeVisible();
    await expect(desk.part("error-advice")).toBeVisible();
    await expect(desk.part("ways").locator("button").first()).toHaveAttribute(
      "data-action",
      action,
    );
  }
  await desk.action("close").click();
  expect(await desk.given("open")).toEqual([[null]]);
  await expect(page.locator("[data-part=flow]")).toHaveCount(0);
});

test("a connection that can't be read says so, and can be left or read again", async ({ desk }) => {
  await desk.open("flow-unreadable");
  await expect(desk.part("trouble")).toContainText("could not be reached");
  await expect(desk.part("alert")).toContainText("could not be reached");
  await desk.action("check_again").click();
  expect(await desk.given("checkAgain")).toEqual([[id]]);
  await desk.action("close").click();
  expect(await desk.given("open")).toEqual([[null]]);
});

test("lost news are said once, and that they are back; another flow is not mixed up with it", async ({
  desk,
  page,
}) => {
  await desk.open("flow-reconnecting");
  await expect(desk.part("reconnecting")).toContainText("can’t be reached");
  await page.evaluate(() => {
    usher.console.changeFlow({ stream: { state: "live" } });
  });
  await expect(desk.part("reconnecting")).toHaveCount(0);
  await expect(desk.part("announce")).toContainText("The connection is back.");
});
