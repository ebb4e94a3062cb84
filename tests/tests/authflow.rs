//! Prefactor's authflows on the built app: looked up, watched, and told how they ended.

use std::time::Duration;

use sandbox::{API_KEY, AUTHFLOW_TOKEN, Settings, authflow_id};
use serde_json::json;
use usher_tests::{
    app::App,
    authflows::{open, set_up},
    console::{self, sign_in},
    desktop::{Desktop, Keyring},
    service::Service,
    waiting::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn each_status_is_told_in_plain_words_and_none_but_complete_is_success() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    for (status, watch, phase, words) in [
        ("new", "watching", "waiting", "Not started yet"),
        ("pending", "watching", "waiting", "In progress"),
        ("finished", "watching", "waiting", "Steps finished"),
        ("complete", "ended", "success", "Complete"),
        ("cancelled", "ended", "cancelled", "Cancelled"),
        ("verifying", "watching", "unknown", "verifying"),
    ] {
        let state = format!("[data-watch={watch}][data-phase={phase}][data-status={status}]");
        let id = app.look_up_play(status, &state).await;
        let said = app.authflow_text().await;
        assert!(said.contains(words), "{status}: {said}");
        let row = format!("[data-row=\"{id}\"][data-kind=authflow][data-phase={phase}]");
        app.wait(&row).await;
    }
    // Several at once, each in the list.
    assert_eq!(app.rows().await.len(), 6);
    // What ended is not asked for again.
    let complete = authflow_id("complete");
    let asked = service.authflow_asked(&complete).await;
    let pending = authflow_id("pending");
    let pending_before = service.authflow_asked(&pending).await;
    until(
        "more looks at one that moves",
        || service.authflow_asked(&pending),
        |asked| *asked > pending_before + 1,
    )
    .await;
    assert_eq!(service.authflow_asked(&complete).await, asked);
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_one_that_moves_and_its_end_is_shown_without_a_press() {
    let service = Service::with(Settings {
        // Slow enough that a busy computer misses no status.
        pace: Duration::from_secs(1),
        ..Settings::default()
    })
    .await;
    let desktop = Desktop::new();
    let handoff = service.invite("sms.example").await;
    let app = open(&desktop, &service, "").await;
    let id = authflow_id("moving");
    desktop
        .open_link(&format!("usher://authflow/{id}?env=sandbox"))
        .await;
    app.wait_authflow(&id, "[data-status=new]").await;
    app.wait_authflow(&id, "[data-watch=ended][data-phase=success]")
        .await;
    let seen = app.statuses_seen().await;
    assert_eq!(seen, ["new", "pending", "finished", "complete"]);
    let said = app.authflow_text().await;
    assert!(said.contains("Chrome 91 on macOS"), "{said}");
    assert!(said.contains("127.0.0.1"), "{said}");

    let cancelled = authflow_id("moving-cancelled");
    desktop
        .open_link(&format!("usher://authflow/{cancelled}?env=sandbox"))
        .await;
    app.wait_authflow(&cancelled, "[data-watch=ended][data-phase=cancelled]")
        .await;
    let seen = app.statuses_seen().await;
    assert_eq!(seen.last().map(String::as_str), Some("cancelled"));

    // Kernel's flows stand in the same list, and go on.
    app.open_row(&handoff.connection_id).await;
    app.wait_fields(&["f_username", "f_password"]).await;
    assert!(app.find("[data-part=authflow]").await.is_none());
    app.wait(&format!("[data-row=\"{id}\"]"))
        .await
        .click()
        .await
        .expect("a press");
    app.wait_authflow(&id, "[data-phase=success]").await;
    assert!(app.find("[data-part=connection]").await.is_none());
    app.press("forget_authflow").await;
    app.wait_gone(&format!("[data-row=\"{id}\"]")).await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_never_ends_is_given_up_in_time_and_watched_again_on_a_press() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "watch_minutes = 1\n").await;
    let id = app.look_up_play("finished", "[data-watch=watching]").await;
    app.wait_authflow(&id, "[data-watch=given_up][data-phase=waiting]")
        .await;
    let said = app.authflow_text().await;
    assert!(said.contains("Steps finished"), "{said}");
    service
        .sandbox(&format!("authflows/{id}"), json!({ "plays": "complete" }))
        .await;
    app.press("check_authflow").await;
    app.wait_authflow(&id, "[data-watch=ended][data-phase=success]")
        .await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_is_told_by_its_code() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    // An id that nobody gave.
    app.look_up("013xrzp12g3nqk8ny06sgdxs6ed3w5wz").await;
    app.wait_authflow_trouble("not_found").await;
    for (code, watch, words) in [
        ("bad_request", "stopped", "did not understand"),
        ("not_permitted", "stopped", "may not see"),
        ("not_implemented", "stopped", "does not offer authflows"),
        ("not_found", "stopped", "no authflow with this id"),
        ("unexpected_ref_type", "stopped", "something else"),
        ("invalid_action", "stopped", "did not understand"),
        ("invalid_value", "stopped", "does not take this"),
        ("required_value", "stopped", "did not understand"),
        // Trouble of theirs may pass, so it is tried again.
        ("unknown", "watching", "had a problem"),
        ("unexpected", "watching", "had a problem"),
    ] {
        let plays = format!("error-{}", code.replace('_', "-"));
        let state = format!("[data-watch={watch}]");
        app.look_up_play(&plays, &state).await;
        let said = app.wait_authflow_trouble(code).await;
        assert!(said.contains(words), "{code}: {said}");
    }
    // What is said of the key is said once, at the place for another.
    let id = authflow_id("error-not-authenticated");
    app.look_up(&id).await;
    app.wait_authflow(&id, "[data-screen=no_key]").await;
    app.wait_text("[data-part=authflow]", "saw no key").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_of_this_api_is_said_to_be_that() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    for (plays, watch, code) in [
        ("page", "stopped", "not_the_api"),
        ("half-json", "stopped", "not_the_api"),
        ("other-shape", "stopped", "not_the_api"),
        ("status-of-the-flow", "stopped", "not_the_api"),
        ("empty", "stopped", "not_the_api"),
        ("redirect", "stopped", "redirected"),
        // An error envelope is one, with a summary that says complete beside it.
        ("outer-error", "stopped", "not_permitted"),
        ("bad-gateway", "watching", "service_trouble"),
        ("unavailable", "watching", "service_trouble"),
        ("too-many", "watching", "rate_limited"),
    ] {
        let state = format!("[data-watch={watch}]");
        app.look_up_play(plays, &state).await;
        app.wait_authflow_trouble(code).await;
        assert!(app.find("[data-phase=success]").await.is_none(), "{plays}");
    }
    // A status called “error” is a status that nobody knows, in an answer that is none.
    app.look_up_play("inner-error", "[data-phase=unknown][data-status=error]")
        .await;
    // Trouble that passes leaves nothing behind.
    let id = app
        .look_up_play("unavailable", "[data-watch=watching]")
        .await;
    app.wait_authflow_trouble("service_trouble").await;
    service
        .sandbox(&format!("authflows/{id}"), json!({ "plays": "pending" }))
        .await;
    app.wait_authflow(&id, "[data-status=pending]").await;
    app.wait_gone("[data-part=authflow-trouble]").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_an_id_is_not_sent_and_an_unusual_one_only_if_the_person_insists() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    app.look_up("../session/1").await;
    app.wait_text("[data-part=look-up-problem]", "can’t be an id")
        .await;
    assert!(app.find("[data-action=look_up_anyway]").await.is_none());
    // What was typed stays, to be mended.
    assert_eq!(app.value("authflow").await, "../session/1");
    app.fill("authflow", "  my-authflow  ").await;
    app.press("look_up_go").await;
    app.wait_text("[data-part=look-up-problem]", "does not look like")
        .await;
    assert_eq!(service.authflow_asked("my-authflow").await, 0);
    app.press("look_up_anyway").await;
    app.wait_authflow("my-authflow", "[data-watch=stopped]")
        .await;
    app.wait_authflow_trouble("invalid_value").await;

    // The same by a link, which nobody has looked at.
    desktop
        .open_link("usher://authflow/other-authflow?env=sandbox")
        .await;
    app.wait_authflow("other-authflow", "[data-screen=not_taken]")
        .await;
    assert_eq!(service.authflow_asked("other-authflow").await, 0);
    app.press("look_up_anyway").await;
    app.wait_authflow("other-authflow", "[data-watch=stopped]")
        .await;
    desktop.open_link("usher://authflow/a.b?env=sandbox").await;
    app.wait_authflow("a.b", "[data-screen=not_taken]").await;
    assert!(app.find("[data-action=look_up_anyway]").await.is_none());
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_stops_every_watch_once_and_a_right_one_goes_on_and_is_kept() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    set_up(&desktop, &service, "");
    let app = App::start(&desktop, &[]).await;
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    let id = authflow_id("pending");
    app.look_up(&id).await;
    app.wait_authflow(&id, "[data-screen=no_key]").await;
    app.use_authflow_key("pf_wrong").await;
    app.wait_text("[data-part=authflow]", "was not accepted")
        .await;
    assert!(!desktop.keyring_entries().contains("pf_wrong"));
    assert!(!desktop.keyring_entries().contains("prefactor-key"));
    app.use_authflow_key(AUTHFLOW_TOKEN).await;
    app.wait_authflow(&id, "[data-status=pending]").await;
    until(
        "the entry",
        || async { desktop.keyring_entries() },
        |entries| entries.contains("sandbox/prefactor-key") && entries.contains(AUTHFLOW_TOKEN),
    )
    .await;
    let other = app.look_up_play("new", "[data-status=new]").await;

    // Revoked: both stop, and go on with what is typed next.
    service
        .sandbox("authflows/token", json!({ "accepted": false }))
        .await;
    app.wait_authflow(&other, "[data-screen=no_key]").await;
    for id in [&id, &other] {
        app.wait_row(id, "authflow_without_key").await;
    }
    app.wait_count("in_progress", 0).await;
    service.sandbox("authflows/token", json!({})).await;
    app.use_authflow_key(AUTHFLOW_TOKEN).await;
    for id in [&id, &other] {
        let on = format!("[data-row=\"{id}\"][data-watch=watching]");
        app.wait(&on).await;
    }
    let page = app
        .script("return document.documentElement.outerHTML")
        .await;
    assert!(!page.to_string().contains(AUTHFLOW_TOKEN));
    app.close(&desktop).await;
    assert!(!desktop.app_log_text().contains(AUTHFLOW_TOKEN));

    // The next start needs no key.
    let again = App::start(&desktop, &[]).await;
    again.wait_screen("desk").await;
    again.look_up_play("complete", "[data-phase=success]").await;
    // And it can be removed.
    again.open_key_menu().await;
    again.press("forget_authflow_key").await;
    again.press("confirm_forget_authflow_key").await;
    again.wait("[data-part=authflow][data-screen=no_key]").await;
    until(
        "no entry",
        || async { desktop.keyring_entries() },
        |entries| !entries.contains("prefactor-key") && entries.contains("sandbox/key"),
    )
    .await;
    again.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_the_key_is_held_in_memory_and_that_is_said() {
    let service = Service::start().await;
    let desktop = Desktop::with(Keyring::None);
    set_up(&desktop, &service, "");
    let app = App::start(&desktop, &[]).await;
    sign_in(&app, API_KEY).await;
    app.wait_screen("desk").await;
    let id = authflow_id("pending");
    app.look_up(&id).await;
    app.wait_authflow(&id, "[data-screen=no_key]").await;
    app.wait_text("[data-part=authflow]", "keychain").await;
    app.use_authflow_key(AUTHFLOW_TOKEN).await;
    app.wait_authflow(&id, "[data-status=pending]").await;
    app.open_key_menu().await;
    app.wait("[data-part=authflow-service][data-key=memory_only]")
        .await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_sent_as_the_environment_says() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    service
        .sandbox("authflows/token", json!({ "header": "x-api-key" }))
        .await;
    let app = open(&desktop, &service, "token_header = \"X-Api-Key\"\n").await;
    app.look_up_play("complete", "[data-phase=success]").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_counts_as_success_is_set_in_one_place() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let more = "success = [\"finished\", \"complete\"]\n";
    let app = open(&desktop, &service, more).await;
    for status in ["finished", "complete"] {
        app.look_up_play(status, "[data-watch=ended][data-phase=success]")
            .await;
    }
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_address_opens_only_over_https_and_after_its_host_was_seen() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    let shown = app.text("[data-part=return-address]").await;
    assert!(
        shown.contains("https://app.example.com/callback"),
        "{shown}"
    );
    let page = app
        .script("return document.documentElement.outerHTML")
        .await;
    assert!(!page.to_string().contains("c0de-of-the-return"));
    app.press("open_return").await;
    app.wait_text("[data-part=confirm] [data-part=host]", "app.example.com")
        .await;
    assert!(desktop.pages_opened().is_empty());
    app.press("confirm_return").await;
    let opened = || async { desktop.pages_opened() };
    let opened = until("the page", opened, |pages| !pages.is_empty()).await;
    assert_eq!(
        opened,
        ["https://app.example.com/callback?code=c0de-of-the-return&state=st4te"]
    );

    app.look_up_play("script", "[data-status=pending]").await;
    app.wait("[data-part=return-address]").await;
    assert!(app.find("[data-action=open_return]").await.is_none());
    let said = app.authflow_text().await;
    assert!(said.contains("https"), "{said}");
    assert_eq!(desktop.pages_opened().len(), 1);
    assert!(!desktop.app_log_text().contains("c0de-of-the-return"));
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn schemas_that_have_drifted_and_texts_that_try_to_be_more_are_shown_as_text() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    app.look_up_play("drifted", "[data-status=pending]").await;
    let said = app.authflow_text().await;
    assert!(said.contains("Firefox 145 on Linux"), "{said}");
    for plays in ["nulls", "no-status"] {
        app.look_up_play(plays, "[data-phase=unknown]").await;
        let said = app.authflow_text().await;
        assert!(said.contains("no status"), "{plays}: {said}");
    }
    for plays in ["bare", "mistyped"] {
        app.look_up_play(plays, "[data-status=pending]").await;
    }
    app.look_up_play("hostile", "[data-status=pending]").await;
    let said = app.authflow_text().await;
    assert!(said.contains("<img src=x"), "{said}");
    assert!(!said.contains('\u{202e}'), "{said}");
    let made = app
        .script("return document.querySelectorAll('[data-part=authflow] img').length")
        .await;
    assert_eq!(made, json!(0));
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_an_environment_without_prefactor_says_how_to_set_it_up_and_goes_on() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = console::open(&desktop, &service, &[]).await;
    assert!(app.find("[data-action=look_up]").await.is_none());
    let id = authflow_id("complete");
    desktop
        .open_link(&format!("usher://authflow/{id}?env=sandbox"))
        .await;
    app.wait_authflow(&id, "[data-screen=no_service]").await;
    app.wait_text("[data-part=authflow]", "environments.toml")
        .await;
    set_up(&desktop, &service, "");
    app.press("read_environments").await;
    app.wait_authflow(&id, "[data-screen=no_key]").await;
    app.use_authflow_key(AUTHFLOW_TOKEN).await;
    app.wait_authflow(&id, "[data-phase=success]").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn details_for_support_name_the_authflow_and_no_secret() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    // With all that is known of one that moved a moment ago; and the service quotes its key.
    let id = app.look_up_play("pending", "[data-status=pending]").await;
    service
        .sandbox(&format!("authflows/{id}"), json!({ "plays": "quoting" }))
        .await;
    app.wait_authflow(&id, "[data-watch=stopped]").await;
    let said = app.wait_authflow_trouble("not_permitted").await;
    assert!(said.contains("may not see"), "{said}");
    app.press("copy_details").await;
    let clipboard = || async { desktop.clipboard() };
    let details = until("the details", clipboard, |text| text.contains("Usher")).await;
    for part in [
        id.as_str(),
        "not_permitted",
        "authflow: 403",
        "The service says",
    ] {
        assert!(details.contains(part), "{part}: {details}");
    }
    let page = app
        .script("return document.documentElement.outerHTML")
        .await
        .to_string();
    for secret in [AUTHFLOW_TOKEN, API_KEY, "c0de-of-the-return"] {
        assert!(!details.contains(secret), "{details}");
        assert!(!page.contains(secret), "{secret}");
    }
    for personal in ["Chrome/91", "Macintosh"] {
        assert!(!details.contains(personal), "{details}");
    }
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_is_tried_on_what_the_last_one_might_not_see() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    let id = app
        .look_up_play("error-not-permitted", "[data-watch=stopped]")
        .await;
    app.wait_authflow_trouble("not_permitted").await;
    app.open_key_menu().await;
    app.press("forget_authflow_key").await;
    app.press("confirm_forget_authflow_key").await;
    app.wait_authflow(&id, "[data-screen=no_key]").await;
    service
        .sandbox(&format!("authflows/{id}"), json!({ "plays": "complete" }))
        .await;
    app.use_authflow_key(AUTHFLOW_TOKEN).await;
    app.wait_authflow(&id, "[data-phase=success]").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_watched_outlives_kernels_key_and_is_no_login_of_kernels() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    let id = app.look_up_play("pending", "[data-status=pending]").await;
    assert!(app.find("[data-part=not-followed]").await.is_none());

    service.sandbox("key", json!({ "accepted": false })).await;
    app.wait_screen("welcome").await;
    service.sandbox("key", json!({ "accepted": true })).await;
    service
        .sandbox(&format!("authflows/{id}"), json!({ "plays": "complete" }))
        .await;
    sign_in(&app, API_KEY).await;
    app.wait_authflow(&id, "[data-phase=success]").await;
    assert_eq!(app.statuses_seen().await, ["pending", "complete"]);
    // The other one that was watched is there too.
    app.wait_row(&authflow_id("new"), "authflow").await;
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_an_environment_that_is_not_set_up_is_told_so_and_asks_nobody() {
    let (service, desktop) = (Service::start().await, Desktop::new());
    let app = open(&desktop, &service, "").await;
    let id = authflow_id("complete");
    desktop
        .open_link(&format!("usher://authflow/{id}?env=elsewhere"))
        .await;
    let app = app.in_the_other_window().await;
    app.wait_screen("bad_link").await;
    let said = app.seen().await.text;
    assert!(said.contains("isn’t set up"), "{said}");
    assert_eq!(service.authflow_asked(&id).await, 0);
    app.kill(&desktop).await;
}
