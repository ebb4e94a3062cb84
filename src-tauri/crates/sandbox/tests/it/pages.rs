//! The hosted page and the live view.

use futures_util::StreamExt;
use reqwest::{Method, header};
use serde_json::Value;
use tokio_tungstenite::connect_async;

use crate::client::{Answer, World, right};

/// A browser with one cookie.
struct Visitor<'a> {
    world: &'a World,
    path: String,
    cookie: String,
}

impl<'a> Visitor<'a> {
    async fn enter(world: &'a World, address: &str) -> Self {
        let answer = fetch(world, address).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let cookie = answer.header("set-cookie");
        assert!(cookie.contains("HttpOnly"));
        let cookie = cookie.split(';').next().expect("a cookie").to_owned();
        let path = answer.header("location").to_owned();
        assert!(
            !path.contains("code="),
            "the code does not stay in the address"
        );
        Self {
            world,
            path,
            cookie,
        }
    }

    async fn look(&self) -> Answer {
        let request = self
            .world
            .bare(Method::GET, &self.path)
            .header(header::COOKIE, &self.cookie);
        Answer::of(request.send().await.expect("a page")).await
    }

    async fn send(&self, body: String) -> Answer {
        let request = self
            .world
            .bare(Method::POST, &self.path)
            .header(header::COOKIE, &self.cookie);
        Answer::of(request.body(body).send().await.expect("a page")).await
    }
}

async fn fetch(world: &World, address: &str) -> Answer {
    Answer::of(world.http.get(address).send().await.expect("an answer")).await
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().expect("a text")
}

fn interaction(page: &Answer) -> &str {
    let (_, rest) = page
        .text
        .split_once("name=\"interaction\" value=\"")
        .expect("a form");
    rest.split_once('"').expect("its end").0
}

#[tokio::test]
async fn the_hosted_page_completes_a_login() {
    let world = World::new().await;
    let (_, login, mut follow) = world.log_in("demo.example").await;
    let visitor = Visitor::enter(&world, text(&login, "hosted_url")).await;
    follow.step("AWAITING_INPUT").await;
    let page = visitor.look().await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("script-src"),
        "{policy}"
    );
    let form = "value.f_username=ada%40example.com&value.f_password=correct+horse";
    visitor
        .send(format!("interaction={}&{form}", interaction(&page)))
        .await;
    follow.step("AWAITING_INPUT").await;
    let page = visitor.look().await;
    visitor
        .send(format!(
            "interaction={}&value.f_code=000000",
            interaction(&page)
        ))
        .await;
    let again = follow.step("AWAITING_INPUT").await;
    assert_eq!(again["website_error"], "That code is not right");
    let page = visitor.look().await;
    assert!(page.text.contains("That code is not right"));
    visitor
        .send(format!(
            "interaction={}&value.f_code=123456",
            interaction(&page)
        ))
        .await;
    assert_eq!(follow.terminal().await["flow_status"], "SUCCESS");
    assert!(visitor.look().await.text.contains("You're signed in"));
}

#[tokio::test]
async fn the_hosted_page_takes_the_legacy_shape_and_choices() {
    let world = World::new().await;
    let (_, login, mut follow) = world.log_in("sso.legacy.example").await;
    let visitor = Visitor::enter(&world, text(&login, "hosted_url")).await;
    follow.step("AWAITING_INPUT").await;
    let page = visitor.look().await;
    visitor
        .send(format!("interaction={}&choice=google", interaction(&page)))
        .await;
    let next = follow.step("AWAITING_INPUT").await;
    assert_eq!(next["discovered_fields"][0]["name"], "username");
}

#[tokio::test]
async fn the_code_in_the_address_works_once() {
    let world = World::new().await;
    let (connection, login, _) = world.log_in("password.example").await;
    let address = text(&login, "hosted_url");
    Visitor::enter(&world, address).await;
    let second = fetch(&world, address).await;
    assert_eq!(second.status, 410);
    assert_eq!(
        connection.exchange(&login["handoff_code"]).await.status,
        410
    );
    let bare = address.split('?').next().expect("a path");
    assert_eq!(fetch(&world, bare).await.status, 401);
}

#[tokio::test]
async fn an_exchanged_code_opens_no_page() {
    let world = World::new().await;
    let (connection, login, _) = world.log_in("password.example").await;
    connection.exchange(&login["handoff_code"]).await;
    assert_eq!(fetch(&world, text(&login, "hosted_url")).await.status, 410);
}

#[tokio::test]
async fn the_page_leads_on_at_the_end() {
    let world = World::new().await;
    for (domain, leads) in [
        (
            "password.example",
            "usher://return/x?state=1&profile_name=ada&domain=password.example",
        ),
        (
            "fail-account-locked.example",
            "usher://bad/?code=account_locked&message=The+account+is+locked",
        ),
    ] {
        let (connection, login, mut follow) = world.log_in(domain).await;
        let success = "usher%3A%2F%2Freturn%2Fx%3Fstate%3D1";
        let query = format!("&success_url={success}&error_url=usher%3A%2F%2Fbad%2F");
        let address = format!("{}{query}", text(&login, "hosted_url"));
        let visitor = Visitor::enter(&world, &address).await;
        let prompt = follow.step("AWAITING_INPUT").await;
        connection.submit(right(&prompt)).await;
        follow.terminal().await;
        let end = visitor.look().await;
        assert_eq!((end.status.as_u16(), end.header("location")), (303, leads));
    }
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    let world = World::new().await;
    let (_, login, mut follow) = world.log_in("hostile.example").await;
    let visitor = Visitor::enter(&world, text(&login, "hosted_url")).await;
    follow.step("AWAITING_INPUT").await;
    let page = visitor.look().await.text;
    let screen = fetch(
        &world,
        &format!("{}/screen.svg", text(&login, "live_view_url")),
    )
    .await
    .text;
    for text in [page, screen] {
        assert!(
            !text.contains("<script>alert") && !text.contains("<img src=x"),
            "{text}"
        );
        assert!(!text.contains('\u{202e}') && !text.contains('\u{1b}'));
    }
}

#[tokio::test]
async fn the_live_view_shows_the_flow_and_dies_with_it() {
    let world = World::new().await;
    let (connection, login, mut follow) = world.log_in("password.example").await;
    let address = text(&login, "live_view_url");
    let page = fetch(&world, address).await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
    let prompt = follow.step("AWAITING_INPUT").await;
    let socket = format!("{}/follow", address.replacen("http", "ws", 1));
    let (mut socket, _) = connect_async(socket).await.expect("a socket");
    connection.submit(right(&prompt)).await;
    let mut pictures = Vec::new();
    while let Some(Ok(message)) = socket.next().await {
        let Ok(message) = message.into_text() else {
            break;
        };
        let Ok(message) = serde_json::from_str::<Value>(&message) else {
            break;
        };
        if message["over"] == true {
            break;
        }
        pictures.push(message["picture"].as_str().expect("a picture").to_owned());
    }
    assert!(pictures[0].contains("E-mail address"));
    let last = pictures.last().expect("a picture");
    assert!(
        last.contains("ada@example.com") && last.contains("•••"),
        "{last}"
    );
    assert!(!last.contains("correct horse"));
    assert_eq!(fetch(&world, address).await.status, 410);
    assert_eq!(fetch(&world, &format!("{address}x")).await.status, 404);
}

#[tokio::test]
async fn somebody_acts_in_the_live_view() {
    let world = World::new().await;
    let (_, login, mut follow) = world.log_in("human.example").await;
    follow.step("AWAITING_HUMAN_INTERVENTION").await;
    let address = text(&login, "live_view_url");
    let done = "I’ve done it";
    assert!(
        !fetch(&world, &format!("{address}?readOnly=true"))
            .await
            .text
            .contains(done)
    );
    assert!(fetch(&world, address).await.text.contains(done));
    let clicked = world
        .http
        .post(format!("{address}/done"))
        .send()
        .await
        .expect("a page");
    assert_eq!(clicked.status(), 200);
    assert_eq!(follow.terminal().await["flow_status"], "SUCCESS");
}

#[tokio::test]
async fn pages_load_only_what_is_here() {
    let world = World::new().await;
    for name in ["page.css", "live.js", "hostile-worker.js"] {
        let answer = world.get(&format!("/sandbox/assets/{name}")).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.text.contains("http://") && !answer.text.contains("https://"));
    }
    assert_eq!(world.get("/sandbox/assets/other").await.status, 404);
}
