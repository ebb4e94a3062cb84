import type { DraftField, DraftProblem, ProblemKind } from "../../platform/types";
import { say } from "../../words/words";

/** What is wrong with a field, in words. */
export function problemWords(problem: ProblemKind): string {
  switch (problem.kind) {
    case "not_a_host":
      return say("problem.not_a_host", { text: problem.text });
    case "out_of_range":
      return say("problem.out_of_range", { least: problem.least, most: problem.most });
    case "missing":
    case "too_long":
    case "not_an_address":
    case "categories_while_off":
    case "neither_kept_nor_sent":
      return say(`problem.${problem.kind}`);
  }
}

/** What is wrong with one field of a draft; null if nothing is. */
export function problemAt(problems: DraftProblem[], field: DraftField): string | null {
  const found = problems.filter((problem) => problem.field === field);
  if (found.length === 0) return null;
  return found.map(({ problem }) => problemWords(problem)).join(" ");
}
