import type { Need, Row } from "../../lib/platform/types";
import { inMinutes } from "../make";
import { row, waiting } from "./make";

const sites = [
  "netflix.com",
  "chase.com",
  "mail.google.com",
  "portal.acme-insurance.example",
  "linkedin.com",
  "myaccount.nationalgrid.example",
  "amazon.co.uk",
  "hr.workday.example",
];
const people = ["ada", "grace", "alan", "katherine", "edsger", "barbara", "donald", "radia"];
const needs: Need[] = ["code", "sign_in", "elsewhere", "code", "choice", "person", "details"];

/** So many connections, as a service has them: a few wait, some run, most are quiet. */
export function many(count: number): Row[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `ma_${String(n)}`;
    const name = {
      domain: sites[n % sites.length] ?? "",
      profile: `${people[Math.floor(n / sites.length) % people.length] ?? ""}-${String(n)}`,
    };
    if (n < Math.min(7, count / 4)) {
      return waiting(id, {
        ...name,
        state: { kind: "needs_a_person", need: needs[n % needs.length] ?? "code" },
        answer_by: inMinutes(1.2 + 1.3 * n),
      });
    }
    if (n < Math.min(16, count / 2)) {
      const stage = n % 3 === 0 ? "sending" : "finding_out";
      const state = { kind: "in_progress", stage } as const;
      return row(id, {
        ...name,
        state,
        standing: "needs_login",
        expires_at: inMinutes(10 + n / 2),
        live: n % 2 === 0,
      });
    }
    if (n % 9 === 0) {
      const state = { kind: "failed", stage: "failed", code: "credentials_invalid" } as const;
      return row(id, { ...name, state, standing: "needs_login" });
    }
    if (n % 5 === 0) {
      return row(id, { ...name, state: { kind: "needs_login" }, standing: "needs_login" });
    }
    return row(id, name);
  });
}
