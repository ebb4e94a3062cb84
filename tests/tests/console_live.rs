//! The live view at the console: where it is shown, who may type into it, and what a hostile page
//! in it can reach.

use std::collections::BTreeMap;

use fantoccini::Locator;
use serde_json::json;
use usher_tests::{
    app::App,
    console::open,
    desktop::Desktop,
    service::{Handoff, Service},
    waiting::until,
};

/// What only says that something could be asked for, and not that it worked.
const HARMLESS: [&str; 3] = ["tried", "fetched", "refused"];

/// What a page in a window of its own has to itself until that closes: its storage, and a way to
/// ask for commands of which it may call none. The engine mostly refuses to load a service worker
/// there, and not always; one that it loads has no more than the page's own storage.
const OWN: [&str; 7] = [
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "caches",
    "cookie",
    "service-worker",
    "tauri-internals",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_live_view_is_shown_beside_its_flow_and_ends_with_its_browser() {
    let (service, desktop, handoff) = place("human.example").await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(&handoff.connection_id).await;
    app.wait("[data-part=live-view][data-live=here] [data-part=live-frame]")
        .await;
    in_frame(&app, async |app| {
        app.wait_text("body", "View only").await;
    })
    .await;
    // The page itself never has the address.
    let connection = service.connection(&handoff.connection_id).await;
    let address = connection["live_view_url"].as_str().expect("an address");
    let page = app
        .script("return document.documentElement.outerHTML")
        .await;
    assert!(!page.to_string().contains(address));
    service
        .hook(&handoff.connection_id, "approve", json!({}))
        .await;
    app.wait_stage("logged_in").await;
    app.wait_gone("[data-part=live-frame]").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn support_looks_only_until_it_takes_over_and_gives_back_with_one_key() {
    let (service, desktop, handoff) = place("human.example").await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(&handoff.connection_id).await;
    app.wait("[data-part=live-frame]").await;
    app.press("take_over").await;
    app.press("confirm_take_over").await;
    app.wait("[data-part=in-control]").await;
    in_frame(&app, async |app| {
        until(
            "a view to type into",
            || app.text_now("body"),
            |text| {
                text.as_ref()
                    .is_some_and(|text| !text.contains("View only"))
            },
        )
        .await;
        // The remote page has the keyboard from now on.
        let body = app.wait("body").await;
        body.click().await.expect("it can be clicked");
    })
    .await;
    desktop.press_key("F8");
    app.wait_gone("[data-part=in-control]").await;
    in_frame(&app, async |app| {
        app.wait_text("body", "View only").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_view_of_a_foreign_origin_is_never_framed() {
    let (service, desktop, handoff) = place("human.example").await;
    let id = &handoff.connection_id;
    service
        .hook(id, "pages", json!({ "live_view": "foreign" }))
        .await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(id).await;
    app.wait("[data-part=live-view][data-live=elsewhere]").await;
    assert!(app.find("iframe").await.is_none());
    app.press("open_live_view").await;
    app.wait_text(
        "[data-part=confirm] [data-part=host]",
        "live.foreign.invalid",
    )
    .await;
    assert!(desktop.pages_opened().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_never_comes_is_said_to_be_slow_and_the_flow_goes_on_beside_it() {
    let (service, desktop, handoff) = place("sms.example").await;
    let id = &handoff.connection_id;
    service
        .hook(id, "pages", json!({ "live_view": "never" }))
        .await;
    let app = open(&desktop, &service, &[]).await;
    app.open_row(id).await;
    app.wait("[data-part=live-frame]").await;
    app.sign_in().await;
    app.give_code("123456").await;
    app.wait_stage("logged_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_live_view_reaches_nothing() {
    let (service, desktop, handoff) = place("human.example").await;
    let id = &handoff.connection_id;
    service
        .hook(id, "pages", json!({ "live_view": "hostile" }))
        .await;
    let app = open(&desktop, &service, &[]).await;
    let own = app.page().current_url().await.expect("an address");
    app.open_row(id).await;
    let reports = wait_for_report(&service, id, "done").await;
    refused_everything(&reports);
    // A frame has not even those.
    for name in OWN {
        assert!(reports[name].starts_with("refused"), "{name}: {reports:#?}");
    }
    // With somebody's press, too: while they have taken over.
    app.press("take_over").await;
    app.press("confirm_take_over").await;
    app.wait("[data-part=in-control]").await;
    service.forget_reports(id).await;
    in_frame(&app, async |app| {
        app.wait_text("body", "Hostile page").await;
        app.wait("body").await.click().await.expect("a press");
    })
    .await;
    let reports = wait_for_report(&service, id, "clicked-").await;
    refused_everything(&reports);
    let left = wait_for_report(&service, id, "own-elsewhere").await;
    refused_everything(&left);
    still_ours(&app, &desktop, own.as_str()).await;
    app.close(&desktop).await;
    nothing_was_kept(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_pages_in_windows_of_their_own_reach_nothing_and_are_forgotten() {
    let (service, desktop, handoff) = place("human.example").await;
    let id = &handoff.connection_id;
    let app = open(&desktop, &service, &[]).await;
    let own = app.page().current_url().await.expect("an address");
    app.open_row(id).await;
    app.wait("[data-part=live-frame]").await;
    service
        .hook(
            id,
            "pages",
            json!({ "hosted_page": "hostile", "live_view": "hostile" }),
        )
        .await;
    // The second of each finds nothing that the first one left.
    for action in [
        "open_hosted_page_window",
        "open_hosted_page_window",
        "open_live_view_window",
        "open_live_view_window",
    ] {
        // What the frame in the console reports meanwhile counts as well.
        service.forget_reports(id).await;
        app.press(action).await;
        let reports = wait_for_report(&service, id, "own-elsewhere").await;
        refused_everything(&reports);
    }
    still_ours(&app, &desktop, own.as_str()).await;
    app.close(&desktop).await;
    nothing_was_kept(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wall_shows_several_views_and_leads_to_each() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let mut ids = Vec::new();
    for domain in [
        "one.human.example",
        "two.human.example",
        "three.sms.example",
    ] {
        ids.push(service.invite(domain).await.connection_id);
    }
    let app = open(&desktop, &service, &[]).await;
    app.wait_count("live", 3).await;
    app.press("show_wall").await;
    for id in &ids {
        app.wait(&format!("[data-tile=\"{id}\"] iframe")).await;
    }
    app.wait(&format!("[data-tile=\"{}\"]", ids[1]))
        .await
        .find(Locator::Css("button"))
        .await
        .expect("a way in")
        .click()
        .await
        .expect("a press");
    app.wait_opened(&ids[1]).await;
}

async fn place(domain: &str) -> (Service, Desktop, Handoff) {
    let service = Service::start().await;
    let handoff = service.invite(domain).await;
    (service, Desktop::new(), handoff)
}

/// Does something in the live view's frame.
async fn in_frame(app: &App, what: impl AsyncFnOnce(&App)) {
    let frame = app.wait("[data-part=live-frame]").await;
    frame.enter_frame().await.expect("the frame");
    what(app).await;
    app.page()
        .clone()
        .enter_parent_frame()
        .await
        .expect("the page");
}

/// Waits until the hostile page has reported a try that begins so, and gives all it reported.
async fn wait_for_report(service: &Service, id: &str, prefix: &str) -> BTreeMap<String, String> {
    let look = || service.reports(id);
    until(prefix, look, |reports| {
        reports.keys().any(|name| name.starts_with(prefix))
    })
    .await
}

fn refused_everything(reports: &BTreeMap<String, String>) {
    for (name, outcome) in reports {
        let is_sign_of_life = matches!(name.as_str(), "loaded" | "done");
        // A message can always be posted; what it would do is shown by what the app does.
        let is_only_sent = name.starts_with("ipc-message");
        let is_its_own = OWN.contains(&name.as_str()) && outcome == "reached";
        let is_harmless = HARMLESS.iter().any(|word| outcome.starts_with(word));
        assert!(
            is_sign_of_life || is_only_sent || is_its_own || is_harmless,
            "{name}: {outcome}\n{reports:#?}"
        );
    }
}

/// The console is where it was, and nothing else was opened.
async fn still_ours(app: &App, desktop: &Desktop, own: &str) {
    assert_eq!(
        app.page().current_url().await.expect("an address").as_str(),
        own
    );
    app.wait_screen("desk").await;
    assert!(desktop.pages_opened().is_empty());
    // Nobody was signed out, and nothing was sent: the commands it tried did nothing.
    assert!(app.find("[data-row]").await.is_some());
}

/// Nothing of the page is on the disk: no storage, no download.
fn nothing_was_kept(desktop: &Desktop) {
    let found = usher_tests::leak::files_with(desktop.folder(), b"hostile-was-here");
    assert!(found.is_empty(), "{found:?}");
    let found = usher_tests::leak::files_named(desktop.folder(), "hostile");
    assert!(found.is_empty(), "{found:?}");
}
