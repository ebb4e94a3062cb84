import { expect, test } from "../console";

test("the list opens connections", async ({ desk }) => {
  await desk.open("console-desk");
  await desk.row("ma_2").click();
  await expect(desk.part("connection")).toHaveAttribute("data-connection", "ma_2");
  expect(await desk.given("open")).toEqual([["ma_2"]]);
});
