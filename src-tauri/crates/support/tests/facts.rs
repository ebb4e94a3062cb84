//! What is known of one connection, whatever the service says of it.

mod kit;

use kit::{idle, parsed, time};
use login_flow::Text;
use serde_json::{Value, json};
use support::{CredentialFact, Facts, ProxyFact, ReauthReason, Standing};

/// The facts of a connection with these members.
fn facts(more: Value) -> Facts {
    Facts::of(&parsed(idle("ma_1", more)))
}

fn text(text: &str) -> Text {
    Text::new(text).expect("something to show")
}

fn landed_at(address: &str) -> Option<String> {
    facts(json!({"post_login_url": address}))
        .landed_at
        .map(|text| text.to_string())
}

#[test]
fn everything_that_is_said_is_known() {
    let facts = facts(json!({
        "status": "AUTHENTICATED", "login_url": "https://netflix.com/login",
        "post_login_url": "https://netflix.com/browse?token=SECRET",
        "allowed_domains": ["netflix.com", "nflx.example"], "credential": {"name": "c"},
        "auto_reauth": true, "can_reauth": false, "can_reauth_reason": "requires_sms_code",
        "health_checks": true, "health_check_interval": 3600,
        "health_check_unavailable_reason": "no_auth_check_url",
        "last_auth_check_at": "2026-10-26T09:30:00Z", "browser_session_id": "bs_1",
        "browser": {"proxy": {"id": "px_1"}, "region": "eu-west", "stealth": false,
            "telemetry": {"enabled": true}}
    }));
    assert_eq!(facts.id, text("ma_1"));
    assert_eq!(facts.domain, text("netflix.com"));
    assert_eq!(facts.profile, text("ada"));
    assert_eq!(facts.standing, Standing::LoggedIn);
    assert_eq!(facts.login_url, Some(text("https://netflix.com/login")));
    assert_eq!(facts.landed_at, Some(text("https://netflix.com/browse")));
    assert_eq!(
        facts.allowed_domains,
        Some(vec![text("netflix.com"), text("nflx.example")])
    );
    assert_eq!(
        (facts.saves_credentials, facts.records_session),
        (Some(true), Some(false))
    );
    assert_eq!(facts.health.on, Some(true));
    assert_eq!(facts.health.every_s, Some(3600));
    assert_eq!(facts.health.last_at, Some(time("2026-10-26T09:30:00Z")));
    assert_eq!(facts.health.next_at, Some(time("2026-10-26T10:30:00Z")));
    assert_eq!(facts.health.blind, Some(text("no_auth_check_url")));
    assert_eq!(
        (facts.renewal.allowed, facts.renewal.able),
        (Some(true), Some(false))
    );
    assert_eq!(facts.renewal.reason, Some(ReauthReason::RequiresSmsCode));
    assert_eq!(facts.proxy, Some(ProxyFact::Id { id: text("px_1") }));
    assert_eq!(facts.region, Some(text("eu-west")));
    assert_eq!((facts.stealth, facts.telemetry), (Some(false), Some(true)));
    assert_eq!(facts.browser_session, Some(text("bs_1")));
}

#[test]
fn what_is_not_said_is_not_known() {
    let facts = Facts::of(&parsed(json!({"id": "ma_1"})));
    assert_eq!(facts.domain, text("–"));
    assert_eq!(facts.profile, text("–"));
    assert_eq!(facts.standing, Standing::Unknown(None));
    assert_eq!(facts.allowed_domains, None);
    assert_eq!(facts.credential, None);
    assert_eq!(facts.proxy, None);
    assert_eq!(facts.health.next_at, None);
    assert_eq!(facts.renewal.reason, None);
    assert_eq!(
        (facts.login_url, facts.landed_at, facts.region),
        (None, None, None)
    );
}

#[test]
fn where_the_browser_landed_is_shown_without_what_may_be_private() {
    for (address, shown) in [
        (
            "https://netflix.com/browse?token=SECRET#SECRET",
            Some("https://netflix.com/browse"),
        ),
        (
            "https://ada:SECRET@netflix.com:8443/browse",
            Some("https://netflix.com:8443/browse"),
        ),
        ("https://SECRET@netflix.com", Some("https://netflix.com/")),
        (
            "https://netflix.com/#SECRET?x",
            Some("https://netflix.com/"),
        ),
        // What can't lose its secrets, or is no address, is not shown.
        ("data:text/html,SECRET", None),
        ("mailto:SECRET@netflix.com", None),
        ("javascript:SECRET", None),
        ("blob:https://netflix.com/SECRET", None),
        ("netflix.com?SECRET", None),
        ("//SECRET@netflix.com", None),
        ("", None),
    ] {
        assert_eq!(landed_at(address).as_deref(), shown, "{address}");
    }
}

#[test]
fn an_address_is_nowhere_in_what_crosses_to_the_page() {
    let facts = facts(json!({
        "post_login_url": "https://SECRET:SECRET@netflix.com/?SECRET#SECRET",
        "flow_status": "IN_PROGRESS",
        "hosted_url": "https://auth.kernel.com/login/x?code=SECRET",
        "live_view_url": "https://live.onkernel.com/SECRET"
    }));
    let crossing = serde_json::to_string(&facts).expect("JSON");
    assert!(!crossing.contains("SECRET"), "{crossing}");
    assert!(!format!("{facts:?}").contains("SECRET"));
}

#[test]
fn hostile_and_huge_text_is_cleaned_and_bounded() {
    let huge = format!("pay\u{202e}lap\u{0}{}", "x".repeat(1_000_000));
    let facts = facts(json!({
        "id": huge, "domain": huge, "profile_name": huge, "status": huge, "login_url": huge,
        "post_login_url": format!("https://a.com/{huge}"), "allowed_domains": [huge],
        "credential": {"provider": huge, "path": huge}, "can_reauth_reason": huge,
        "health_check_unavailable_reason": huge, "browser_session_id": huge,
        "browser": {"proxy": {"name": huge}, "region": huge}
    }));
    let CredentialFact::Item { provider, path } = facts.credential.clone().expect("a credential")
    else {
        panic!("{:?}", facts.credential);
    };
    let ProxyFact::Name { name } = facts.proxy.clone().expect("a proxy") else {
        panic!("{:?}", facts.proxy);
    };
    let (Standing::Unknown(Some(standing)), Some(ReauthReason::Unknown(reason))) =
        (facts.standing.clone(), facts.renewal.reason.clone())
    else {
        panic!("{:?} {:?}", facts.standing, facts.renewal);
    };
    let shown = [
        facts.id,
        facts.domain,
        facts.profile,
        standing,
        facts.login_url.expect("shown"),
        facts.landed_at.expect("shown"),
        facts.allowed_domains.expect("shown").remove(0),
        provider,
        path,
        reason,
        facts.health.blind.expect("shown"),
        facts.browser_session.expect("shown"),
        name,
        facts.region.expect("shown"),
    ];
    for text in shown {
        let length = text.as_str().chars().count();
        assert!(length <= 301, "{length}");
        assert!(!text.as_str().contains(['\u{202e}', '\u{0}']), "{text}");
        assert!(text.as_str().ends_with('…'), "{text}");
    }
}

#[test]
fn a_domain_that_can_not_be_shown_still_restricts() {
    let domains = |domains: Value| facts(json!({"allowed_domains": domains})).allowed_domains;
    assert_eq!(domains(json!([])), Some(vec![]));
    assert_eq!(domains(json!(null)), None);
    assert_eq!(domains(json!(["\u{202e}"])), Some(vec![text("–")]));
}

#[test]
fn each_form_of_a_credential_is_told_apart() {
    let credential = |credential: Value| facts(json!({"credential": credential})).credential;
    let op = || text("op");
    assert_eq!(
        credential(json!({"name": "n"})),
        Some(CredentialFact::Kernel { name: text("n") })
    );
    assert_eq!(
        credential(json!({"provider": "op", "path": "V/I"})),
        Some(CredentialFact::Item {
            provider: op(),
            path: text("V/I")
        })
    );
    assert_eq!(
        credential(json!({"provider": "op", "auto": true})),
        Some(CredentialFact::Search { provider: op() })
    );
    for inert in [
        json!({"provider": "op"}),
        json!({"provider": "op", "auto": false}),
        json!({"provider": "op", "path": "", "auto": null}),
    ] {
        assert_eq!(
            credential(inert),
            Some(CredentialFact::Inert { provider: op() })
        );
    }
    // One whose name can't be shown is there all the same.
    assert_eq!(
        credential(json!({"name": "\u{200b}"})),
        Some(CredentialFact::Kernel { name: text("–") })
    );
    for none in [json!(null), json!({}), json!("op"), json!({"name": ""})] {
        assert_eq!(credential(none.clone()), None, "{none}");
    }
}

#[test]
fn each_form_of_a_proxy_is_told_apart() {
    let proxy = |proxy: Value| facts(json!({"browser": {"proxy": proxy}})).proxy;
    assert_eq!(
        proxy(json!({"id": "px"})),
        Some(ProxyFact::Id { id: text("px") })
    );
    assert_eq!(
        proxy(json!({"name": "p"})),
        Some(ProxyFact::Name { name: text("p") })
    );
    assert_eq!(proxy(json!({"mode": "direct"})), Some(ProxyFact::Direct));
    assert_eq!(proxy(json!({"mode": "default"})), Some(ProxyFact::Default));
    for none in [json!({"mode": "tunnel"}), json!({}), json!(7), json!(null)] {
        assert_eq!(proxy(none), None);
    }
}

#[test]
fn the_next_check_is_due_an_interval_after_the_last() {
    let next = |more: Value| facts(more).health.next_at;
    let last = "2026-10-26T09:30:00Z";
    let checked = json!({"last_auth_check_at": last, "health_check_interval": 300});
    // On is the service's default (`kernel-api.md` 3.1).
    assert_eq!(next(checked.clone()), Some(time("2026-10-26T09:35:00Z")));
    let mut off = checked.clone();
    off["health_checks"] = json!(false);
    assert_eq!(next(off), None);
    assert_eq!(next(json!({"last_auth_check_at": last})), None);
    assert_eq!(next(json!({"health_check_interval": 300})), None);
    for every in [u64::MAX, 1 << 40] {
        let mut endless = checked.clone();
        endless["health_check_interval"] = json!(every);
        assert_eq!(next(endless), None);
    }
}

#[test]
fn every_reason_of_the_contract_is_known() {
    let contract = "external_credential cua_has_credential has_credential viable_plans_found \
        no_requirements_recorded totp_reauth_allowed optimistic_totp_attempt \
        requirements_satisfiable no_prior_successful_login no_credential no_viable_plans \
        viable_plans_require_external_action requires_external_action requires_totp_without_secret \
        requires_sms_code requires_email_code requires_customer_input";
    let words: Vec<&str> = contract.split_whitespace().collect();
    assert_eq!(words.len(), 17);
    for word in words {
        let reason = ReauthReason::read(word).expect("a reason");
        // Each crosses to the page as the contract's own word.
        assert_eq!(
            serde_json::to_value(&reason).expect("JSON"),
            json!(word),
            "{reason:?}"
        );
    }
    assert_eq!(
        ReauthReason::read("new_\u{202e}word"),
        Some(ReauthReason::Unknown(text("new_word")))
    );
    assert_eq!(ReauthReason::read("\u{202e}"), None);
    assert_eq!(ReauthReason::read(""), None);
}
