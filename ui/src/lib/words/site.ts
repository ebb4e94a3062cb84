import type { ConnectionView } from "../platform/types";
import { say } from "./words";

/** What the site is called: its domain, or "The site" while that is not known. */
export function siteName(connection: ConnectionView): string {
  return connection.domain ?? say("header.no_site");
}
