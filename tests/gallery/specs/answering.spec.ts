import { expect, test } from "../gallery";

test("a form is sent with its interaction, once, whatever is pressed", async ({
  gallery,
  page,
}) => {
  await gallery.open("screen-flow");
  await page.evaluate(() => usher.platform.answers.push("held"));
  await gallery.field("f_user").fill("ada@example.com");
  await gallery.field("f_pw").fill(" correct horse ");
  await gallery.field("f_pw").press("Enter");
  await gallery.field("f_pw").press("Enter");
  // Forced, as a person's hand is not held back by a mark for programs.
  await gallery.action("submit").dblclick({ force: true });
  await expect(gallery.action("submit")).toHaveAttribute("aria-disabled", "true");
  await expect(gallery.field("f_user")).toHaveAttribute("readonly", "");
  await expect(gallery.field("f_user")).toBeEnabled();
  await page.evaluate(() => {
    usher.platform.letGo();
  });
  // Taken, and nothing newer is known: still locked.
  await gallery.action("submit").click({ force: true });
  expect(await gallery.answers()).toEqual([
    {
      interaction_id: "mai_1",
      field_values: { f_user: "ada@example.com", f_pw: " correct horse " },
    },
  ]);
});

test("a form that was taken opens again when the question still stands", async ({ gallery }) => {
  await gallery.open("field-password");
  await gallery.field("f_pw").fill("correct horse");
  await gallery.action("submit").click();
  await expect(gallery.field("f_pw")).toHaveAttribute("readonly", "");
  await gallery.change({ notice: { kind: "still_asked" } });
  await expect(gallery.field("f_pw")).not.toHaveAttribute("readonly", "");
  await expect(gallery.field("f_pw")).toHaveValue("correct horse");
  await gallery.action("submit").click();
  expect(await gallery.answers()).toHaveLength(2);
});

test("a choice is sent once", async ({ gallery }) => {
  await gallery.open("choice-mfa_method");
  await gallery.choice("sms-2").dblclick();
  expect(await gallery.answers()).toEqual([
    { interaction_id: "mai_1", selected_choice_id: "sms-2" },
  ]);
});

test("an empty field is asked for where it is, and an empty optional one is left out", async ({
  gallery,
}) => {
  await gallery.open("optional-field");
  await gallery.action("submit").click();
  const user = gallery.field("f_user");
  await expect(user).toBeFocused();
  await expect(user).toHaveAttribute("aria-invalid", "true");
  await expect(user).toHaveAccessibleDescription("Fill this in to go on.");
  await expect(gallery.part("alert")).toContainText("One field still needs an answer.");
  await user.fill("ada");
  await expect(user).not.toHaveAttribute("aria-invalid", "true");
  await gallery.action("submit").click();
  expect(await gallery.answers()).toEqual([
    { interaction_id: "mai_1", field_values: { f_user: "ada" } },
  ]);
});

test("text filled in without any event is sent", async ({ gallery, page }) => {
  await gallery.open("screen-flow");
  await page.evaluate(() => {
    for (const input of document.querySelectorAll("input")) input.value = "filled by a manager";
  });
  await gallery.action("submit").click();
  expect(await gallery.answers()).toEqual([
    {
      interaction_id: "mai_1",
      field_values: { f_user: "filled by a manager", f_pw: "filled by a manager" },
    },
  ]);
});

for (const [problem, words] of [
  [{ kind: "stale" }, "The page moved on before your answer was sent."],
  [{ kind: "not_asked" }, "Nothing is asked right now."],
  [{ kind: "over" }, "This login is over."],
  ["broken", "Your answer could not be sent."],
] as const) {
  const name = typeof problem === "string" ? problem : problem.kind;
  test(`a refused answer (${name}) says so and keeps the text`, async ({ gallery, page }) => {
    await gallery.open("field-password");
    await page.evaluate((problem) => usher.platform.answers.push(problem), problem);
    await gallery.field("f_pw").fill("correct horse");
    await gallery.action("submit").click();
    await expect(gallery.part("alert")).toContainText(words);
    await expect(gallery.part("problem")).toContainText(words);
    await expect(gallery.field("f_pw")).toHaveValue("correct horse");
    await expect(gallery.field("f_pw")).not.toHaveAttribute("readonly", "");
  });
}

test("an answer that lacks a field goes to that field", async ({ gallery, page }) => {
  await gallery.open("screen-flow");
  await page.evaluate(() => usher.platform.answers.push({ kind: "incomplete", field: "f_pw" }));
  await gallery.field("f_user").fill("ada");
  await gallery.field("f_pw").fill("x");
  await gallery.action("submit").click();
  await expect(gallery.field("f_pw")).toBeFocused();
  await expect(gallery.field("f_pw")).toHaveAccessibleDescription("Fill this in to go on.");
});

test("an id like __proto__ is a key like any other", async ({ gallery, page }) => {
  await gallery.open("awkward-markup");
  await gallery.field("__proto__").fill("value");
  await gallery.action("submit").click();
  const sent = await page.evaluate(() => JSON.stringify(usher.platform.calls.at(-1)));
  expect(sent).toContain('"field_values":{"__proto__":"value"}');
  expect(await page.evaluate(() => "value" in {})).toBe(false);
});

test("text from outside stays text", async ({ gallery, page }) => {
  await gallery.open("awkward-markup");
  await expect(page.locator("main img, main b, main a, main script")).toHaveCount(0);
  await expect(gallery.part("website-error")).toContainText('<img src=x onerror="alert(1)">');
});

test("nothing that was typed is stored", async ({ gallery, page, context }) => {
  await gallery.open("field-password");
  await gallery.field("f_pw").fill("correct horse");
  await gallery.action("submit").click();
  await gallery.change({ prompt: null, stage: "logged_in", ways: ["close"] });
  await expect(gallery.heading()).toHaveText("You’re logged in");
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(await context.cookies()).toEqual([]);
  expect(await page.content()).not.toContain("correct horse");
});
