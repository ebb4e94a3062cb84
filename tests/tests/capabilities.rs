//! What the page may ask of the app, and nothing more.

use serde_json::{Value, json};
use usher_tests::{app::App, desktop::Desktop, service::Service};

/// What came of a call: `["done", value]` or `["refused", words]`.
async fn call(app: &App, command: &str, arguments: Value) -> Vec<String> {
    let script = "const [command, given, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, given)
            .then((value) => done(['done', JSON.stringify(value) ?? '']), (error) => done(['refused', String(error)]));";
    let outcome = app
        .page()
        .execute_async(script, vec![json!(command), arguments])
        .await
        .expect("the script runs");
    serde_json::from_value(outcome).expect("two words")
}

async fn started() -> (Desktop, App) {
    let desktop = Desktop::new();
    let app = App::start_for_guest(&desktop).await;
    (desktop, app)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_can_call_the_commands_of_its_flow_and_no_others() {
    let (desktop, app) = started().await;
    let granted = call(&app, "check_again", json!({})).await;
    assert_eq!(granted[0], "done", "{granted:?}");
    for command in [
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:window|create",
        "plugin:webview|create_webview_window",
        "plugin:app|version",
        "plugin:path|resolve_directory",
        "plugin:resources|close",
        "plugin:deep-link|get_current",
        "plugin:deep-link|register",
        "plugin:shell|open",
        "plugin:fs|read_text_file",
        "plugin:http|fetch",
        "exchange",
        "token",
    ] {
        let outcome = call(&app, command, json!({ "event": "deep-link://new-url", "target": { "kind": "Any" }, "handler": 0, "protocol": "x" })).await;
        assert_eq!(outcome[0], "refused", "{command}: {outcome:?}");
        // Refused for what it is, not for how it was called.
        assert!(
            outcome[1].contains("not allowed") || !command.starts_with("plugin:"),
            "{command}: {outcome:?}"
        );
    }
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_window_can_call_its_own_commands_and_none_of_the_other() {
    let arguments = json!({ "id": "ma_1", "key": "sk_x", "name": "kernel", "look": {}, "channel": "__CHANNEL__:1" });
    let (desktop, guest) = started().await;
    for command in [
        "watch_console",
        "use_key",
        "open_connection",
        "delete_connection",
        "copy_link",
        "copy_console_details",
        "try_sandbox",
        "choose_environment",
        "open_environments_file",
    ] {
        let outcome = call(&guest, command, arguments.clone()).await;
        assert_eq!(outcome[0], "refused", "{command}: {outcome:?}");
        assert!(outcome[1].contains("not allowed"), "{command}: {outcome:?}");
    }
    guest.close(&desktop).await;

    let console = App::start(&desktop, &[]).await;
    console.wait_screen("welcome").await;
    let granted = call(&console, "give_back", json!({})).await;
    assert_eq!(granted[0], "done", "{granted:?}");
    for command in [
        "watch_login",
        "begin",
        "answer",
        "open_page",
        "copy_details",
        "plugin:event|listen",
        "plugin:window|create",
        "plugin:webview|create_webview_window",
        "plugin:tray|new",
        "plugin:menu|new",
        "key",
    ] {
        let outcome = call(&console, command, arguments.clone()).await;
        assert_eq!(outcome[0], "refused", "{command}: {outcome:?}");
    }
    console.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_has_no_global_tauri() {
    let (desktop, app) = started().await;
    assert_eq!(
        app.script("return typeof window.__TAURI__").await,
        "undefined"
    );
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_reaches_nothing_outside() {
    let service = Service::start().await;
    let (desktop, app) = started().await;
    let attempt = "const [address, done] = arguments;
        const violations = [];
        document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.head.append(script);
        const frame = document.createElement('iframe');
        frame.src = address;
        document.body.append(frame);
        const image = new Image();
        image.src = address;
        document.body.append(image);
        let evaluated = false;
        try { evaluated = (0, eval)('true'); } catch {}
        fetch(address, { mode: 'no-cors' }).then(() => 'fetched', () => 'refused').then((fetched) =>
            done({ fetched, evaluated, injected: window.injected === true, violations }));";
    let address = format!("{}/sandbox/scenarios", service.url());
    let outcome = app
        .page()
        .execute_async(attempt, vec![json!(address)])
        .await
        .expect("the script runs");
    assert_eq!(outcome["fetched"], "refused", "{outcome}");
    assert_eq!(outcome["evaluated"], false, "{outcome}");
    assert_eq!(outcome["injected"], false, "{outcome}");
    let violations = outcome["violations"].to_string();
    for directive in ["connect-src", "frame-src", "img-src", "script-src"] {
        assert!(violations.contains(directive), "{directive}: {outcome}");
    }
    app.close(&desktop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_stays_with_its_own_page() {
    let service = Service::start().await;
    let (desktop, app) = started().await;
    let before = app.page().current_url().await.expect("an address");
    let address = format!("{}/sandbox/scenarios", service.url());
    for attempt in [
        "location.href = arguments[0]; return 0",
        "location.replace(arguments[0]); return 0",
        "const link = document.createElement('a'); link.href = arguments[0]; document.body.append(link); link.click(); return 0",
        "const form = document.createElement('form'); form.action = arguments[0]; document.body.append(form); form.submit(); return 0",
        "location.href = 'file:///etc/hostname'; return 0",
        "location.href = 'data:text/html,gone'; return 0",
        "const link = document.createElement('a'); link.href = arguments[0]; link.target = '_blank'; document.body.append(link); link.click(); return 0",
    ] {
        app.page()
            .execute(attempt, vec![json!(address)])
            .await
            .expect("the script runs");
        assert_eq!(
            app.page().current_url().await.expect("an address"),
            before,
            "{attempt}"
        );
        app.wait_screen("bad_link").await;
    }
    let opened = app
        .page()
        .execute(
            "return window.open(arguments[0]) === null",
            vec![json!(address)],
        )
        .await;
    assert_eq!(opened.expect("the script runs"), true);
    assert_eq!(app.page().windows().await.expect("windows").len(), 1);
    assert!(desktop.pages_opened().is_empty());
    app.close(&desktop).await;
}
