import type { World } from "../../lib/platform/fake-console";
import type {
  AuthflowFacts,
  AuthflowScreen,
  AuthflowService,
  AuthflowView,
  DeskView,
  OpenAuthflow,
  Row,
  SightingFacts,
  Trouble,
} from "../../lib/platform/types";
import { inMinutes } from "../make";
import { row, world } from "./make";
import { many } from "./many";

export const authflowId = "013xrzp12g3nqk8ny06sgdxs6ed3w5wy";

/** An environment's Prefactor service, with a key that is kept. */
export function service(with_: Partial<AuthflowService> = {}): AuthflowService {
  return { host: "api.prefactor.example", has_key: true, key: { state: "kept" }, ...with_ };
}

const chrome =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.114 Safari/537.36";

/** When and where an authflow was seen, with everything known. */
export function sighting(with_: Partial<SightingFacts> = {}): SightingFacts {
  return {
    at: inMinutes(-6),
    address: "203.0.113.7",
    agent: chrome,
    network: 64_512,
    place: "Wellington, WGN, NZ",
    position: "-41.29, 174.78",
    time_zone: "Pacific/Auckland",
    fingerprint: "t13d1516h2_8daaf6152771_02713d6af862",
    ...with_,
  };
}

/** What is known of an authflow with everything known. */
export function authflowFacts(with_: Partial<AuthflowFacts> = {}): AuthflowFacts {
  return {
    title: "Log in to Acme",
    id: authflowId,
    plan: "basic",
    factors: ["password", "magic code"],
    account: "013xrzp12g3nqk8n6cyr5x0k8yb10h59",
    domain: "013xrzp12g3nqk8n32sd3jyxq5a8ywe2",
    pool: "013xrzp12g3nqk8ng09nmc8kwqzfafa2",
    device: "013xrzp12g3nqk8ncwfp3ra29yjzx1gs",
    session: "013xrzp12g3nqk8nkv4y96wrbzje9dsr",
    return_address: {
      shown: "https://app.acme.example/callback",
      shortened: true,
      can_open: true,
    },
    first_seen: sighting(),
    last_seen: sighting({ at: inMinutes(-0.2) }),
    ...with_,
  };
}

/** An authflow on its way. */
export function authflowView(with_: Partial<AuthflowView> = {}): AuthflowView {
  return {
    created_at: inMinutes(-6.2),
    watch: "watching",
    phase: "waiting",
    status: "pending",
    facts: authflowFacts(),
    history: [
      { at: inMinutes(-5), status: "new" },
      { at: inMinutes(-3), status: "pending" },
    ],
    trouble: null,
    read_at: inMinutes(-0.05),
    minutes: 20,
    ...with_,
  };
}

export const slow: Trouble = {
  code: "timeout",
  title: "api.prefactor.example can’t be reached just now.",
  advice: "Look whether this computer is online.",
  details: "503 upstream connect error",
};

/** A row of an authflow. */
export function authflowRow(id: string, view: AuthflowView): Row {
  const { watch, phase, status, trouble } = view;
  return row(id, {
    kind: "authflow",
    domain: view.facts?.title ?? "Authflow",
    profile: id,
    standing: { unknown: null },
    state: { kind: "authflow", watch, phase, status },
    has_news: trouble === null,
  });
}

/** An authflow as it is sent. */
export function open(screen: AuthflowScreen, id = authflowId): OpenAuthflow {
  return { revision: 1, id, screen };
}

/** A desk where this authflow is open. */
export function openedAuthflow(
  screen: AuthflowScreen,
  desk: Partial<DeskView> = {},
  more: Partial<World> = {},
): World {
  const id = authflowId;
  const rows = screen.kind === "watched" ? [authflowRow(id, screen.view)] : [];
  return world(
    [...rows, ...many(9)],
    { authflows: service(), open: { kind: "authflow", id }, ...desk },
    { authflows: { [id]: open(screen) }, ...more },
  );
}

/** A desk where this authflow is watched, and open. */
export function watched(with_: Partial<AuthflowView> = {}): World {
  return openedAuthflow({ kind: "watched", view: authflowView(with_) });
}
