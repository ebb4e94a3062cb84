import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** Ends a run with one line that says how it went. */
export default class Tally implements Reporter {
  #passed = 0;
  #failed = 0;

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === "skipped") return;
    if (result.status === test.expectedStatus) this.#passed += 1;
    else this.#failed += 1;
  }

  onExit(): Promise<void> {
    process.stdout.write(`${String(this.#passed)} passed, ${String(this.#failed)} failed\n`);
    return Promise.resolve();
  }
}
