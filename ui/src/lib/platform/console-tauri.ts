import { Channel, convertFileSrc, invoke } from "@tauri-apps/api/core";
import type { ConsolePlatform } from "./console";
import { newestOf } from "./newest";
import { newestOnly } from "./platform";
import type {
  AnswerProblem,
  ConsoleWindow,
  Copied,
  Deleted,
  HistoryRead,
  ListView,
  LookedUp,
  OpenAuthflow,
  OpenConnection,
  Opened,
  Saved,
  Started,
} from "./types";

/** The console's real platform: the commands of the shell. Beside `tauri.ts`, all that knows Tauri. */
export const consoleTauri: ConsolePlatform = {
  watchConsole(listener, onFailure) {
    return follow<ConsoleWindow>("watch_console", newestOnly(listener), onFailure);
  },

  watchList(listener) {
    return follow<ListView>("watch_list", newestOnly(listener));
  },

  watchConnection(listener) {
    return follow<OpenConnection | null>("watch_connection", newestOf(listener));
  },

  watchAuthflow(listener) {
    return follow<OpenAuthflow | null>("watch_authflow", newestOf(listener));
  },

  look: (look) => invoke("look", { look }),
  open: (id) => invoke("open_connection", { id }),
  openNext: () => invoke<boolean>("open_next"),
  checkAgain: (id) => invoke("check_connection", { id }),

  async answer(id, answer): Promise<AnswerProblem | null> {
    try {
      await invoke("answer_flow", { id, answer });
      return null;
    } catch (problem) {
      if (isAnswerProblem(problem)) return problem;
      throw problem;
    }
  },

  openPage: (id, page, place, confirmed) =>
    invoke<Opened>("open_flow_page", { id, page, place, confirmed }),
  copyLink: (id, link) => invoke<Copied>("copy_link", { id, link }),
  startLogin: (id, draft, over) => invoke<Started>("start_login", { id, draft, over }),
  copyDetails: () => invoke<boolean>("copy_console_details"),
  createConnection: (draft) => invoke<Saved>("create_connection", { draft }),
  changeConnection: (id, before, after) =>
    invoke<Saved>("change_connection", { id, before, after }),
  deleteConnection: (id) => invoke<Deleted>("delete_connection", { id }),
  history: (id, kind, from) => invoke<HistoryRead>("history", { id, kind, from }),
  takeOver: (id) => invoke("take_over", { id }),
  // What answers at the scheme goes by the path's first part.
  frameOf: (id) => `${convertFileSrc(id, "usher-frame")}/wall`,
  giveBack: () => invoke("give_back"),
  lookUpAuthflow: (text, insist) => invoke<LookedUp>("look_up_authflow", { text, insist }),
  openAuthflow: (id) => invoke("open_authflow", { id }),
  checkAuthflow: (id) => invoke("check_authflow", { id }),
  forgetAuthflow: (id) => invoke("forget_authflow", { id }),
  openReturnAddress: (id, confirmed) => invoke<Opened>("open_return_address", { id, confirmed }),
  useAuthflowKey: (key) => invoke("use_authflow_key", { key }),
  askAuthflowKeychainAgain: () => invoke("ask_authflow_keychain_again"),
  forgetAuthflowKey: () => invoke("forget_authflow_key"),
  useKey: (key) => invoke("use_key", { key }),
  tryKeyAgain: () => invoke("try_key_again"),
  askKeychainAgain: () => invoke("ask_keychain_again"),
  forgetKey: () => invoke("forget_key"),
  chooseEnvironment: (name) => invoke("choose_environment", { name }),
  trySandbox: () => invoke("try_sandbox"),
  readEnvironmentsAgain: () => invoke("read_environments_again"),
  openEnvironmentsFile: () => invoke("open_environments_file"),
  setNotifications: (on) => invoke("set_notifications", { on }),
  setKeepWatching: (on) => invoke("set_keep_watching", { on }),
  close: (keepWatching) => invoke("close_console", { keepWatching }),
  openLink: (link) => invoke("open_link", { link }),
  ready: () => invoke("ready"),
};

/** Gives the other side a channel to speak on, and listens until it is stopped. */
function follow<T>(
  command: string,
  { hear, stop }: { hear: (value: T) => void; stop: () => void },
  onFailure?: () => void,
): () => void {
  let watching = true;
  const channel = new Channel<T>();
  channel.onmessage = hear;
  invoke(command, { channel }).catch(() => {
    if (watching) onFailure?.();
  });
  return () => {
    watching = false;
    stop();
  };
}

/** A command rejects with the problem itself, or with a text if the call was not as agreed. */
function isAnswerProblem(value: unknown): value is AnswerProblem {
  return (
    typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string"
  );
}
