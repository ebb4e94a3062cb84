import { Channel, invoke } from "@tauri-apps/api/core";
import { newestOnly, type Platform } from "./platform";
import type { Answer, AnswerProblem, LoginWindow, Opened, PageKind } from "./types";

/** The real platform: the commands of the shell. The only file that knows Tauri. */
export const tauri: Platform = {
  watchLogin(listener, onFailure) {
    const { hear, stop } = newestOnly(listener);
    let watching = true;
    const channel = new Channel<LoginWindow>();
    channel.onmessage = hear;
    invoke("watch_login", { channel }).catch(() => {
      if (watching) onFailure();
    });
    return () => {
      watching = false;
      stop();
    };
  },

  begin: () => invoke("begin"),

  dismissLink: () => invoke("dismiss_link"),

  async answer(answer: Answer): Promise<AnswerProblem | null> {
    try {
      await invoke("answer", { answer });
      return null;
    } catch (problem) {
      if (isAnswerProblem(problem)) return problem;
      throw problem;
    }
  },

  checkAgain: () => invoke("check_again"),

  openPage: (page: PageKind, confirmed: string | null) =>
    invoke<Opened>("open_page", { page, confirmed }),

  openLink: (link: string) => invoke("open_link", { link }),

  copyDetails: () => invoke<boolean>("copy_details"),

  closeWindow: () => invoke("close_window"),

  ready: () => invoke("ready"),
};

/** A command rejects with the problem itself, or with a text if the call was not as agreed. */
function isAnswerProblem(value: unknown): value is AnswerProblem {
  return (
    typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string"
  );
}
