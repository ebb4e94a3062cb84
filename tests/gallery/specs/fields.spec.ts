import { expect, test } from "../gallery";

test("a password is shown and hidden by keyboard, and nothing typed is lost", async ({
  gallery,
  page,
}) => {
  await gallery.open("field-password");
  const input = gallery.field("f_pw");
  await expect(input).toHaveAttribute("type", "password");
  await expect(input).toHaveAttribute("autocomplete", "current-password");
  await page.keyboard.type("correct horse");
  await page.keyboard.press("Tab");
  const reveal = page.getByRole("button", { name: "Show what is typed: Password" });
  await expect(reveal).toBeFocused();
  await expect(reveal).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("Space");
  await expect(input).toHaveAttribute("type", "text");
  await expect(reveal).toHaveAttribute("aria-pressed", "true");
  await expect(reveal).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(input).toHaveAttribute("type", "password");
  await expect(input).toHaveValue("correct horse");
  expect(await gallery.answers()).toEqual([]);
});

test("showing by mouse keeps the focus and the caret", async ({ gallery, page }) => {
  await gallery.open("field-password");
  await page.keyboard.type("correct horse");
  for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowLeft");
  await gallery.action("reveal").click();
  const input = gallery.field("f_pw");
  await expect(input).toBeFocused();
  await expect(input).toHaveAttribute("type", "text");
  await expect
    .poll(() => input.evaluate((input: HTMLInputElement) => input.selectionStart))
    .toBe(7);
});

test("a long-lived key is hidden like a password", async ({ gallery }) => {
  await gallery.open("field-totp_secret");
  await expect(gallery.field("s")).toHaveAttribute("type", "password");
});

test("an identifier is plain text, whatever its keyboard", async ({ gallery }) => {
  await gallery.open("field-identifier");
  await expect(gallery.field("f_user")).toHaveAttribute("type", "text");
  await expect(gallery.field("f_user")).toHaveAttribute("inputmode", "email");
  await gallery.field("f_user").fill("not an e-mail");
  await gallery.action("submit").click();
  expect(await gallery.answers()).toHaveLength(1);
});

test("a space at an edge is pointed out and sent as it is", async ({ gallery }) => {
  await gallery.open("field-password");
  await gallery.field("f_pw").fill("correct horse ");
  await expect(gallery.part("stray-space")).toBeVisible();
  await gallery.field("f_pw").fill("correct horse");
  await expect(gallery.part("stray-space")).toBeHidden();
});

test("Caps Lock is pointed out at a password", async ({ gallery }) => {
  await gallery.open("field-password");
  await gallery.field("f_pw").evaluate((input) => {
    input.dispatchEvent(
      new KeyboardEvent("keydown", { key: "A", modifierCapsLock: true, bubbles: true }),
    );
  });
  await expect(gallery.part("caps-lock")).toBeVisible();
});

test("a refused field says so before its hint, and is empty", async ({ gallery }) => {
  await gallery.open("wrong-code");
  const input = gallery.field("f_code");
  await expect(input).toHaveAttribute("aria-invalid", "true");
  await expect(input).toHaveValue("");
  await expect(input).toHaveAccessibleDescription(
    "netflix.com didn’t accept the last code. Enter a new one. We sent it to (***) ***-**92",
  );
});

test("a refused password is not offered again, also in the same interaction", async ({
  gallery,
  page,
}) => {
  await gallery.open("screen-flow");
  await gallery.field("f_user").fill("ada@example.com");
  await gallery.field("f_pw").fill("wrong");
  await page.evaluate(() => {
    const { email, password, prompt } = usher.make;
    usher.platform.changeView({ prompt: prompt([email, { ...password, reason: "rejected" }]) });
  });
  await expect(gallery.part("rejected")).toBeVisible();
  await expect(gallery.field("f_pw")).toHaveValue("");
  await expect(gallery.field("f_user")).toHaveValue("ada@example.com");
});

test("a new interaction starts empty, at its first field", async ({ gallery, page }) => {
  await gallery.open("screen-flow");
  await gallery.field("f_user").fill("ada@example.com");
  await gallery.field("f_pw").fill("wrong");
  await page.evaluate(() => {
    const { email, password, prompt } = usher.make;
    usher.platform.changeView({
      prompt: prompt([email, { ...password, reason: "rejected" }], [], { interaction_id: "mai_2" }),
    });
  });
  await expect(gallery.field("f_pw")).toHaveValue("");
  await expect(gallery.field("f_user")).toBeFocused();
});

test("text and focus outlive everything that happens within one interaction", async ({
  gallery,
}) => {
  await gallery.open("screen-flow");
  const user = gallery.field("f_user");
  await user.fill("ada@exam");
  await gallery.change({
    stream: {
      state: "reconnecting",
      since: new Date().toISOString(),
      attempts: 1,
      cause: "silent",
    },
  });
  await expect(gallery.part("reconnecting")).toContainText("The service has gone quiet. Since ");
  await expect(user).toHaveValue("ada@exam");
  await expect(user).toBeFocused();
  await gallery.change({ notice: { kind: "service_trouble", message: null } });
  await gallery.change({ stream: { state: "live" }, website_error: "Try again" });
  await expect(gallery.part("reconnecting")).toBeHidden();
  await expect(user).toHaveValue("ada@exam");
  await expect(user).toBeFocused();
});

test("an older view changes nothing", async ({ gallery, page }) => {
  await gallery.open("screen-flow");
  await gallery.change({ website_error: "newer" });
  await page.evaluate(() => {
    usher.platform.send(usher.make.flow({ website_error: "older" }, { revision: 1 }));
  });
  await expect(page.locator("[data-revision]")).toHaveAttribute("data-revision", "2");
  await expect(gallery.part("website-error")).toContainText("newer");
});
