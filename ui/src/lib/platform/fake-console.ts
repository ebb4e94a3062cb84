import type { ConsolePlatform } from "./console";
import { listOf } from "./fake-list";
import { newestOf } from "./newest";
import { newestOnly } from "./platform";
import type {
  Answer,
  AnswerProblem,
  ConnectionDraft,
  ConsoleWindow,
  Copied,
  Deleted,
  DeskView,
  Happening,
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
  Row,
  Saved,
  Started,
  Subject,
  View,
} from "./types";

/** All that the other side knows in one state of the gallery. */
export interface World {
  window: ConsoleWindow;
  /** The whole list, in its order. */
  rows: Row[];
  /** What is sent of the list besides the rows. */
  list: Partial<ListView>;
  /** The connections that can be opened, by id. */
  connections: Record<string, OpenConnection>;
  /** The authflows that can be opened, by id. */
  authflows?: Record<string, OpenAuthflow>;
  /** What happened on any of them. */
  happenings: Happening[];
  /** What becomes of the first login that is started. */
  started?: Started;
  /** What becomes of the first authflow that is looked up. */
  lookedUp?: LookedUp;
  /** What is pressed at first: keys, and buttons by their action. */
  pressed?: string[];
}

type Command = Exclude<
  keyof ConsolePlatform,
  "watchConsole" | "watchList" | "watchConnection" | "watchAuthflow" | "frameOf"
>;

/** A command the page has given: its name in the platform, and what it was given. */
export type ConsoleCall = {
  [Name in Command]: { command: Name; given: Parameters<ConsolePlatform[Name]> };
}[Command];

/** What becomes of a command: it rejects, it is held until it is let go, or this. */
type Outcome<T> = T | "broken" | "held";

/** The frame of every live view in the gallery: as the real one, it leads on to another page. */
export const frame = "/frame-lead.html";

/** How many happenings one reading gives. */
const page = 20;

/** A console without a backend: it shows what it is given, and remembers what it was asked. */
export class FakeConsole implements ConsolePlatform {
  /** What the page has asked for, in order. */
  readonly calls: ConsoleCall[] = [];
  /** What becomes of commands, the first one first; when one is empty, all goes well. */
  readonly outcomes = {
    answer: [] as Outcome<AnswerProblem | null>[],
    openPage: [] as Outcome<Opened>[],
    copyLink: [] as Outcome<Copied>[],
    startLogin: [] as Outcome<Started>[],
    createConnection: [] as Outcome<Saved>[],
    changeConnection: [] as Outcome<Saved>[],
    deleteConnection: [] as Outcome<Deleted>[],
    history: [] as Outcome<HistoryRead>[],
    openNext: [] as Outcome<boolean>[],
    lookUpAuthflow: [] as Outcome<LookedUp>[],
    checkAuthflow: [] as Outcome<null>[],
    forgetAuthflow: [] as Outcome<null>[],
    openReturnAddress: [] as Outcome<Opened>[],
    useAuthflowKey: [] as Outcome<null>[],
    useKey: [] as Outcome<null>[],
    openLink: [] as Outcome<null>[],
  };

  readonly #world: World;
  #look: Look = { filter: "all", query: "", first: 0, count: 60 };
  #revision = 1;
  #windows = new Set<(window: ConsoleWindow) => void>();
  #lists = new Set<(list: ListView) => void>();
  #connections = new Set<(connection: OpenConnection | null) => void>();
  #authflows = new Set<(authflow: OpenAuthflow | null) => void>();
  #held: (() => void)[] = [];

  constructor(world: World) {
    this.#world = world;
    if (world.started) this.outcomes.startLogin.push(world.started);
    if (world.lookedUp) this.outcomes.lookUpAuthflow.push(world.lookedUp);
  }

  /** Changes the window, one revision on. */
  change(change: Partial<ConsoleWindow>): void {
    const { window } = this.#world;
    this.#world.window = { ...window, ...change, revision: window.revision + 1 };
    for (const hear of this.#windows) hear(this.#world.window);
  }

  /** Changes the desk, one revision on. */
  changeDesk(change: Partial<DeskView>): void {
    const { screen } = this.#world.window;
    if (screen.kind !== "desk") throw new Error("no desk is shown");
    this.change({ screen: { kind: "desk", desk: { ...screen.desk, ...change } } });
  }

  /** Changes the list: its rows by a function, and what is sent besides them. */
  changeList(rows: (rows: Row[]) => Row[], with_: Partial<ListView> = {}): void {
    this.#world.rows = rows(this.#world.rows);
    Object.assign(this.#world.list, with_);
    this.#sendList();
  }

  /** Changes a connection, one revision on; if it is open, it is sent. */
  changeConnectionTo(id: string, change: Partial<OpenConnection>): void {
    const before = this.#world.connections[id];
    if (!before) throw new Error(`there is no connection ${id}`);
    const connection = { ...before, ...change, revision: before.revision + 1 };
    this.#world.connections[id] = connection;
    if (this.#opened()?.id === id) for (const hear of this.#connections) hear(connection);
  }

  /** Changes the flow of the connection that is open, one revision on. */
  changeFlow(change: Partial<View>): void {
    const connection = this.#opened();
    if (!connection?.flow) throw new Error("no flow is open");
    const flow = { ...connection.flow, ...change, revision: connection.flow.revision + 1 };
    this.changeConnectionTo(connection.id, { flow });
  }

  /** Changes an authflow, one revision on; if it is open, it is sent. */
  changeAuthflowTo(id: string, screen: OpenAuthflow["screen"]): void {
    const before = this.#world.authflows?.[id];
    const authflow = { id, screen, revision: (before?.revision ?? 0) + 1 };
    this.#world.authflows = { ...this.#world.authflows, [id]: authflow };
    if (this.#openedAuthflow()?.id === id) for (const hear of this.#authflows) hear(authflow);
  }

  /** Lets what was held go on, as if all had gone well. */
  letGo(): void {
    for (const go of this.#held.splice(0)) go();
  }

  watchConsole(listener: (window: ConsoleWindow) => void): () => void {
    return join(this.#windows, newestOnly(listener), this.#world.window);
  }

  watchList(listener: (list: ListView) => void): () => void {
    return join(this.#lists, newestOnly(listener), null);
  }

  watchConnection(listener: (connection: OpenConnection | null) => void): () => void {
    return join(this.#connections, newestOf(listener), this.#opened());
  }

  watchAuthflow(listener: (authflow: OpenAuthflow | null) => void): () => void {
    return join(this.#authflows, newestOf(listener), this.#openedAuthflow());
  }

  look(look: Look): Promise<void> {
    this.calls.push({ command: "look", given: [look] });
    this.#look = look;
    this.#sendList();
    return Promise.resolve();
  }

  open(id: string | null): Promise<void> {
    this.calls.push({ command: "open", given: [id] });
    this.#open(id === null ? null : { kind: "connection", id });
    return Promise.resolve();
  }

  async openNext(): Promise<boolean> {
    this.calls.push({ command: "openNext", given: [] });
    const found = await this.#outcome(this.outcomes.openNext, true);
    const waiting = this.#world.rows.filter(({ state }) => state.kind === "needs_a_person");
    const place = waiting.findIndex(({ id }) => id === this.#opened()?.id);
    const next = waiting[place + 1] ?? waiting[0];
    if (!found || !next) return false;
    this.#open({ kind: "connection", id: next.id });
    return true;
  }

  checkAgain(id: string): Promise<void> {
    return this.#done({ command: "checkAgain", given: [id] });
  }

  answer(id: string, answer: Answer): Promise<AnswerProblem | null> {
    this.calls.push({ command: "answer", given: [id, answer] });
    return this.#outcome(this.outcomes.answer, null);
  }

  openPage(id: string, page: PageKind, place: Place, confirmed: string | null): Promise<Opened> {
    this.calls.push({ command: "openPage", given: [id, page, place, confirmed] });
    return this.#outcome(this.outcomes.openPage, { kind: "opened" });
  }

  copyLink(id: string, link: LinkKind): Promise<Copied> {
    this.calls.push({ command: "copyLink", given: [id, link] });
    return this.#outcome(this.outcomes.copyLink, { kind: "copied", seconds: 60 });
  }

  copyDetails(): Promise<boolean> {
    this.calls.push({ command: "copyDetails", given: [] });
    return Promise.resolve(true);
  }

  startLogin(id: string, draft: LoginDraft, over: boolean): Promise<Started> {
    this.calls.push({ command: "startLogin", given: [id, draft, over] });
    return this.#outcome(this.outcomes.startLogin, { kind: "started" });
  }

  createConnection(draft: ConnectionDraft): Promise<Saved> {
    this.calls.push({ command: "createConnection", given: [draft] });
    const id = this.#world.rows[0]?.id ?? "ma_new";
    return this.#outcome(this.outcomes.createConnection, { kind: "saved", id });
  }

  changeConnection(id: string, before: ConnectionDraft, after: ConnectionDraft): Promise<Saved> {
    this.calls.push({ command: "changeConnection", given: [id, before, after] });
    return this.#outcome(this.outcomes.changeConnection, { kind: "saved", id });
  }

  async deleteConnection(id: string): Promise<Deleted> {
    this.calls.push({ command: "deleteConnection", given: [id] });
    const outcome = await this.#outcome(this.outcomes.deleteConnection, { kind: "deleted" });
    if (outcome.kind === "deleted") {
      if (this.#opened()?.id === id) this.#open(null);
      this.changeList((rows) => rows.filter((row) => row.id !== id));
    }
    return outcome;
  }

  history(id: string, kind: HappeningKind | null, from: number): Promise<HistoryRead> {
    this.calls.push({ command: "history", given: [id, kind, from] });
    const all = this.#world.happenings.filter((one) => kind === null || one.kind === kind);
    const next = from + page < all.length ? from + page : null;
    const happenings = all.slice(from, from + page);
    return this.#outcome(this.outcomes.history, { kind: "read", history: { happenings, next } });
  }

  takeOver(id: string): Promise<void> {
    this.#control(id);
    return this.#done({ command: "takeOver", given: [id] });
  }

  frameOf(): string {
    return frame;
  }

  giveBack(): Promise<void> {
    this.#control(null);
    return this.#done({ command: "giveBack", given: [] });
  }

  async lookUpAuthflow(text: string, insist: boolean): Promise<LookedUp> {
    this.calls.push({ command: "lookUpAuthflow", given: [text, insist] });
    const id = text.trim();
    const outcome = await this.#outcome(this.outcomes.lookUpAuthflow, { kind: "opened", id });
    if (outcome.kind === "opened") this.#open({ kind: "authflow", id: outcome.id });
    return outcome;
  }

  openAuthflow(id: string): Promise<void> {
    this.#open({ kind: "authflow", id });
    return this.#done({ command: "openAuthflow", given: [id] });
  }

  async checkAuthflow(id: string): Promise<void> {
    this.calls.push({ command: "checkAuthflow", given: [id] });
    await this.#outcome(this.outcomes.checkAuthflow, null);
  }

  async forgetAuthflow(id: string): Promise<void> {
    this.calls.push({ command: "forgetAuthflow", given: [id] });
    await this.#outcome(this.outcomes.forgetAuthflow, null);
    if (this.#openedAuthflow()?.id === id) this.#open(null);
    this.changeList((rows) => rows.filter((row) => row.kind !== "authflow" || row.id !== id));
  }

  openReturnAddress(id: string, confirmed: string | null): Promise<Opened> {
    this.calls.push({ command: "openReturnAddress", given: [id, confirmed] });
    const host = "app.acme.example";
    return this.#outcome(
      this.outcomes.openReturnAddress,
      confirmed === host ? { kind: "opened" } : { kind: "confirm", host },
    );
  }

  async useAuthflowKey(key: string): Promise<void> {
    this.calls.push({ command: "useAuthflowKey", given: [key] });
    await this.#outcome(this.outcomes.useAuthflowKey, null);
  }

  askAuthflowKeychainAgain(): Promise<void> {
    return this.#done({ command: "askAuthflowKeychainAgain", given: [] });
  }

  forgetAuthflowKey(): Promise<void> {
    return this.#done({ command: "forgetAuthflowKey", given: [] });
  }

  async useKey(key: string): Promise<void> {
    this.calls.push({ command: "useKey", given: [key] });
    await this.#outcome(this.outcomes.useKey, null);
  }

  tryKeyAgain(): Promise<void> {
    return this.#done({ command: "tryKeyAgain", given: [] });
  }

  askKeychainAgain(): Promise<void> {
    return this.#done({ command: "askKeychainAgain", given: [] });
  }

  forgetKey(): Promise<void> {
    return this.#done({ command: "forgetKey", given: [] });
  }

  chooseEnvironment(name: string): Promise<void> {
    return this.#done({ command: "chooseEnvironment", given: [name] });
  }

  trySandbox(): Promise<void> {
    return this.#done({ command: "trySandbox", given: [] });
  }

  readEnvironmentsAgain(): Promise<void> {
    return this.#done({ command: "readEnvironmentsAgain", given: [] });
  }

  openEnvironmentsFile(): Promise<void> {
    return this.#done({ command: "openEnvironmentsFile", given: [] });
  }

  setNotifications(on: boolean): Promise<void> {
    this.change({ settings: { ...this.#world.window.settings, notifications: on } });
    return this.#done({ command: "setNotifications", given: [on] });
  }

  setKeepWatching(on: boolean): Promise<void> {
    this.change({ settings: { ...this.#world.window.settings, keep_watching: on } });
    return this.#done({ command: "setKeepWatching", given: [on] });
  }

  close(keepWatching: boolean | null): Promise<void> {
    this.change({ closing: false });
    return this.#done({ command: "close", given: [keepWatching] });
  }

  async openLink(link: string): Promise<void> {
    this.calls.push({ command: "openLink", given: [link] });
    await this.#outcome(this.outcomes.openLink, null);
  }

  ready(): Promise<void> {
    return this.#done({ command: "ready", given: [] });
  }

  #done(call: ConsoleCall): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }

  #outcome<T>(outcomes: Outcome<T>[], well: T): Promise<T> {
    const outcome = outcomes.length === 0 ? well : (outcomes.shift() as Outcome<T>);
    if (outcome === "broken") return Promise.reject(new Error("broken"));
    if (outcome !== "held") return Promise.resolve(outcome);
    return new Promise((go) => {
      this.#held.push(() => {
        go(well);
      });
    });
  }

  #opened(): OpenConnection | null {
    const open = this.#subject();
    return open?.kind === "connection" ? (this.#world.connections[open.id] ?? null) : null;
  }

  #openedAuthflow(): OpenAuthflow | null {
    const open = this.#subject();
    return open?.kind === "authflow" ? (this.#world.authflows?.[open.id] ?? null) : null;
  }

  #subject(): Subject | null {
    const { screen } = this.#world.window;
    return screen.kind === "desk" ? screen.desk.open : null;
  }

  #open(open: Subject | null): void {
    this.changeDesk({ open, not_found: null });
    for (const hear of this.#connections) hear(this.#opened());
    for (const hear of this.#authflows) hear(this.#openedAuthflow());
    this.#sendList();
  }

  #control(id: string | null): void {
    const { screen } = this.#world.window;
    const before = screen.kind === "desk" ? screen.desk.in_control : null;
    this.changeDesk({ in_control: id });
    if (before !== null) this.changeConnectionTo(before, { in_control: false });
    if (id !== null) this.changeConnectionTo(id, { in_control: true });
  }

  #sendList(): void {
    const { rows, list } = this.#world;
    this.#revision += 1;
    const view: ListView = {
      revision: this.#revision,
      ...listOf(rows, this.#look, this.#subject()),
      ...list,
    };
    for (const hear of this.#lists) hear(view);
  }
}

/** Lets a listener hear what is there and what comes. */
function join<T>(
  listeners: Set<(value: T) => void>,
  { hear, stop }: { hear: (value: T) => void; stop: () => void },
  present: T | null,
): () => void {
  listeners.add(hear);
  if (present !== null) hear(present);
  return () => {
    stop();
    listeners.delete(hear);
  };
}
