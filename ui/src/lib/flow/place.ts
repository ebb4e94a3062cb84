import type { PromptView, View } from "../platform/types";

/** The prompt that is the main thing on screen: the heading is then the thing to do. */
export function mainPrompt(view: View): PromptView | null {
  const { prompt, stage } = view;
  if (prompt === null || prompt.fall_back) return null;
  if (prompt.fields.length + prompt.choices.length === 0) return null;
  return stage === "asking" || stage === "sending" ? prompt : null;
}

/**
 * Names the place the person is at. When it changes, the heading is new and takes the focus; while
 * it stays, nothing moves: an answer that is sent from a form does not leave the form.
 */
export function placeOf(view: View): string {
  const prompt = mainPrompt(view);
  return prompt ? `prompt ${prompt.interaction_id}` : view.stage;
}
