//! Answers of the service, and of what may stand in its place.

use std::time::Duration;

use authflow::{Code, Error, Meaning, Phase, Status, Summary, read};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The contract's example (`authflow-api.md` 3.1).
fn example() -> Value {
    json!({
        "status": "success",
        "summary": {
            "type": "authflow",
            "id": "013xrzp12g3nqk8ny06sgdxs6ed3w5wy",
            "title": "My Authflow",
            "status": "new",
            "account_id": "013xrzp12g3nqk8n6cyr5x0k8yb10h59",
            "domain_id": "013xrzp12g3nqk8n32sd3jyxq5a8ywe2",
            "pool_id": "013xrzp12g3nqk8ng09nmc8kwqzfafa2",
            "device_id": "013xrzp12g3nqk8ncwfp3ra29yjzx1gs",
            "session_id": "013xrzp12g3nqk8nkv4y96wrbzje9dsr",
            "plan_name": "basic",
            "factor_names": ["username", "password"],
            "return_url": "https://app.example.com/callback",
            "first_seen": {"at": 1_234_567_890, "remote_ip": "127.0.0.1", "user_agent": "Mozilla/5.0 …"},
            "last_seen": null,
        },
    })
}

fn answer(status: u16, body: &Value) -> Result<Summary, Error> {
    read(status, body.to_string().as_bytes(), None)
}

fn changed(path: &str, value: Value) -> Value {
    let mut changed = example();
    *changed.pointer_mut(path).expect("it is there") = value;
    changed
}

#[test]
fn the_example_is_read_whole() {
    let summary = answer(200, &example()).expect("it is right");
    assert_eq!(summary.status, Some(Status::New));
    assert_eq!(summary.title.as_deref(), Some("My Authflow"));
    assert_eq!(summary.factor_names, ["username", "password"]);
    assert_eq!(
        summary.session_id.as_deref(),
        Some("013xrzp12g3nqk8nkv4y96wrbzje9dsr")
    );
    let first = summary.first_seen.expect("it was seen");
    // Seconds, not milliseconds.
    assert_eq!(
        first.at.map(|at| at.to_string()).as_deref(),
        Some("2009-02-13T23:31:30Z")
    );
    assert_eq!(first.remote_ip.as_deref(), Some("127.0.0.1"));
    assert_eq!(summary.last_seen, None);
}

#[test]
fn the_two_statuses_are_told_apart() {
    // An authflow whose own status is called like an envelope's.
    let inner = answer(200, &changed("/summary/status", json!("error")));
    let inner = inner.expect("the envelope says success").status;
    assert_eq!(inner, Some(Status::Unknown("error".into())));
    assert_eq!(Meaning::default().of(inner.as_ref()), Phase::Unknown);
    // An envelope that refuses, beside a summary that is complete, and with 200.
    let mut both = changed("/summary/status", json!("complete"));
    both["status"] = json!("error");
    both["code"] = json!("not_permitted");
    let refused = answer(200, &both).expect_err("the envelope says error");
    assert!(matches!(
        refused,
        Error::Refused {
            code: Code::NotPermitted,
            ..
        }
    ));
    // An envelope whose status is one of an authflow's is no envelope of this API.
    let outer = answer(200, &changed("/status", json!("complete")));
    assert_eq!(outer, Err(Error::NotTheApi { status: 200 }));
}

#[test]
fn a_summary_may_lack_anything() {
    for body in [
        json!({"status": "success", "summary": {}}),
        json!({"status": "success", "summary": {"status": null, "first_seen": null, "factor_names": null}}),
    ] {
        assert_eq!(answer(200, &body), Ok(Summary::default()));
    }
}

#[test]
fn members_of_another_type_lose_themselves_alone() {
    let mut body = example();
    body["summary"]["title"] = json!(7);
    body["summary"]["factor_names"] = json!(["password", 4, null, "otp"]);
    body["summary"]["first_seen"]["at"] = json!("soon");
    body["summary"]["last_seen"] = json!("yesterday");
    let summary = answer(200, &body).expect("the rest is right");
    assert_eq!(summary.title, None);
    assert_eq!(summary.factor_names, ["password", "otp"]);
    let first = summary.first_seen.expect("it was seen");
    assert_eq!(
        (first.at, first.remote_ip.as_deref()),
        (None, Some("127.0.0.1"))
    );
    assert_eq!(summary.last_seen, None);
    assert_eq!(summary.plan_name.as_deref(), Some("basic"));
}

#[test]
fn a_later_schema_is_read_and_what_nobody_knows_is_ignored() {
    let mut body = example();
    body["summary"]["weather"] = json!({"fine": true});
    body["summary"]["last_seen"] = json!({
        "at": 1_763_718_000.25, "remote_ip": "2001:db8::7", "asn": 64496, "city": "Delft",
        "country_code": "NL", "region_code": "ZH", "timezone": "Europe/Amsterdam",
        "ja4_fingerprint": "t13d1516h2", "lat_long": [52.01, 4.36], "weather": "fine",
    });
    let seen = answer(200, &body)
        .expect("it is right")
        .last_seen
        .expect("it was seen");
    assert_eq!(
        seen.at.map(jiff::Timestamp::as_millisecond),
        Some(1_763_718_000_250)
    );
    assert_eq!(
        (seen.asn, seen.city.as_deref()),
        (Some(64496), Some("Delft"))
    );
    assert_eq!(seen.lat_long, Some((52.01, 4.36)));
    assert_eq!(seen.ja4_fingerprint.as_deref(), Some("t13d1516h2"));
}

#[test]
fn times_that_can_not_be_are_absent() {
    for at in [
        json!(1e300),
        json!(-1e300),
        json!(9e18),
        json!(true),
        json!([]),
    ] {
        let summary = answer(200, &changed("/summary/first_seen/at", at.clone()));
        let first = summary
            .expect("the rest is right")
            .first_seen
            .expect("it was seen");
        assert_eq!(first.at, None, "{at}");
    }
}

#[test]
fn an_error_is_told_by_its_code_whatever_its_status() {
    for status in [200, 400, 404, 418, 500, 503] {
        for (word, code) in Code::DOCUMENTED {
            let body = json!({"status": "error", "code": word, "message": "It is so."});
            let expected = Error::Refused {
                code,
                message: Some("It is so.".into()),
                status,
                retry_after: None,
            };
            assert_eq!(answer(status, &body), Err(expected));
        }
    }
    let other = answer(409, &json!({"status": "error", "code": "new_word"}));
    let expected = Code::Other("new_word".into());
    assert!(matches!(other, Err(Error::Refused { code, .. }) if code == expected));
}

#[test]
fn without_an_envelope_the_status_counts() {
    let wait = Some(Duration::from_secs(2));
    let by_status = |status| read(status, b"", wait).expect_err("no envelope");
    assert!(matches!(
        by_status(401),
        Error::Refused {
            code: Code::BadAuthtoken,
            ..
        }
    ));
    assert!(matches!(
        by_status(403),
        Error::Refused {
            code: Code::NotPermitted,
            ..
        }
    ));
    assert_eq!(by_status(404), Error::NotTheApi { status: 404 });
    assert_eq!(by_status(410), Error::NotTheApi { status: 410 });
    assert_eq!(by_status(307), Error::Redirected { status: 307 });
    assert_eq!(by_status(429), Error::RateLimited { retry_after: wait });
    assert_eq!(by_status(503).retry_after(), wait);
    assert_eq!(by_status(200), Error::NotTheApi { status: 200 });
}

#[test]
fn a_page_is_not_prefactor_whatever_its_status() {
    for status in [200, 401, 403, 404] {
        let page = read(status, b"\n<!doctype html><h1>Sign in</h1>", None);
        assert_eq!(page, Err(Error::NotTheApi { status }));
    }
    let gateway = read(502, b"<html>", None);
    assert!(matches!(
        gateway,
        Err(Error::ServiceTrouble { status: 502, .. })
    ));
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_something(status: u16, body in proptest::collection::vec(any::<u8>(), 0..300)) {
        // Chance alone does not write an envelope that says success.
        prop_assert!(read(status, &body, None).is_err());
    }

    #[test]
    fn any_summary_is_read_and_success_is_said_of_complete_alone(
        status in "[a-z]{0,12}",
        title in any::<String>(),
        at in any::<f64>(),
        extra in "[a-z_]{1,10}",
    ) {
        let body = json!({"status": "success", "summary": {
            "status": status, "title": title, "last_seen": {"at": at}, extra: [1, {"a": null}],
        }});
        let summary = answer(200, &body);
        prop_assert!(summary.is_ok());
        let phase = Meaning::default().of(summary.ok().and_then(|summary| summary.status).as_ref());
        prop_assert_eq!(phase == Phase::Success, status == "complete");
    }
}
