//! The list of connections: many of them, in the order of need.

use fantoccini::key::Key;
use serde_json::json;
use usher_tests::{
    app::App,
    console::{ids, open},
    desktop::Desktop,
    service::Service,
    waiting::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn those_who_wait_stand_on_top_among_five_hundred() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let made = service
        .sandbox(
            "populate",
            json!({ "connections": 500, "live": 50, "scenario": "sms" }),
        )
        .await;
    let live = ids(&made, "live");
    let app = open(&desktop, &service, &[]).await;
    app.wait_count("all", 500).await;
    app.wait_count("needs_a_person", 50).await;
    until(
        "every flow is followed",
        || async {
            let mut open = 0;
            for id in &live {
                open += service.open_streams(id).await;
            }
            open
        },
        |open| *open == 50,
    )
    .await;
    let rows = app.rows().await;
    assert!(
        rows.len() >= 10 && rows.len() < 200,
        "only what can be seen is drawn: {}",
        rows.len()
    );
    for row in rows.iter().take(10) {
        assert!(live.contains(row), "{row} does not wait");
    }
    // The one with the least time left is first.
    let mut ends = Vec::new();
    for row in rows.iter().take(5) {
        let connection = service.connection(row).await;
        ends.push(
            connection["flow_expires_at"]
                .as_str()
                .unwrap_or("")
                .to_owned(),
        );
    }
    assert!(ends.is_sorted(), "{ends:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_connections_are_searched_and_scrolled() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    service
        .sandbox("populate", json!({ "connections": 10_000, "live": 0 }))
        .await;
    let wanted = service.connect("the-needle.example", "ada").await;
    let app = open(&desktop, &service, &[]).await;
    app.wait_count("all", 10_001).await;
    let drawn = app.rows().await;
    assert!(drawn.len() < 200, "{}", drawn.len());
    app.wait("[data-part=list]").await;
    app.script("document.querySelector('[data-part=list]').focus()")
        .await;
    app.named_key(Key::End).await;
    let rows = || app.rows();
    until("the last rows", rows, |rows| {
        !rows.is_empty() && rows.last() != drawn.last()
    })
    .await;
    app.search("needle").await;
    until("the one that is searched", rows, |rows| {
        *rows == [wanted.clone()]
    })
    .await;
    app.search("nothing has this name").await;
    until("none", rows, Vec::is_empty).await;
    app.wait_text("[data-screen=desk]", "nothing has this name")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_show_what_they_count() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let waiting = service.invite("sms.example").await.connection_id;
    let rests = service.connect("two.example", "ada").await;
    let app = open(&desktop, &service, &[]).await;
    app.wait_count("all", 2).await;
    let rows = || app.rows();
    for (filter, expected) in [
        ("needs_a_person", vec![waiting.clone()]),
        ("in_progress", vec![waiting.clone()]),
        ("needs_login", vec![waiting.clone(), rests.clone()]),
        ("failed", vec![]),
        ("logged_in", vec![]),
        ("all", vec![waiting.clone(), rests.clone()]),
    ] {
        app.wait(&format!("[data-filter={filter}]"))
            .await
            .click()
            .await
            .expect("a press");
        until(filter, rows, |rows| *rows == expected).await;
        app.wait_count(filter, u32::try_from(expected.len()).expect("few"))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_walked_by_keyboard_and_the_next_who_waits_is_one_key_away() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let mut waiting = Vec::new();
    for domain in ["one.sms.example", "two.sms.example"] {
        waiting.push(service.invite(domain).await.connection_id);
    }
    for name in ["three.example", "four.example"] {
        service.connect(name, "ada").await;
    }
    let app = open(&desktop, &service, &[]).await;
    app.wait_count("needs_a_person", 2).await;
    let order = app.rows().await;
    app.key("n").await;
    app.wait_opened(&order[0]).await;
    app.leave_field().await;
    app.key("n").await;
    app.wait_opened(&order[1]).await;
    app.leave_field().await;
    app.key("n").await;
    app.wait_opened(&order[0]).await;
    app.leave_field().await;
    app.key("/").await;
    until(
        "the search",
        || async {
            app.script("return document.activeElement.dataset.field")
                .await
        },
        |field| field == "search",
    )
    .await;
    app.named_key(Key::Escape).await;
    app.key("?").await;
    app.wait("dialog[open]").await;
    app.named_key(Key::Escape).await;
    app.wait_gone("dialog[open]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_the_console_at_its_connection() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let id = service.invite("sms.example").await.connection_id;
    let other = service.invite("other.sms.example").await.connection_id;
    let link = format!("usher://watch/{id}?env=sandbox");
    usher_tests::console::set_up(&desktop, &service);
    // Without a key yet: the link waits for it.
    let app = App::start(&desktop, &[&link]).await;
    usher_tests::console::sign_in(&app, sandbox::API_KEY).await;
    app.wait_opened(&id).await;
    // While it runs.
    desktop
        .open_link(&format!("usher://watch/{other}?env=sandbox"))
        .await;
    app.wait_opened(&other).await;
    desktop
        .open_link("usher://watch/ma_nobody?env=sandbox")
        .await;
    app.wait_text("[data-screen=desk]", "ma_nobody").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_elsewhere_comes_by_itself() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let id = service.invite("sms.example").await.connection_id;
    let app = open(&desktop, &service, &[]).await;
    app.wait_row(&id, "needs_a_person").await;
    service.hook(&id, "cancel", json!({})).await;
    app.wait_row(&id, "failed").await;
}
