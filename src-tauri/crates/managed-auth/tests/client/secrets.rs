//! Nothing that can be printed tells a secret.

use std::{collections::BTreeMap, fmt::Debug};

use managed_auth::{
    Access, ApiBase, Connection, Decoder, EventStream, FlowEvent, LoginStarted, Submission,
};
use serde_json::json;

use crate::server::client;

const SECRET: &str = "5entinel";

fn assert_silent(value: &(impl Debug + ?Sized)) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains(SECRET), "{text}");
    }
}

#[tokio::test]
async fn debug_output_tells_no_secret() {
    for access in [Access::key(SECRET.into()), Access::guest(SECRET.into())] {
        assert_silent(&access);
        assert_silent(&client(
            ApiBase::parse("https://api.example").expect("an address"),
            &access,
        ));
    }
    let urls = json!({ "id": "ma_1", "event": "managed_auth_state", "flow_status": "IN_PROGRESS",
        "hosted_url": SECRET, "live_view_url": SECRET, "post_login_url": SECRET, "handoff_code": SECRET });
    assert_silent(&serde_json::from_value::<Connection>(urls.clone()).expect("a connection"));
    assert_silent(&serde_json::from_value::<LoginStarted>(urls.clone()).expect("a login"));
    let event = FlowEvent::parse("", &urls.to_string());
    assert!(matches!(event, FlowEvent::State(_)));
    assert_silent(&event);

    let values = BTreeMap::from([("f".to_owned(), SECRET.into())]);
    assert_silent(&Submission::Fields {
        interaction_id: "i".into(),
        values: values.clone(),
    });
    assert_silent(&Submission::LegacyFields(values));

    let mut decoder = Decoder::default();
    let event = format!("data: {SECRET}\n\ndata: {SECRET}");
    assert_silent(&decoder.push(event.as_bytes())[0]);
    assert_silent(&decoder);
    assert_silent(&EventStream::new(
        futures_util::stream::iter([Ok(event.into())]),
        100,
    ));
}

#[test]
fn a_credential_that_cannot_be_sent_is_refused_without_a_word_of_it() {
    let api = ApiBase::parse("https://api.example").expect("an address");
    let access = Access::key(format!("{SECRET}\n").into());
    let error = managed_auth::Client::new(api, &access, managed_auth::Settings::default())
        .expect_err("a line end");
    assert_silent(&error);
    assert!(!error.to_string().contains(SECRET));
}
