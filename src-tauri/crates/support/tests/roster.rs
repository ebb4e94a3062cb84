//! The list of connections: who is in it, in which order, and who needs a person.

mod kit;

use std::{collections::HashSet, time::Duration};

use kit::*;
use login_flow::{Input, Stage};
use managed_auth::Error;
use serde_json::json;
use support::{Filter, ListView, Need, NewNeed, Roster, RowState, Standing, Subject, Window, at};

fn listed(roster: &Roster, filter: Filter) -> Vec<String> {
    let list = roster.list(everything(filter));
    list.rows.into_iter().map(|row| row.id).collect()
}

fn state<'a>(roster: &'a Roster, id: &str) -> &'a RowState {
    &roster.row(id).expect("known").state
}

fn told(news: (bool, Option<NewNeed>)) -> Option<Need> {
    news.1.map(|new| new.need)
}

/// One of each kind, in no order.
fn mixed() -> Roster {
    let end = |minutes: u8| json!(format!("2026-10-26T10:{minutes:02}:00Z"));
    let mut soon = asking("waits-soon", "mai_1");
    soon["flow_expires_at"] = end(3);
    let mut later = asking("waits-later", "mai_2");
    later["flow_expires_at"] = end(5);
    let mut forever = running("runs-forever", json!({}));
    forever["flow_expires_at"] = json!(null);
    roster([
        idle("in", json!({"status": "AUTHENTICATED"})),
        running("runs-later", json!({"flow_expires_at": end(9)})),
        idle("unknown", json!({"status": "PUZZLED"})),
        later,
        idle("out", json!({})),
        idle(
            "failed",
            json!({"flow_status": "FAILED", "error_code": "account_locked"}),
        ),
        forever,
        soon,
        running("runs-soon", json!({"flow_expires_at": end(8)})),
    ])
}

#[test]
fn who_waits_comes_first_and_who_has_least_time_first_of_them() {
    assert_eq!(
        listed(&mixed(), Filter::All),
        [
            "waits-soon",
            "waits-later",
            "runs-soon",
            "runs-later",
            "runs-forever",
            "failed",
            "out",
            "unknown",
            "in"
        ]
    );
}

#[test]
fn among_equals_the_site_the_profile_and_the_id_decide() {
    let like = |id, domain, profile| idle(id, json!({"domain": domain, "profile_name": profile}));
    let roster = roster([
        like("4", "b.example", "a"),
        like("3", "A.example", "b"),
        like("2", "a.example", "A"),
        like("1", "a.example", "a"),
    ]);
    assert_eq!(listed(&roster, Filter::All), ["1", "2", "3", "4"]);
}

#[test]
fn each_filter_lists_what_it_counts() {
    let roster = mixed();
    let expected: [(Filter, &[&str]); 6] = [
        (Filter::NeedsAPerson, &["waits-soon", "waits-later"]),
        (
            Filter::InProgress,
            &[
                "waits-soon",
                "waits-later",
                "runs-soon",
                "runs-later",
                "runs-forever",
            ],
        ),
        (Filter::Failed, &["failed"]),
        (Filter::LoggedIn, &["in"]),
        (
            Filter::NeedsLogin,
            &[
                "waits-soon",
                "waits-later",
                "runs-soon",
                "runs-later",
                "runs-forever",
                "failed",
                "out",
            ],
        ),
        (
            Filter::Live,
            &[
                "waits-soon",
                "waits-later",
                "runs-soon",
                "runs-later",
                "runs-forever",
            ],
        ),
    ];
    for (filter, ids) in expected {
        assert_eq!(listed(&roster, filter), ids, "{filter:?}");
    }
    for filter in FILTERS {
        let list = roster.list(everything(filter));
        assert_eq!(list.rows.len(), list.total as usize);
        assert_eq!(list.total, counted(list.counts, filter), "{filter:?}");
        assert_eq!(list.counts, roster.counts());
    }
}

#[test]
fn a_window_shows_its_rows_and_knows_where_it_is() {
    let roster = mixed();
    let all = listed(&roster, Filter::All);
    let window = |first, count| Window {
        first,
        count,
        ..everything(Filter::All)
    };
    for (first, count, shown) in [
        (0, 3, &all[0..3]),
        (4, 2, &all[4..6]),
        (7, 50, &all[7..]),
        (0, 0, &[]),
        (9, 5, &[]),
        (usize::MAX, usize::MAX, &[]),
    ] {
        let list = roster.list(window(first, count));
        assert_eq!(ids(&list), shown);
        assert_eq!(list.total, 9);
        assert_eq!(list.first as usize, first.min(u32::MAX as usize));
    }
}

#[test]
fn the_open_connection_is_found_outside_the_window_and_only_in_its_filter() {
    let roster = mixed();
    let place = |filter, open: &str, count| {
        let open = Subject::Connection(open.to_owned());
        let window = Window {
            open: Some(&open),
            count,
            ..everything(filter)
        };
        roster.list(window).open_at
    };
    assert_eq!(place(Filter::All, "in", 1), Some(8));
    assert_eq!(place(Filter::InProgress, "runs-soon", 1), Some(2));
    assert_eq!(place(Filter::LoggedIn, "in", 0), Some(0));
    assert_eq!(place(Filter::Failed, "in", 9), None);
    assert_eq!(place(Filter::All, "nobody", 9), None);
    assert_eq!(roster.list(everything(Filter::All)).open_at, None);
}

#[test]
fn a_search_finds_words_here_at_once_and_what_the_service_finds_later() {
    let roster = roster([
        idle("ma_1", json!({"domain": "NetFlix.com"})),
        idle(
            "ma_2",
            json!({"domain": "hulu.com", "profile_name": "Zoë 2"}),
        ),
        idle(
            "ma_3",
            json!({"domain": "disney.com", "status": "AUTHENTICATED"}),
        ),
    ]);
    let search = |query, found| {
        roster.list(Window {
            query,
            found,
            ..everything(Filter::All)
        })
    };
    let finds = |query, expected: &[&str]| {
        let list = search(query, None);
        assert_eq!(ids(&list), expected, "{query}");
        list
    };
    finds("netflix", &["ma_1"]);
    finds("  FLIX ", &["ma_1"]);
    finds("zoë", &["ma_2"]);
    finds("MA_", &["ma_2", "ma_1", "ma_3"]);
    let list = finds("no such", &[]);
    assert!(list.searching);
    assert_eq!((list.total, list.counts.all), (0, 0));

    let found = HashSet::from(["ma_3".to_owned(), "ma_9".to_owned()]);
    let list = search("netflix", Some(&found));
    assert_eq!(ids(&list), ["ma_1", "ma_3"]);
    assert!(!list.searching);
    assert_eq!((list.counts.all, list.counts.logged_in), (2, 1));
    assert_eq!(list.query, "netflix");
    assert_eq!(roster.counts().all, 3);

    let blank = search("  ", None);
    assert_eq!((blank.rows.len(), blank.searching), (3, false));
}

#[test]
fn the_next_who_waits_goes_round() {
    let mut waiting: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|id| asking(id, "mai_1"))
        .collect();
    waiting.push(idle("idle", json!({})));
    let roster = roster(waiting);
    assert_eq!(roster.next_waiting(None), Some("a"));
    assert_eq!(roster.next_waiting(Some("a")), Some("b"));
    assert_eq!(roster.next_waiting(Some("c")), Some("a"));
    assert_eq!(roster.next_waiting(Some("idle")), Some("a"));
    assert_eq!(roster.next_waiting(Some("unheard of")), Some("a"));
}

#[test]
fn nobody_waits_where_nobody_waits_and_one_alone_is_its_own_next() {
    assert_eq!(Roster::default().next_waiting(Some("a")), None);
    let roster = roster([idle("idle", json!({})), asking("only", "mai_1")]);
    assert_eq!(roster.next_waiting(Some("only")), Some("only"));
}

// What is followed, and what is read.

#[test]
fn while_it_runs_a_followed_flow_says_more_than_a_read() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    roster.follow("ma_1", flow.event(code("mai_1")));
    let waits = RowState::NeedsAPerson { need: Need::Code };
    assert_eq!(state(&roster, "ma_1"), &waits);

    for older in [
        running("ma_1", json!({})),
        idle("ma_1", json!({"flow_status": "FAILED"})),
        idle("ma_1", json!({})),
    ] {
        roster.read(&parsed(older), start());
        assert_eq!(state(&roster, "ma_1"), &waits);
    }
    // What is not of the flow is taken from the read.
    let renamed = running("ma_1", json!({"domain": "hulu.com"}));
    roster.read(&parsed(renamed), start());
    let row = roster.row("ma_1").expect("known");
    assert_eq!(row.domain.as_str(), "hulu.com");
    assert_eq!(row.state, waits);
}

#[test]
fn after_its_end_it_stands_until_there_is_a_newer_flow() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    roster.follow("ma_1", flow.event(ended("FAILED")));
    let failed = RowState::Failed {
        stage: Stage::Failed,
        code: None,
    };
    assert_eq!(state(&roster, "ma_1"), &failed);
    // The flow may be gone from reads after its end (`kernel-api.md` 14, 4).
    roster.read(&parsed(idle("ma_1", json!({}))), start());
    assert_eq!(state(&roster, "ma_1"), &failed);

    let newer = running("ma_1", json!({"flow_expires_at": LATER_END}));
    roster.read(&parsed(newer), start());
    assert_eq!(
        state(&roster, "ma_1"),
        &RowState::InProgress { stage: None }
    );
    assert!(roster.runs("ma_1", start().wall));
}

#[test]
fn a_newer_flow_that_came_and_went_unseen_counts_as_well() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    roster.follow("ma_1", flow.event(ended("CANCELED")));

    let newer = json!({
        "flow_status": "FAILED", "flow_expires_at": LATER_END, "error_code": "account_locked"
    });
    roster.read(&parsed(idle("ma_1", newer)), start());
    let RowState::Failed { stage, code } = state(&roster, "ma_1") else {
        panic!("{:?}", roster.row("ma_1"));
    };
    assert_eq!(*stage, Stage::Failed);
    assert_eq!(
        code.as_ref().map(login_flow::Text::as_str),
        Some("account_locked")
    );
}

#[test]
fn a_page_that_was_long_on_its_way_does_not_undo_an_end() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    roster.follow("ma_1", flow.event(ended("SUCCESS")));
    assert_eq!(state(&roster, "ma_1"), &RowState::LoggedIn);

    roster.read(&parsed(asking("ma_1", "mai_1")), start());
    assert_eq!(state(&roster, "ma_1"), &RowState::LoggedIn);
    assert_eq!(roster.running(start().wall).count(), 0);
}

#[test]
fn a_login_that_a_check_found_lost_is_not_called_one() {
    // The latest flow went well, and a later check found the profile logged out.
    let lost = json!({"status": "NEEDS_AUTH", "flow_status": "SUCCESS", "flow_expires_at": END});
    let mut roster = roster([idle("read", lost.clone()), running("followed", json!({}))]);
    let mut flow = Followed::begin(running("followed", json!({})));
    roster.follow("followed", flow.event(ended("SUCCESS")));
    assert_eq!(listed(&roster, Filter::LoggedIn), ["followed"]);

    roster.read(&parsed(idle("followed", lost)), start());
    for id in ["read", "followed"] {
        assert_eq!(state(&roster, id), &RowState::NeedsLogin, "{id}");
    }
    assert!(listed(&roster, Filter::LoggedIn).is_empty());
}

#[test]
fn a_login_that_went_well_says_so_where_the_connection_does_not() {
    let silent = json!({"status": null, "flow_status": "SUCCESS"});
    let roster = roster([idle("ma_1", silent)]);
    assert_eq!(
        roster.row("ma_1").expect("known").standing,
        Standing::LoggedIn
    );
}

#[test]
fn a_renewal_that_failed_does_not_undo_a_login() {
    let renewal = json!({"status": "AUTHENTICATED", "flow_type": "REAUTH"});
    let mut failed = renewal.clone();
    failed["flow_status"] = json!("FAILED");
    let mut roster = roster([idle("read", failed), running("followed", renewal.clone())]);
    let mut flow = Followed::begin(running("followed", renewal));
    roster.follow("followed", flow.event(ended("FAILED")));
    for id in ["read", "followed"] {
        assert_eq!(state(&roster, id), &RowState::LoggedIn, "{id}");
    }
    assert_eq!(roster.counts().failed, 0);
}

#[test]
fn only_kernels_own_word_for_a_failure_is_shown_as_one() {
    let failed = |id, more| {
        let mut connection = idle(id, json!({"flow_status": "FAILED"}));
        connection["error_code"] = more;
        connection
    };
    let roster = roster([
        failed("with", json!("bot_detected")),
        failed("without", json!(null)),
        idle("expired", json!({"flow_status": "EXPIRED"})),
    ]);
    let word = |id| match state(&roster, id) {
        RowState::Failed { code, .. } => code.as_ref().map(ToString::to_string),
        other => panic!("{other:?}"),
    };
    assert_eq!(word("with").as_deref(), Some("bot_detected"));
    assert_eq!(word("without"), None);
    assert_eq!(word("expired"), None);
}

#[test]
fn a_flow_past_its_time_does_not_run() {
    let past = json!({"flow_expires_at": "2026-10-26T09:00:00Z"});
    let mut unreadable = running("unreadable", json!({}));
    unreadable["flow_expires_at"] = json!("soon");
    let roster = roster([running("past", past), unreadable]);
    assert!(!roster.runs("past", start().wall));
    assert!(matches!(
        state(&roster, "past"),
        RowState::Failed {
            stage: Stage::Expired,
            ..
        }
    ));
    // One whose end can't be read runs (`kernel-api.md` 4.3).
    assert_eq!(
        roster.running(start().wall).collect::<Vec<_>>(),
        ["unreadable"]
    );
}

#[test]
fn words_that_nobody_knows_yet_are_for_a_person() {
    let roster = roster([
        running("step", step("PONDERING")),
        running("status", json!({"flow_status": "PAUSED"})),
        idle("standing", json!({"status": "\u{202e}SLEEPY"})),
    ]);
    let unfamiliar = RowState::NeedsAPerson {
        need: Need::Unfamiliar,
    };
    assert_eq!(state(&roster, "step"), &unfamiliar);
    assert_eq!(state(&roster, "status"), &unfamiliar);
    let Standing::Unknown(Some(word)) = &roster.row("standing").expect("known").standing else {
        panic!("{:?}", roster.row("standing"));
    };
    assert_eq!(word.as_str(), "SLEEPY");
}

#[test]
fn the_time_to_answer_does_not_begin_anew_with_each_look() {
    let mut roster = roster([asking("ma_1", "mai_1")]);
    let by = |roster: &Roster| roster.row("ma_1").expect("known").answer_by;
    let first = by(&roster);
    assert_eq!(first, Some(time("2026-10-26T10:10:00Z")));

    let four_minutes_later = after(Duration::from_secs(240));
    roster.read(&parsed(asking("ma_1", "mai_1")), four_minutes_later);
    assert_eq!(by(&roster), first);
    roster.read(&parsed(asking("ma_1", "mai_2")), four_minutes_later);
    assert_eq!(by(&roster), Some(time("2026-10-26T10:14:00Z")));
}

#[test]
fn a_row_says_whether_it_can_be_watched_and_whether_its_news_arrive() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    let row = |roster: &Roster| {
        let row = roster.row("ma_1").expect("known");
        (row.has_news, row.live, row.expires_at)
    };
    roster.follow("ma_1", flow.view());
    assert_eq!(row(&roster), (true, true, Some(time(END))));
    roster.follow("ma_1", flow.lose());
    assert_eq!(row(&roster), (false, true, Some(time(END))));
    let back = flow.come_back(running("ma_1", json!({"live_view_url": null})));
    roster.follow("ma_1", back);
    assert_eq!(row(&roster), (true, false, Some(time(END))));
    roster.follow("ma_1", flow.event(ended("EXPIRED")));
    assert_eq!(row(&roster), (true, false, None));
}

#[test]
fn a_change_of_the_flow_is_a_change_of_the_row_only_if_it_is_seen_there() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    assert!(roster.follow("ma_1", flow.view()).0);
    assert!(!roster.follow("ma_1", flow.view()).0);
    let mut slow = step("DISCOVERING");
    slow["website_error"] = json!("We are slow today");
    assert!(!roster.follow("ma_1", flow.event(slow)).0);
    assert!(roster.follow("ma_1", flow.event(form("mai_1"))).0);
}

#[test]
fn what_is_not_known_is_neither_followed_nor_listed() {
    let mut roster = roster([asking("ma_1", "mai_1")]);
    roster.remove("ma_1");
    let flow = Followed::begin(asking("ma_1", "mai_1"));
    assert_eq!(roster.follow("ma_1", flow.view()), (false, None));
    roster.let_go("ma_1");
    roster.remove("ma_1");
    // Nobody can ask for a connection without a name.
    roster.read(&parsed(idle("", json!({}))), start());
    assert!(roster.is_empty() && !roster.knows("ma_1"));
    assert_eq!(
        roster.list(everything(Filter::All)),
        ListView {
            query: String::new(),
            ..ListView::default()
        }
    );
}

#[test]
fn who_is_followed_runs_until_the_end_even_if_the_list_said_otherwise() {
    let mut roster = roster([idle("ma_1", json!({}))]);
    let mut flow = Followed::unread("ma_1");
    let now = start().wall;
    assert!(!roster.runs("ma_1", now));
    roster.follow("ma_1", flow.view());
    assert!(roster.runs("ma_1", now));
    flow.read(running("ma_1", json!({})));
    roster.follow("ma_1", flow.view());
    assert!(roster.runs("ma_1", now) && !roster.runs("ma_1", time(END)));
    // Who is let go of may still run, and is to be followed again.
    roster.let_go("ma_1");
    assert_eq!(roster.running(now).collect::<Vec<_>>(), ["ma_1"]);
    roster.follow("ma_1", flow.event(ended("FAILED")));
    assert!(!roster.runs("ma_1", now));
}

#[test]
fn who_is_let_go_of_is_known_by_reads_again() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    roster.follow("ma_1", flow.event(form("mai_1")));
    roster.let_go("ma_1");
    roster.read(&parsed(running("ma_1", json!({}))), start());
    assert_eq!(
        state(&roster, "ma_1"),
        &RowState::InProgress { stage: None }
    );
}

// Who has begun to wait.

#[test]
fn a_need_is_told_once_with_what_it_is_called() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    assert_eq!(told(roster.follow("ma_1", flow.view())), None);
    let (_, new) = roster.follow("ma_1", flow.event(form("mai_1")));
    let new = new.expect("somebody waits");
    assert_eq!(
        (
            new.id.as_str(),
            new.domain.as_str(),
            new.profile.as_str(),
            new.need
        ),
        ("ma_1", "netflix.com", "ada", Need::SignIn)
    );
    // The same question with a word of the site about it.
    let mut again = form("mai_1");
    again["website_error"] = json!("Wrong password");
    assert_eq!(told(roster.follow("ma_1", flow.event(again))), None);
    assert_eq!(
        told(roster.follow("ma_1", flow.event(step("SUBMITTING")))),
        None
    );
    assert_eq!(told(roster.follow("ma_1", flow.event(form("mai_1")))), None);
    // Another one.
    assert_eq!(
        told(roster.follow("ma_1", flow.event(code("mai_2")))),
        Some(Need::Code)
    );
}

#[test]
fn a_lost_stream_a_read_and_another_follower_tell_nothing_again() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    let asked = asking("ma_1", "mai_1");
    assert_eq!(
        told(roster.follow("ma_1", flow.event(form("mai_1")))),
        Some(Need::SignIn)
    );
    assert_eq!(told(roster.follow("ma_1", flow.lose())), None);
    assert_eq!(
        told(roster.follow("ma_1", flow.come_back(asked.clone()))),
        None
    );
    roster.let_go("ma_1");
    roster.read(&parsed(asked.clone()), start());
    let unread = Followed::unread("ma_1");
    assert_eq!(told(roster.follow("ma_1", unread.view())), None);
    let anew = Followed::begin(asked);
    assert_eq!(told(roster.follow("ma_1", anew.view())), None);
}

#[test]
fn following_that_was_cut_off_is_not_the_end_of_a_question() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let asked = asking("ma_1", "mai_1");
    let mut flow = Followed::begin(asked.clone());
    assert!(told(roster.follow("ma_1", flow.view())).is_some());
    // A network's sign-in page answers in place of the service.
    flow.give(Input::CheckAgain);
    flow.give(Input::ReadFailed(Error::NotTheApi { status: 200 }));
    assert_eq!(flow.view().stage, Stage::CannotFollow);
    assert_eq!(told(roster.follow("ma_1", flow.view())), None);
    assert!(!roster.runs("ma_1", start().wall));

    roster.read(&parsed(asked.clone()), start());
    assert!(roster.runs("ma_1", start().wall));
    let anew = Followed::begin(asked);
    assert_eq!(told(roster.follow("ma_1", anew.view())), None);
}

#[test]
fn a_new_flow_tells_again_whether_or_not_the_end_of_the_old_one_was_seen() {
    for end_was_seen in [true, false] {
        // Prompts without a name of the service's are named alike in every flow.
        let legacy = json!({
            "flow_status": "IN_PROGRESS", "flow_step": "AWAITING_INPUT",
            "discovered_fields": [{"name": "pw", "type": "password", "label": "Password",
                "selector": "#pw"}]
        });
        let mut roster = roster([running("ma_1", json!({}))]);
        let mut old = Followed::begin(running("ma_1", json!({})));
        let need = told(roster.follow("ma_1", old.event(legacy.clone())));
        assert_eq!(need, Some(Need::SignIn));
        if end_was_seen {
            roster.follow("ma_1", old.event(ended("CANCELED")));
        }
        let newer = running("ma_1", json!({"flow_expires_at": LATER_END}));
        let mut new = Followed::begin(newer);
        let need = told(roster.follow("ma_1", new.event(legacy)));
        assert_eq!(need, Some(Need::SignIn), "end seen: {end_was_seen}");
    }
}

#[test]
fn a_prompt_that_another_follower_calls_the_same_is_told_if_it_wants_something_else() {
    let legacy = |kind: &str| {
        running(
            "ma_1",
            json!({
                "flow_step": "AWAITING_INPUT",
                "discovered_fields": [{"name": "f", "type": kind, "label": "x", "selector": "y"}]
            }),
        )
    };
    let mut roster = roster([legacy("password")]);
    let mut tell = |connection| {
        let flow = Followed::begin(connection);
        let view = flow.view();
        let name = view.prompt.as_ref().expect("asked").interaction_id.clone();
        (name, told(roster.follow("ma_1", view)))
    };
    let (first, need) = tell(legacy("password"));
    assert_eq!(need, Some(Need::SignIn));
    let (second, need) = tell(legacy("code"));
    assert_eq!((second, need), (first, Some(Need::Code)));
}

#[test]
fn what_has_no_prompt_is_told_again_when_it_comes_again() {
    let mut roster = roster([running("ma_1", json!({}))]);
    let mut flow = Followed::begin(running("ma_1", json!({})));
    let mut tap = step("AWAITING_EXTERNAL_ACTION");
    tap["external_action_message"] = json!("Tap 42");
    let mut tell = |flow: &mut Followed, state| told(roster.follow("ma_1", flow.event(state)));
    assert_eq!(tell(&mut flow, tap.clone()), Some(Need::Elsewhere));
    assert_eq!(tell(&mut flow, tap.clone()), None);
    assert_eq!(tell(&mut flow, step("DISCOVERING")), None);
    assert_eq!(tell(&mut flow, tap), Some(Need::Elsewhere));
    assert_eq!(
        tell(&mut flow, step("AWAITING_HUMAN_INTERVENTION")),
        Some(Need::Person)
    );
}

#[test]
fn each_kind_of_question_has_a_need_of_its_own() {
    let field = |kind: &str| json!([{"id": "f", "ref": "r", "type": kind, "reason": "missing"}]);
    let choice = |kind: &str| json!([{"id": "c", "type": kind, "label": "x"}]);
    let none = json!([]);
    for (fields, choices, need) in [
        (field("code"), none.clone(), Need::Code),
        (field("totp_code"), choice("mfa_method"), Need::Code),
        (field("password"), none.clone(), Need::SignIn),
        (field("identifier"), choice("sso_provider"), Need::SignIn),
        (field("text"), none.clone(), Need::Details),
        (field("totp_secret"), none.clone(), Need::Details),
        (field("riddle"), choice("account"), Need::Details),
        (none.clone(), choice("account"), Need::Account),
        (none.clone(), choice("mfa_method"), Need::Choice),
        (none.clone(), choice("dance"), Need::Choice),
        (none.clone(), none, Need::Unfamiliar),
    ] {
        let asked = asks("mai_1", fields.clone(), choices.clone());
        let mut roster = roster([running("ma_1", json!({}))]);
        let mut flow = Followed::begin(running("ma_1", json!({})));
        let new = told(roster.follow("ma_1", flow.event(asked.clone())));
        assert_eq!(new, Some(need), "{fields} {choices}");
        // A read shows the same.
        let read = kit::roster([running("ma_1", asked)]);
        assert_eq!(state(&read, "ma_1"), &RowState::NeedsAPerson { need });
    }
}

// Walks over the list.

fn walk(roster: &mut Roster, met: &[&str]) -> Vec<String> {
    roster.begin_walk();
    for id in met {
        roster.read(&parsed(idle(id, json!({}))), start());
    }
    roster.end_walk()
}

#[test]
fn what_two_walks_miss_is_gone_and_what_one_misses_is_not() {
    let mut roster = Roster::default();
    assert!(walk(&mut roster, &["stays", "goes", "returns"]).is_empty());
    assert!(walk(&mut roster, &["stays"]).is_empty());
    assert_eq!(roster.len(), 3);
    assert_eq!(walk(&mut roster, &["stays", "returns"]), ["goes"]);
    assert!(walk(&mut roster, &["stays"]).is_empty());
    assert!(roster.knows("stays") && roster.knows("returns") && !roster.knows("goes"));
    assert_eq!(roster.counts().all, 2);
}

#[test]
fn a_walk_that_failed_on_the_way_has_missed_nobody() {
    let mut roster = Roster::default();
    walk(&mut roster, &["a", "b"]);
    for _ in 0..5 {
        roster.begin_walk();
        roster.read(&parsed(idle("a", json!({}))), start());
    }
    assert!(walk(&mut roster, &["a"]).is_empty());
    assert!(roster.knows("b"));
    assert_eq!(walk(&mut roster, &["a"]), ["b"]);
}

#[test]
fn what_was_read_by_itself_is_not_missed() {
    let mut roster = Roster::default();
    walk(&mut roster, &["a"]);
    walk(&mut roster, &[]);
    roster.read(&parsed(idle("a", json!({}))), start());
    assert!(walk(&mut roster, &[]).is_empty());
    assert_eq!(walk(&mut roster, &[]), ["a"]);
}

#[test]
fn thousands_are_kept_in_order() {
    const MANY: usize = 5000;
    let connections = (0..MANY).map(|n| {
        let id = format!("ma_{n}");
        let site = json!({"domain": format!("{:04}.example", (n * 7919) % MANY)});
        match n % 5 {
            0 => running(&id, site),
            1 => {
                let mut waits = asking(&id, "mai_1");
                let second = n / 5;
                let end = format!(
                    "2026-10-26T10:{:02}:{:02}Z",
                    1 + second / 60 % 9,
                    second % 60
                );
                waits["flow_expires_at"] = json!(end);
                waits
            }
            _ => idle(&id, site),
        }
    });
    let mut roster = roster(connections);
    let list = roster.list(everything(Filter::All));
    assert_eq!((list.rows.len(), list.total), (MANY, 5000));
    let kinds: Vec<u8> = list
        .rows
        .iter()
        .map(|row| match row.state {
            RowState::NeedsAPerson { .. } => 0,
            RowState::InProgress { .. } => 1,
            _ => 2,
        })
        .collect();
    assert!(kinds.is_sorted());
    let ends: Vec<_> = list.rows[..1000].iter().map(|row| row.expires_at).collect();
    assert!(ends.is_sorted() && ends.iter().all(Option::is_some));
    let sites: Vec<_> = list.rows[2000..]
        .iter()
        .map(|row| row.domain.as_str())
        .collect();
    assert!(sites.is_sorted());

    // One that is read again moves alone.
    let bottom = list.rows[MANY - 1].id.clone();
    roster.read(
        &parsed(running(&bottom, json!({"flow_expires_at": START}))),
        at(time("2026-10-26T09:59:00Z")),
    );
    let moved = roster.list(Window {
        first: 1000,
        count: 1,
        ..everything(Filter::All)
    });
    assert_eq!(ids(&moved), [bottom.as_str()]);
    assert_eq!(roster.counts().in_progress, 2001);
}
