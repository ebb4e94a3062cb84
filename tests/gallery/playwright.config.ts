import { defineConfig } from "@playwright/test";

export default defineConfig({
  globalSetup: "./serve.ts",
  outputDir: "../../target/gallery/results",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [["list"], ["./tally.ts"]],
  timeout: 30_000,
  expect: { timeout: 5_000 },
  use: {
    viewport: { width: 440, height: 680 },
    locale: "en-GB",
    timezoneId: "Europe/London",
    // Colours are measured, so they must not be on their way from one to another.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "specs", testDir: "./specs" },
    { name: "shots", testDir: "./shots", testMatch: "shots.ts", timeout: 120_000 },
  ],
});
