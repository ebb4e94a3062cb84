//! Lists in pages, to the letter of `kernel-api.md` 1.5.

use managed_auth::{ConnectionFilter, Error, PageRequest, TimelineKind, TimelineStatus};

use crate::server::{Reply, Server, reply};

fn page(id: &str, more: Option<&str>, next: Option<&str>) -> Reply {
    let mut page = reply(
        200,
        format!(r#"[{{"id":"{id}","type":"login","status":"SUCCESS"}}]"#),
    );
    if let Some(more) = more {
        page = page.with("x-has-more", more);
    }
    if let Some(next) = next {
        page = page.with("x-next-offset", next);
    }
    page
}

/// The ids of the whole list, and the requests it took.
async fn walk(pages: impl IntoIterator<Item = Reply>) -> (Result<String, Error>, Vec<String>) {
    let server = Server::answering(pages).await;
    let all = server.client().list_all(&ConnectionFilter::default()).await;
    (
        all.map(|all| all.into_iter().map(|one| one.id).collect()),
        server.lines(),
    )
}

#[tokio::test]
async fn the_next_offset_is_absolute_and_may_go_backwards() {
    let pages = [
        page("a", Some("true"), Some("70")),
        page("b", Some("true"), Some("30")),
        page("c", None, Some("200")),
        page("d", Some("false"), Some("300")),
    ];
    let (ids, lines) = walk(pages).await;
    assert_eq!(ids.expect("a list"), "abcd");
    let offsets = ["", "&offset=70", "&offset=30", "&offset=200"];
    assert_eq!(
        lines,
        offsets.map(|offset| format!("GET /auth/connections?limit=100{offset}"))
    );
}

#[tokio::test]
async fn the_list_ends() {
    for last in [
        page("b", Some("false"), None),
        page("b", Some("FALSE"), Some("9")),
        page("b", Some("true"), Some("0")),
        page("b", Some("true"), Some("1")),
        page("b", None, Some("1")),
        page("b", None, None),
    ] {
        let (ids, lines) = walk([
            page("a", Some("true"), Some("1")),
            last,
            page("c", None, None),
        ])
        .await;
        assert_eq!(ids.expect("a list"), "ab");
        assert_eq!(lines.len(), 2);
    }
}

#[tokio::test]
async fn a_list_that_cannot_go_on_is_an_error_and_not_the_end() {
    for last in [
        page("b", Some("true"), None),
        page("b", Some("true"), Some("soon")),
        page("b", Some("true"), Some("-1")),
    ] {
        let (ids, _) = walk([page("a", Some("true"), Some("1")), last]).await;
        assert!(matches!(ids, Err(Error::NotTheApi { status: 200 })));
    }
}

#[tokio::test]
async fn a_list_that_leads_in_a_circle_is_an_error() {
    let round = ["2", "1", "2"].map(|next| page("a", Some("true"), Some(next)));
    let (ids, lines) = walk(round).await;
    assert!(matches!(ids, Err(Error::NotTheApi { .. })));
    assert_eq!(lines.len(), 3);
}

#[tokio::test]
async fn one_page_with_filters() {
    let server = Server::answering([page("a", Some("true"), Some("45"))]).await;
    let filter = ConnectionFilter {
        profile_name: Some("ä & b".into()),
        domain: Some("x.example".into()),
        query: Some("q=1".into()),
    };
    let page = server
        .client()
        .list_page(
            &filter,
            PageRequest {
                limit: Some(5),
                offset: 40,
            },
        )
        .await
        .expect("a page");
    assert_eq!((page.items.len(), page.next), (1, Some(45)));
    let line = "GET /auth/connections?profile_name=%C3%A4+%26+b&domain=x.example&query=q%3D1&limit=5&offset=40";
    assert_eq!(server.lines(), [line]);
}

#[tokio::test]
async fn the_timeline_in_pages() {
    let full = r#"[{"id":"t","type":"reauth","status":"NEW_WORD","timestamp":"2026-10-01T10:00:00Z","step":null,
        "error_code":"awaiting_input_timeout","completed_at":"not a time","extra":1}]"#;
    let server = Server::answering([
        page("a", Some("true"), Some("1")),
        reply(200, full),
        reply(200, "[]"),
    ])
    .await;
    let client = server.client();

    let all = client
        .timeline_all("ma_1", Some(&TimelineKind::Login))
        .await
        .expect("a timeline");
    client
        .timeline_page("ma_1", None, PageRequest::default())
        .await
        .expect("a page");

    assert_eq!(all[0].status, TimelineStatus::Success);
    assert_eq!(all[1].status, TimelineStatus::Unknown("NEW_WORD".into()));
    assert_eq!(all[1].error_code.as_deref(), Some("awaiting_input_timeout"));
    assert_eq!(
        (all[1].timestamp.is_some(), all[1].completed_at),
        (true, None)
    );
    let path = "GET /auth/connections/ma_1/timeline";
    let tails = [
        "?type=login&limit=100",
        "?type=login&limit=100&offset=1",
        "",
    ];
    assert_eq!(server.lines(), tails.map(|tail| format!("{path}{tail}")));
}
