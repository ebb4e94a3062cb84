import { expect, test } from "../gallery";

// The rules behind the page tidy a code, so that there is one rule.
for (const typed of ["012 345", "012-345", " 00–12 34 ", "ab12-CD34"]) {
  test(`a one-time code typed as "${typed}" is handed over as it is`, async ({ gallery }) => {
    await gallery.open("field-code");
    await gallery.field("f_code").fill(typed);
    await gallery.action("submit").click();
    expect(await gallery.answers()).toEqual([
      { interaction_id: "mai_1", field_values: { f_code: typed } },
    ]);
  });
}

test("blanks and dashes alone are no code", async ({ gallery }) => {
  await gallery.open("field-code");
  await gallery.field("f_code").fill(" - ");
  await gallery.action("submit").click();
  await expect(gallery.field("f_code")).toHaveAttribute("aria-invalid", "true");
  expect(await gallery.answers()).toEqual([]);
});

for (const [pasted, left] of [
  ["Your Netflix code is 012345. Don't share it!", "012345"],
  ["G-482913 is your Google verification code.", "482913"],
  ["Use 123 456 to sign in", "123456"],
  ["012-345", "012-345"],
  ["Code 1234, valid until 2027", "Code 1234, valid until 2027"],
] as const) {
  test(`pasting "${pasted}" leaves ${left}`, async ({ gallery, page }) => {
    await gallery.open("field-code");
    await gallery.field("f_code").fill("old");
    await gallery.field("f_code").selectText();
    await page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      const event = new ClipboardEvent("paste", {
        clipboardData: data,
        cancelable: true,
        bubbles: true,
      });
      const input = document.activeElement as HTMLInputElement;
      // The browser pastes by itself only for a real paste; a made-up one is done here.
      if (input.dispatchEvent(event)) document.execCommand("insertText", false, pasted);
    }, pasted);
    await expect(gallery.field("f_code")).toHaveValue(left);
  });
}

test("a code is one field that the system can fill and a phone gives digits for", async ({
  gallery,
  page,
}) => {
  await gallery.open("field-code");
  await expect(page.locator("input")).toHaveCount(1);
  await expect(gallery.field("f_code")).toHaveAttribute("autocomplete", "one-time-code");
  await expect(gallery.field("f_code")).toHaveAttribute("inputmode", "numeric");
  await expect(gallery.field("f_code")).toHaveAttribute("type", "text");
  await expect(gallery.field("f_code")).toBeFocused();
});
