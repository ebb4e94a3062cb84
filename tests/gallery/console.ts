import type * as authflowMake from "../../ui/src/gallery/console/make-authflow";
import type * as consoleMake from "../../ui/src/gallery/console/make";
import type { ConsoleCall, FakeConsole } from "../../ui/src/lib/platform/fake-console";
import { Gallery, test as base, expect } from "./gallery";

declare global {
  interface Offered {
    console: FakeConsole;
    consoleMake: typeof consoleMake;
    authflowMake: typeof authflowMake;
  }
}

/** One state of the console on a page, and the hands to work with it. */
export class Desk extends Gallery {
  /** The commands the page has given with this name, in order: what each was given. */
  given<Name extends ConsoleCall["command"]>(
    name: Name,
  ): Promise<Extract<ConsoleCall, { command: Name }>["given"][]> {
    return this.page.evaluate(
      (name) =>
        usher.console.calls.flatMap((call) => (call.command === name ? [call.given] : [])) as never,
      name,
    );
  }

  row(id: string) {
    return this.page.locator(`[data-row="${id}"]`);
  }

  draft(name: string) {
    return this.page.locator(`[data-draft="${name}"]`);
  }
}

/** The gallery's test, with the console's hands and in a window of its usual size. */
export const test = base.extend<{ desk: Desk }>({
  viewport: { width: 1280, height: 800 },
  // The gallery's own watch over errors, the policy and the network stands around it.
  desk: async ({ gallery }, use) => {
    await use(new Desk(gallery.page));
  },
});

export { expect };
