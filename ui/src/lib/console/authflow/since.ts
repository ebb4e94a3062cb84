import { say } from "../../words/words";
import { span } from "../connection/when";

/** How long ago something was read. Not to the second: it would never stand still. */
export function since(at: string, now: number): string {
  const minutes = Math.floor((now - new Date(at).getTime()) / 60_000);
  if (!(minutes >= 1)) return say("authflow.read_now");
  return say("authflow.read_ago", { time: span(minutes * 60) });
}
