import { parse } from "bowser";

/** A browser and its system, as far as it says of itself. */
export interface Device {
  /** Its name, with the first part of its version where that is known. */
  browser: string;
  system: string;
}

/** Names that are long without saying more. */
const shorter: Record<string, string> = {
  "Microsoft Edge": "Edge",
  "Internet Explorer": "IE",
  "Samsung Internet for Android": "Samsung Internet",
};

/** Models that tell more than the system alone. */
const models = ["iPhone", "iPad", "iPod"];

/**
 * Reads what a browser says of itself. Null where that can't be read, and of robots: a name without
 * a system says little, and anything may stand there.
 */
export function deviceOf(agent: string | null): Device | null {
  if (agent === null || agent.trim() === "") return null;
  try {
    const { browser, os, platform } = parse(agent);
    if (!plain(browser.name) || !plain(os.name)) return null;
    const major = /^\d{1,4}(?=\.|$)/.exec(browser.version ?? "")?.[0];
    const name = shorter[browser.name] ?? browser.name;
    const model = models.find((model) => model === platform.model);
    return {
      browser: major === undefined ? name : `${name} ${major}`,
      system: model === undefined ? os.name : `${os.name} (${model})`,
    };
  } catch {
    return null;
  }
}

/** Whether that is a name. The library takes parts of the text for one where it knows none. */
function plain(name: string | undefined): name is string {
  return name !== undefined && /^[\p{L}\d][\p{L}\d .+-]{0,39}$/u.test(name);
}
