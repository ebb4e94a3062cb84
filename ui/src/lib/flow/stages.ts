import type { Stage } from "../platform/types";
import type { Key } from "../words/words";

/** How a stage is told. A stage that is missing here does not compile. */
export interface Telling {
  /** The heading, where neither a prompt nor an error gives a better one. */
  heading: Key;
  /** What is going on, or what it means. */
  now: Key | null;
  /** What comes next by itself. */
  next: Key | null;
  /** Whether something is being done for the person, who need do nothing. */
  busy: boolean;
  /** How it ended, if it did. */
  end: "well" | "badly" | null;
}

const running = { now: null, next: null, busy: false, end: null } as const;
const over = { now: null, next: null, busy: false, end: "badly" } as const;

export const tellings: Record<Stage, Telling> = {
  opening: { ...running, heading: "stage.opening", now: "stage.opening_now", busy: true },
  finding_out: {
    ...running,
    heading: "stage.finding_out",
    now: "stage.finding_out_now",
    busy: true,
  },
  asking: { ...running, heading: "stage.asking_nothing", now: "stage.needs_a_person_now" },
  waiting_elsewhere: {
    ...running,
    heading: "stage.waiting_elsewhere",
    now: "stage.waiting_elsewhere_now",
    next: "stage.waiting_elsewhere_next",
  },
  sending: { ...running, heading: "stage.sending", now: "stage.sending_now", busy: true },
  needs_a_person: {
    ...running,
    heading: "stage.needs_a_person",
    now: "stage.needs_a_person_now",
    next: "stage.needs_a_person_next",
  },
  unfamiliar: {
    ...running,
    heading: "stage.unfamiliar",
    now: "stage.unfamiliar_now",
    next: "stage.unfamiliar_next",
  },
  logged_in: { ...over, heading: "stage.logged_in", next: "stage.logged_in_next", end: "well" },
  failed: { ...over, heading: "stage.failed" },
  expired: { ...over, heading: "stage.expired" },
  canceled: { ...over, heading: "stage.canceled" },
  access_ended: { ...over, heading: "stage.access_ended" },
  refused: { ...over, heading: "stage.refused" },
  gone: { ...over, heading: "stage.gone" },
  unconfirmed: { ...over, heading: "stage.unconfirmed" },
  not_running: { ...over, heading: "stage.not_running" },
  cannot_follow: { ...over, heading: "stage.cannot_follow" },
};
