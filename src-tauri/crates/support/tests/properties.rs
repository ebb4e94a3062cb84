//! What holds for any connections, and for anything that happens to them in any order.

mod kit;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    time::Duration,
};

use jiff::Timestamp;
use kit::*;
use login_flow::Input;
use managed_auth::Error;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{ConnectionDraft, Filter, Roster, Row, RowState, Subject, Window};

/// So many connections there are at most.
const MOST: usize = 6;

/// One thing that can happen, in a form that can be shrunk.
#[derive(Clone, Debug)]
enum Happening {
    Read(usize, Value),
    /// A follower begins on this.
    Begin(usize, Value),
    /// The stream says this.
    Event(usize, Value),
    Lose(usize),
    CutOff(usize),
    /// The latest view is told once more.
    Again(usize),
    LetGo(usize),
    Remove(usize),
    /// A walk meets these, and comes to the end of the list or not.
    Walk(Vec<usize>, bool),
    Pass(u64),
}

fn id(which: usize) -> String {
    format!("ma_{which}")
}

/// What a flow says of itself.
fn flow_state() -> impl Strategy<Value = Value> {
    let status = prop::sample::select(vec![
        json!(null),
        json!("PENDING"),
        json!("IN_PROGRESS"),
        json!("IN_PROGRESS"),
        json!("IN_PROGRESS"),
        json!("SUCCESS"),
        json!("FAILED"),
        json!("EXPIRED"),
        json!("CANCELED"),
        json!("NEW_WORD"),
    ]);
    let step = prop::sample::select(vec![
        json!(null),
        json!("DISCOVERING"),
        json!("AWAITING_INPUT"),
        json!("AWAITING_INPUT"),
        json!("AWAITING_EXTERNAL_ACTION"),
        json!("AWAITING_HUMAN_INTERVENTION"),
        json!("SUBMITTING"),
        json!("COMPLETED"),
        json!("NEW_WORD"),
    ]);
    let fields = prop::sample::select(vec!["password", "code", "text"])
        .prop_map(|kind| json!([{"id": "f", "ref": "r", "type": kind, "reason": "missing"}]));
    let interaction = prop::option::of((0..3_u8).prop_map(|n| format!("mai_{n}")));
    (status, step, interaction, prop::option::of(fields)).prop_map(
        |(status, step, interaction, fields)| {
            json!({
                "flow_status": status, "flow_step": step, "interaction_id": interaction,
                "fields": fields
            })
        },
    )
}

/// What a connection says of itself, with its flow.
fn connection_state() -> impl Strategy<Value = Value> {
    let standing = prop::sample::select(vec![
        json!("AUTHENTICATED"),
        json!("NEEDS_AUTH"),
        json!("NEW_WORD"),
        json!(null),
    ]);
    let domain = prop::option::of(prop::sample::select(vec![
        "a.example",
        "B.example",
        "é",
        "",
    ]));
    let end =
        prop::option::of((0..30_u8).prop_map(|minute| format!("2026-10-26T10:{minute:02}:00Z")));
    let live = prop::option::of(Just("https://live.onkernel.com/x"));
    (flow_state(), standing, domain, end, live).prop_map(
        |(mut state, standing, domain, end, live)| {
            state["status"] = standing;
            state["domain"] = json!(domain);
            state["flow_expires_at"] = json!(end);
            state["live_view_url"] = json!(live);
            state
        },
    )
}

fn happening() -> impl Strategy<Value = Happening> {
    let which = 0..MOST;
    prop_oneof![
        6 => (which.clone(), connection_state()).prop_map(|(n, state)| Happening::Read(n, state)),
        3 => (which.clone(), connection_state()).prop_map(|(n, state)| Happening::Begin(n, state)),
        6 => (which.clone(), flow_state()).prop_map(|(n, state)| Happening::Event(n, state)),
        1 => which.clone().prop_map(Happening::Lose),
        1 => which.clone().prop_map(Happening::CutOff),
        2 => which.clone().prop_map(Happening::Again),
        1 => which.clone().prop_map(Happening::LetGo),
        1 => which.clone().prop_map(Happening::Remove),
        2 => (prop::collection::vec(which, 0..MOST), any::<bool>())
            .prop_map(|(met, whole)| Happening::Walk(met, whole)),
        1 => (0..1200_u64).prop_map(Happening::Pass),
    ]
}

/// A roster with all that happens to it.
#[derive(Default)]
struct World {
    roster: Roster,
    flows: HashMap<String, Followed>,
    /// Who should be known.
    known: BTreeSet<String>,
    /// Who was missed by how many walks in a row.
    missed: HashMap<String, u32>,
    passed: Duration,
}

impl World {
    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Read(which, state) => self.read(&id(which), state),
            Happening::Begin(which, state) => {
                let flow = Followed::begin(idle(&id(which), state));
                self.flows.insert(id(which), flow);
                self.tell(&id(which));
            }
            Happening::Event(which, state) => {
                if let Some(flow) = self.flows.get_mut(&id(which)) {
                    flow.event(state);
                    self.tell(&id(which));
                }
            }
            Happening::Lose(which) => {
                if let Some(flow) = self.flows.get_mut(&id(which)) {
                    flow.lose();
                    self.tell(&id(which));
                }
            }
            Happening::CutOff(which) => {
                if let Some(flow) = self.flows.get_mut(&id(which)) {
                    flow.give(Input::CheckAgain);
                    flow.give(Input::ReadFailed(Error::NotTheApi { status: 200 }));
                    self.tell(&id(which));
                }
            }
            Happening::Again(which) => self.tell(&id(which)),
            Happening::LetGo(which) => {
                self.flows.remove(&id(which));
                self.roster.let_go(&id(which));
            }
            Happening::Remove(which) => {
                self.roster.remove(&id(which));
                self.known.remove(&id(which));
            }
            Happening::Walk(met, whole) => self.walk(&met, whole),
            Happening::Pass(seconds) => self.passed += Duration::from_secs(seconds),
        }
    }

    fn read(&mut self, id: &str, state: Value) {
        self.roster
            .read(&parsed(idle(id, state)), after(self.passed));
        self.known.insert(id.to_owned());
        self.missed.insert(id.to_owned(), 0);
    }

    fn tell(&mut self, id: &str) {
        let Some(flow) = self.flows.get(id) else {
            return;
        };
        let changed = self.roster.follow(id, flow.view());
        assert!(
            self.roster.knows(id) || changed == (false, None),
            "{changed:?}"
        );
        // The same view once more is no news.
        assert_eq!(self.roster.follow(id, flow.view()), (false, None));
    }

    fn walk(&mut self, met: &[usize], whole: bool) {
        self.roster.begin_walk();
        let met: HashSet<String> = met.iter().map(|which| id(*which)).collect();
        for id in &met {
            self.read(id, json!({}));
        }
        if !whole {
            return;
        }
        let gone: BTreeSet<String> = self.roster.end_walk().into_iter().collect();
        let mut expected = BTreeSet::new();
        for id in self.known.iter().filter(|id| !met.contains(*id)) {
            let missed = self.missed.entry(id.clone()).or_default();
            *missed += 1;
            if *missed >= 2 {
                expected.insert(id.clone());
            }
        }
        assert_eq!(gone, expected);
        self.known.retain(|id| !gone.contains(id));
    }
}

/// Where a row belongs, from what anybody can see of it.
fn place(row: &Row) -> (u8, Timestamp, String, String, String) {
    let rank = match row.state {
        RowState::NeedsAPerson { .. } => 0,
        RowState::InProgress { .. } => 1,
        RowState::Failed { .. } => 2,
        RowState::NeedsLogin => 3,
        RowState::Unknown => 4,
        RowState::LoggedIn => 5,
        RowState::Authflow { .. } | RowState::AuthflowWithoutKey => {
            panic!("this world has connections alone")
        }
    };
    let end = [row.answer_by, row.expires_at].into_iter().flatten().min();
    let end = end.unwrap_or(Timestamp::MAX);
    let name = |text: &login_flow::Text| text.as_str().to_lowercase();
    (
        rank,
        if rank < 2 { end } else { Timestamp::MIN },
        name(&row.domain),
        name(&row.profile),
        row.id.clone(),
    )
}

fn shows(filter: Filter, row: &Row) -> bool {
    use support::Standing;
    let waits = matches!(row.state, RowState::NeedsAPerson { .. });
    match filter {
        Filter::All => true,
        Filter::NeedsAPerson => waits,
        Filter::InProgress => waits || matches!(row.state, RowState::InProgress { .. }),
        Filter::LoggedIn => row.standing == Standing::LoggedIn,
        Filter::NeedsLogin => row.standing == Standing::NeedsLogin,
        Filter::Failed => matches!(row.state, RowState::Failed { .. }),
        Filter::Live => row.live,
    }
}

fn check(world: &World) -> Result<(), TestCaseError> {
    let roster = &world.roster;
    let all = roster.list(everything(Filter::All)).rows;

    // Each that is known is listed once, with its row, where it belongs.
    let listed: BTreeSet<String> = all.iter().map(|row| row.id.clone()).collect();
    prop_assert_eq!(&listed, &world.known);
    prop_assert_eq!((all.len(), roster.len()), (listed.len(), listed.len()));
    prop_assert_eq!(roster.is_empty(), all.is_empty());
    for row in &all {
        prop_assert_eq!(roster.row(&row.id), Some(row));
    }
    let places: Vec<_> = all.iter().map(place).collect();
    prop_assert!(places.is_sorted(), "{places:?}");

    // Counts are what a recount finds, and what each filter lists.
    for filter in FILTERS {
        let shown: Vec<&str> = all
            .iter()
            .filter(|row| shows(filter, row))
            .map(|row| row.id.as_str())
            .collect();
        let list = roster.list(everything(filter));
        prop_assert_eq!(ids(&list), &shown[..]);
        prop_assert_eq!(counted(roster.counts(), filter) as usize, shown.len());
        prop_assert_eq!(counted(list.counts, filter) as usize, shown.len());
        prop_assert_eq!(list.total as usize, shown.len());
    }

    // Two windows beside one another show what one shows, and know where who is open stands.
    let half = all.len() / 2;
    let part = |first, count| {
        roster.list(Window {
            first,
            count,
            ..everything(Filter::All)
        })
    };
    let mut parts = part(0, half).rows;
    parts.extend(part(half, usize::MAX).rows);
    prop_assert_eq!(&parts, &all);
    for (at, row) in all.iter().enumerate() {
        let open = Subject::Connection(row.id.clone());
        let window = Window {
            first: 0,
            count: 0,
            open: Some(&open),
            ..everything(Filter::All)
        };
        let open_at = roster.list(window).open_at;
        prop_assert_eq!(open_at.map(|at| at as usize), Some(at));
    }

    // Going on from one who waits to the next visits each of them once.
    let waiting: Vec<String> = roster.waiting().map(|(id, _)| id.to_owned()).collect();
    for from in &waiting {
        let mut visited = BTreeSet::new();
        let mut at = from.as_str();
        for _ in &waiting {
            at = roster.next_waiting(Some(at)).expect("somebody waits");
            prop_assert!(visited.insert(at));
        }
        prop_assert_eq!(at, from);
        prop_assert_eq!(visited.len(), waiting.len());
    }
    prop_assert_eq!(
        roster.next_waiting(None),
        waiting.first().map(String::as_str)
    );

    // Who runs is shown so.
    let now = after(world.passed).wall;
    for id in roster.running(now) {
        let row = roster.row(id).expect("known");
        prop_assert!(
            roster.runs(id, now) && shows(Filter::InProgress, row),
            "{row:?}"
        );
    }
    Ok(())
}

// Drafts.

/// Any text, and more often one that could stand there.
fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => any::<String>().prop_map(Value::from),
        1 => prop::sample::select(vec![
            "", " ", "netflix.com", "*.a.example", "https://netflix.com/login", "eu-west", "op",
        ])
        .prop_map(Value::from),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        text(),
        Just(json!([])),
        Just(json!({})),
    ]
}

/// An object with some of these members.
fn object(
    members: &[&'static str],
    value: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<Value> {
    let names = members.to_vec();
    let many = names.len();
    prop::collection::vec(prop::option::of(value), many)
        .prop_map(move |values| {
            names
                .iter()
                .zip(values)
                .filter_map(|(name, value)| Some(((*name).to_owned(), value?)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        })
        .boxed()
}

fn switch() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => any::<bool>().prop_map(|on| json!({"enabled": on})),
        1 => any_json(),
    ]
}

fn telemetry() -> impl Strategy<Value = Value> {
    let otlp = (
        any_json(),
        object(&["id", "name"], any_json()),
        any::<bool>(),
    )
        .prop_map(|(enabled, destination, whole)| {
            if whole {
                json!({"enabled": enabled, "destination": destination})
            } else {
                json!({"destination": destination})
            }
        });
    let categories = object(&["page", "network", "new"], switch());
    (any_json(), categories, otlp, switch()).prop_map(|(enabled, browser, otlp, storage)| {
        json!({"enabled": enabled, "browser": browser, "export": {"otlp": otlp}, "storage": storage})
    })
}

/// The settings of a connection, as odd as they may be.
fn settings() -> impl Strategy<Value = Value> {
    let on = || prop::option::of(any::<bool>());
    let switches = (on(), on(), on(), on());
    let texts = (
        prop::option::of(text()),
        prop::option::of(prop::collection::vec(text(), 0..4)),
        prop::option::of(prop_oneof![any::<u64>(), 300..86_400_u64]),
    );
    let credential = prop_oneof![
        object(&["name", "provider", "path", "auto"], any_json()),
        any_json().boxed(),
    ];
    let browser = (
        prop_oneof![object(&["id", "name", "mode"], any_json()), any_json().boxed()],
        any_json(),
        any_json(),
        prop_oneof![telemetry().boxed(), any_json().boxed()],
    )
        .prop_map(|(proxy, region, stealth, telemetry)| {
            json!({"proxy": proxy, "region": region, "stealth": stealth, "telemetry": telemetry})
        });
    (switches, texts, credential, prop::option::of(browser)).prop_map(
        |((save, record, checks, reauth), (url, allowed, every), credential, browser)| {
            json!({
                "save_credentials": save, "record_session": record, "health_checks": checks,
                "auto_reauth": reauth, "login_url": url, "allowed_domains": allowed,
                "health_check_interval": every, "credential": credential, "browser": browser
            })
        },
    )
}

fn draft(settings: Value) -> ConnectionDraft {
    ConnectionDraft::of(&parsed(idle("ma_1", settings)))
}

/// The names of what differs between two drafts, as an update calls them.
fn differences(one: &ConnectionDraft, other: &ConnectionDraft) -> BTreeSet<String> {
    let json = |draft| serde_json::to_value(draft).expect("JSON");
    let (one, other) = (json(one), json(other));
    let members = one.as_object().expect("an object");
    members
        .iter()
        .filter(|(name, value)| other[name.as_str()] != **value)
        .map(|(name, _)| name.clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The list, its counts and its order are always those of the connections that are known.
    #[test]
    fn the_list_is_always_what_is_known(happenings in prop::collection::vec(happening(), 0..60)) {
        let mut world = World::default();
        world.roster.begin_walk();
        for happening in happenings {
            world.happen(happening);
            check(&world)?;
        }
    }

    /// A search shows exactly those that have the words, or were found, in the same order.
    #[test]
    fn a_search_shows_those_that_match(
        states in prop::collection::vec(connection_state(), 0..MOST),
        query in "[ ab.é_1]{0,3}",
        found in prop::collection::hash_set(0..MOST, 0..MOST),
    ) {
        let states = states.into_iter().enumerate();
        let roster = roster(states.map(|(which, state)| idle(&id(which), state)));
        let found: HashSet<String> = found.into_iter().map(id).collect();
        let words = query.trim().to_lowercase();
        let all = roster.list(everything(Filter::All)).rows;
        let matching: Vec<&str> = all
            .iter()
            .filter(|row| {
                [row.id.as_str(), row.domain.as_str(), row.profile.as_str()]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&words))
                    || found.contains(&row.id)
            })
            .map(|row| row.id.as_str())
            .collect();
        let list = roster.list(Window { query: &query, found: Some(&found), ..everything(Filter::All) });
        prop_assert_eq!(ids(&list), matching);
        prop_assert!(!list.searching);
    }

    /// A form that nobody touched sends nothing, whatever the connection is like, and goes to the
    /// page and back unharmed.
    #[test]
    fn an_untouched_form_sends_nothing(settings in settings()) {
        let draft = draft(settings);
        prop_assert_eq!(draft.update(&draft), Ok(None));
        let page = serde_json::to_string(&draft).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<ConnectionDraft>(&page).expect("a draft"), draft);
    }

    /// What an update sends, and what it finds wrong, was changed.
    #[test]
    fn an_update_is_about_what_was_changed(
        one in settings(),
        other in settings(),
        changed in prop::collection::vec(prop::bool::weighted(0.3), 9),
    ) {
        let members = other.as_object().expect("an object");
        let mut mixed = one.clone();
        for ((name, value), _) in members.iter().zip(changed).filter(|(_, changed)| *changed) {
            mixed[name] = value.clone();
        }
        let (before, after) = (draft(one), draft(mixed));
        let differences = differences(&before, &after);
        let at = |name: &str| differences.contains(name);
        match after.update(&before) {
            Ok(None) => {}
            Ok(Some(update)) => {
                let sent = serde_json::to_value(&update).expect("JSON");
                let members = sent.as_object().expect("an object");
                prop_assert!(!members.is_empty());
                for (name, value) in members {
                    if name == "browser" {
                        let parts = value.as_object().expect("an object");
                        prop_assert!(!parts.is_empty());
                        prop_assert!(parts.keys().all(|part| at(part)), "{parts:?}");
                    } else {
                        prop_assert!(at(name), "{name}: {value}");
                    }
                }
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let field = serde_json::to_value(problem.field).expect("JSON");
                    prop_assert!(at(field.as_str().expect("a word")), "{problem:?}");
                }
            }
        }
    }

    /// What a switch was changed to is sent.
    #[test]
    fn a_switch_that_was_changed_is_sent(settings in settings(), on: bool) {
        let before = draft(settings);
        let mut after = before.clone();
        after.record_session = Some(on);
        let update = after.update(&before).expect("a switch is never wrong");
        let sent = update.and_then(|update| update.record_session);
        prop_assert_eq!(sent, Some(on).filter(|_| before.record_session != Some(on)));
    }

    /// Whatever is typed into a form becomes a request or problems, and never a panic; a request
    /// has the site and the profile.
    #[test]
    fn anything_typed_becomes_a_request_or_problems(
        settings in settings(),
        domain: String,
        profile: String,
        login_url: String,
        allowed_domains: String,
        health_check_interval: String,
    ) {
        let typed = ConnectionDraft {
            domain, profile, login_url, allowed_domains, health_check_interval, ..draft(settings)
        };
        match typed.create() {
            Ok(request) => {
                prop_assert!(request.domain.contains('.'));
                prop_assert!(!request.profile_name.trim().is_empty());
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
        prop_assert_eq!(typed.update(&typed), Ok(None));
    }

    /// Facts are read from any connection, and hold no more of it than can be shown.
    #[test]
    fn facts_are_read_from_any_connection(settings in settings(), landed: String) {
        let mut connection = idle("ma_1", settings);
        connection["post_login_url"] = json!(landed);
        let facts = support::Facts::of(&parsed(connection));
        if let Some(landed) = facts.landed_at {
            prop_assert!(!landed.as_str().contains(['?', '#']));
        }
    }
}
