import type { Telling } from "../../flow/stages";
import type { Stage } from "../../platform/types";

const running = { now: null, next: null, busy: false, end: null } as const;
const over = { now: null, next: null, busy: false, end: "badly" } as const;

/** How a stage is told to support. A stage that is missing here does not compile. */
export const tellings: Record<Stage, Telling> = {
  opening: { ...running, heading: "flow.opening", now: "flow.opening_now", busy: true },
  finding_out: {
    ...running,
    heading: "stage.finding_out",
    now: "stage.finding_out_now",
    busy: true,
  },
  asking: { ...running, heading: "flow.asking", now: "flow.asking_now" },
  waiting_elsewhere: {
    ...running,
    heading: "flow.waiting_elsewhere",
    now: "flow.waiting_elsewhere_now",
    next: "flow.waiting_elsewhere_next",
  },
  sending: { ...running, heading: "flow.sending", now: "flow.sending_now", busy: true },
  needs_a_person: {
    ...running,
    heading: "flow.needs_a_person",
    now: "flow.needs_a_person_now",
    next: "flow.needs_a_person_next",
  },
  unfamiliar: {
    ...running,
    heading: "flow.unfamiliar",
    now: "flow.unfamiliar_now",
    next: "flow.unfamiliar_next",
  },
  logged_in: { ...over, heading: "stage_short.logged_in", end: "well" },
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

/** Whether a stage is one that only somebody at the remote page itself can get past. */
export function leadsToPage(stage: Stage): boolean {
  return stage === "needs_a_person" || stage === "unfamiliar";
}
