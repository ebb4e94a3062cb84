import type {
  Answer,
  AnswerProblem,
  ConnectionDraft,
  ConsoleWindow,
  Copied,
  Deleted,
  HappeningKind,
  HistoryRead,
  LinkKind,
  ListView,
  LoginDraft,
  Look,
  LookedUp,
  OpenAuthflow,
  OpenConnection,
  Opened,
  PageKind,
  Place,
  Saved,
  Started,
} from "./types";

/**
 * All that the console's page can ask of the world. As the login window's, it has no other door.
 *
 * What is followed is sent whole, and only the newest counts: a value that is older than one that
 * was had is dropped behind this door. Everything else is asked by name of the connection.
 */
export interface ConsolePlatform {
  /** Follows the console. `onFailure` is called if the other side can't be followed at all. */
  watchConsole(listener: (window: ConsoleWindow) => void, onFailure: () => void): () => void;

  /** Follows the part of the list that was last looked at. */
  watchList(listener: (list: ListView) => void): () => void;

  /** Follows the connection that is open; null while none is. */
  watchConnection(listener: (connection: OpenConnection | null) => void): () => void;

  /** Follows the authflow that is open; null while none is. */
  watchAuthflow(listener: (authflow: OpenAuthflow | null) => void): () => void;

  /** Looks at a part of the list. */
  look(look: Look): Promise<void>;

  /** Opens a connection, or nothing: then an authflow is closed too. */
  open(id: string | null): Promise<void>;

  /** Opens the next connection whose flow needs a person. False: none does. */
  openNext(): Promise<boolean>;

  /** Reads a connection and its flow again, now. */
  checkAgain(id: string): Promise<void>;

  /** Sends an answer to a flow. As in the login window. */
  answer(id: string, answer: Answer): Promise<AnswerProblem | null>;

  /** Opens a page of a flow. As in the login window; in the browser or in a window of its own. */
  openPage(id: string, page: PageKind, place: Place, confirmed: string | null): Promise<Opened>;

  /** Copies a link of a flow. The link never comes here. */
  copyLink(id: string, link: LinkKind): Promise<Copied>;

  /** Starts a login. `over`: also if one is running, which may be cancelled by it. */
  startLogin(id: string, draft: LoginDraft, over: boolean): Promise<Started>;

  /** Copies what support needs to know about what the console shows. */
  copyDetails(): Promise<boolean>;

  /** Creates a connection. */
  createConnection(draft: ConnectionDraft): Promise<Saved>;

  /** Changes a connection: only what differs between the two drafts is sent. */
  changeConnection(id: string, before: ConnectionDraft, after: ConnectionDraft): Promise<Saved>;

  /** Deletes a connection. */
  deleteConnection(id: string): Promise<Deleted>;

  /** Reads what happened on a connection, newest first: one kind, or all; from this place on. */
  history(id: string, kind: HappeningKind | null, from: number): Promise<HistoryRead>;

  /** Takes the remote browser of a connection over. */
  takeOver(id: string): Promise<void>;

  /**
   * The address of the frame that shows a connection's live view, only to be watched: what is at
   * an origin that may not be framed stays empty.
   */
  frameOf(id: string): string;

  /** Gives the remote browser back. */
  giveBack(): Promise<void>;

  /** Looks an authflow up by what was pasted. `insist`: though it doesn't look like an id. */
  lookUpAuthflow(text: string, insist: boolean): Promise<LookedUp>;

  /** Opens an authflow that is in the list. */
  openAuthflow(id: string): Promise<void>;

  /** Reads an authflow now, and watches it again. */
  checkAuthflow(id: string): Promise<void>;

  /** Stops watching an authflow, and takes it out of the list. */
  forgetAuthflow(id: string): Promise<void>;

  /** Opens the address an authflow returns to, once the person has agreed to its host. */
  openReturnAddress(id: string, confirmed: string | null): Promise<Opened>;

  /** Tries a key for the environment's Prefactor service; if it works, it is kept. */
  useAuthflowKey(key: string): Promise<void>;

  /** Asks the keychain once more for Prefactor's key, or to keep the one that is in memory. */
  askAuthflowKeychainAgain(): Promise<void>;

  /** Removes Prefactor's key, here and from the keychain. */
  forgetAuthflowKey(): Promise<void>;

  /** Tries a key for the chosen environment; if it works, it is kept in the keychain. */
  useKey(key: string): Promise<void>;

  /** Tries the key that could not be checked once more. */
  tryKeyAgain(): Promise<void>;

  /** Asks the keychain once more: for a key, or to keep the one that is in memory. */
  askKeychainAgain(): Promise<void>;

  /** Removes the key, here and from the keychain, and stops following. */
  forgetKey(): Promise<void>;

  /** Works in another environment. */
  chooseEnvironment(name: string): Promise<void>;

  /** Starts the sandbox, if it does not run yet, and works in it. */
  trySandbox(): Promise<void>;

  /** Reads `environments.toml` again. */
  readEnvironmentsAgain(): Promise<void>;

  /** Opens `environments.toml` in the system's editor. */
  openEnvironmentsFile(): Promise<void>;

  /** Whether the system shows a note when a flow begins to wait. */
  setNotifications(on: boolean): Promise<void>;

  /** Whether closing the window goes on watching. */
  setKeepWatching(on: boolean): Promise<void>;

  /** Answers the question of `closing`: goes on watching, ends Usher, or (null) stays open. */
  close(keepWatching: boolean | null): Promise<void>;

  /** Takes a link that a guest pasted, as if it had been clicked. */
  openLink(link: string): Promise<void>;

  /** Says that the first screen is drawn, so that the window need not be shown empty. */
  ready(): Promise<void>;
}
