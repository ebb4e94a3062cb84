//! Pages that behave badly, and the live view in a frame.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use tokio_tungstenite::{connect_async, tungstenite::Message};

use crate::client::{Answer, World};

async fn fetch(world: &World, address: &str) -> Answer {
    Answer::of(world.http.get(address).send().await.expect("an answer")).await
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().expect("a text")
}

#[tokio::test]
async fn addresses_may_be_foreign() {
    let world = World::new().await;
    let (connection, _, mut follow) = world.log_in("password.example").await;
    follow.step("AWAITING_INPUT").await;
    let manners = json!({"live_view": "foreign", "hosted_page": "foreign"});
    assert_eq!(connection.hook("pages", manners).await.status, 204);
    let event = follow.event().await.expect("a state");
    for told in [event, connection.full().await] {
        assert!(text(&told, "live_view_url").starts_with("https://live.foreign.invalid/"));
        assert!(text(&told, "hosted_url").starts_with("https://hosted.foreign.invalid/"));
    }
    let unknown = connection.hook("pages", json!({"live_view": "sideways"}));
    assert_eq!(unknown.await.status, 400);
}

#[tokio::test]
async fn pages_may_be_gone_or_never_come() {
    let world = World::new().await;
    let (connection, login, _) = world.log_in("password.example").await;
    let pages = ["live_view", "hosted_page"];
    let addresses = [text(&login, "live_view_url"), text(&login, "hosted_url")];
    for (page, address) in pages.into_iter().zip(addresses) {
        connection.hook("pages", json!({page: "gone"})).await;
        assert_eq!(fetch(&world, address).await.status, 410, "{page}");
        connection.hook("pages", json!({page: "never"})).await;
        let waiting = world.http.get(address).timeout(Duration::from_millis(300));
        let waited = waiting.send().await;
        assert!(waited.is_err_and(|it| it.is_timeout()), "{page}");
        connection.hook("pages", json!({page: "slow"})).await;
        let late = fetch(&world, address).await;
        assert!(matches!(late.status.as_u16(), 200 | 303), "{page}");
    }
    connection
        .hook("pages", json!({"live_view": "never"}))
        .await;
    let never = world.http.get(text(&login, "live_view_url")).send();
    let (answer, ()) = tokio::join!(never, world.sandbox.stop());
    // A page that never comes does not keep the sandbox from stopping.
    drop(answer);
}

#[tokio::test]
async fn the_hostile_page_reports_what_it_tried() {
    let world = World::new().await;
    let (connection, login, _) = world.log_in("password.example").await;
    let manners = json!({"live_view": "hostile", "hosted_page": "hostile"});
    connection.hook("pages", manners).await;
    for address in ["live_view_url", "hosted_url"] {
        let page = fetch(&world, text(&login, address)).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("<title>Hostile page</title>"));
        assert!(page.text.contains("/sandbox/assets/hostile.js"));
        assert_eq!(page.headers.get("content-security-policy"), None);
    }
    let base = format!("/sandbox/hostile/{}", connection.id);
    for (method, query) in [
        (Method::GET, "try=alert&outcome=reached"),
        (Method::POST, "try=cookie&outcome=refused%3Anot%20kept"),
    ] {
        let sent = world.bare(method, &format!("{base}/report?{query}"));
        assert_eq!(sent.send().await.expect("an answer").status(), 204);
    }
    let file = world.get(&format!("{base}/file?try=download-link")).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    let reports = world.get(&format!("{base}/reports")).await.json();
    assert_eq!(
        reports,
        json!([
            {"try": "alert", "outcome": "reached"},
            {"try": "cookie", "outcome": "refused:not kept"},
            {"try": "download-link", "outcome": "fetched"},
        ])
    );
    world.delete(&format!("{base}/reports")).await;
    assert_eq!(
        world.get(&format!("{base}/reports")).await.json(),
        json!([])
    );
    let unknown = world.get("/sandbox/hostile/ma_none/report?try=a&outcome=b");
    assert_eq!(unknown.await.status, 404);
}

#[tokio::test]
async fn the_live_view_may_be_framed() {
    let world = World::new().await;
    let (_, login, _) = world.log_in("password.example").await;
    let page = fetch(&world, text(&login, "live_view_url")).await;
    assert_eq!(page.headers.get("x-frame-options"), None);
    let policy = page.header("content-security-policy");
    assert!(!policy.contains("frame-ancestors"), "{policy}");
    assert!(policy.contains("script-src 'self'"), "{policy}");
}

#[tokio::test]
async fn a_read_only_view_takes_no_input() {
    let world = World::new().await;
    let (connection, login, mut follow) = world.log_in("human.example").await;
    follow.step("AWAITING_HUMAN_INTERVENTION").await;
    let address = text(&login, "live_view_url");
    let page = fetch(&world, &format!("{address}?readOnly=true")).await;
    assert!(page.text.contains("View only"));
    assert!(page.text.contains("/follow?readOnly=true"));
    let posted = world.http.post(format!("{address}/done?readOnly=true"));
    assert_eq!(posted.send().await.expect("a page").status(), 403);

    let socket = format!("{}/follow", address.replacen("http", "ws", 1));
    let read_only = format!("{socket}?readOnly=true");
    let (mut viewer, _) = connect_async(read_only).await.expect("a socket");
    let done = || Message::text(json!({"done": true}).to_string());
    viewer.send(done()).await.expect("sent");
    let refused = hear(&mut viewer, |it| it["refused"].is_string()).await;
    assert!(refused.is_some());
    assert_eq!(
        connection.full().await["flow_step"],
        "AWAITING_HUMAN_INTERVENTION"
    );

    let (mut hands, _) = connect_async(socket.as_str()).await.expect("a socket");
    hands.send(done()).await.expect("sent");
    assert_eq!(follow.terminal().await["flow_status"], "SUCCESS");
    for view in [&mut viewer, &mut hands] {
        assert!(hear(view, |it| it["over"] == true).await.is_some());
    }
    let (mut late, _) = connect_async(socket.as_str()).await.expect("a socket");
    assert!(hear(&mut late, |it| it["over"] == true).await.is_some());
}

/// The first message of which `wanted` holds.
async fn hear<S>(socket: &mut S, wanted: impl Fn(&Value) -> bool) -> Option<Value>
where
    S: StreamExt<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin,
{
    while let Some(Ok(message)) = socket.next().await {
        let heard = serde_json::from_str(message.to_text().ok()?).ok()?;
        if wanted(&heard) {
            return Some(heard);
        }
    }
    None
}
