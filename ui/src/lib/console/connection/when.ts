import { language, say, timeOfDay } from "../../words/words";

/** A moment as short as it can be told: the time today, else with the day. */
export function moment(at: string, now: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return timeOfDay(date);
  const sameYear = date.getFullYear() === today.getFullYear();
  const day = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(date);
  return `${day}, ${timeOfDay(date)}`;
}

/** The time of day to the second: statuses may follow each other within a minute. */
export function toTheSecond(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return new Intl.DateTimeFormat(language, { timeStyle: "medium", hourCycle: "h23" }).format(date);
}

/** A moment whole, for who wants to know exactly. */
export function exactly(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" }).format(date);
}

/** How long something took, in at most two parts, e.g. 1 min 14 s. */
export function shortly(milliseconds: number): string {
  if (milliseconds < 1000) return say("when.at_once");
  const whole = Math.round(milliseconds / 1000);
  const [minutes, seconds] = [Math.floor(whole / 60), whole % 60];
  return [
    minutes > 0 && say("when.short_minutes", { minutes }),
    seconds > 0 && say("when.short_seconds", { seconds }),
  ]
    .filter((part) => part !== false)
    .join(" ");
}

/** A span of time in words, with no part that is nothing: 1 hour 30 minutes. */
export function span(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  return [
    days > 0 && say("when.days", { days }),
    hours > 0 && say("when.hours", { hours }),
    minutes > 0 && say("when.minutes", { minutes }),
    (seconds % 60 > 0 || seconds === 0) && say("when.seconds", { seconds: seconds % 60 }),
  ]
    .filter((part) => part !== false)
    .join(" ");
}
