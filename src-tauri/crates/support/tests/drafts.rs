//! What a form becomes: the exact JSON that is sent, or what is wrong at which field.

mod kit;

use kit::{idle, parsed};
use serde_json::{Value, json};
use support::{
    ConnectionDraft, CredentialDraft, DraftField, DraftProblem, ExportDraft, LoginDraft,
    ProblemKind, ProxyDraft, TelemetryDraft,
};

/// What a person does to a form.
type Edit = fn(&mut ConnectionDraft);

/// The least that a connection needs.
fn least() -> ConnectionDraft {
    ConnectionDraft {
        domain: "netflix.com".into(),
        profile: "ada".into(),
        ..ConnectionDraft::default()
    }
}

fn created(draft: &ConnectionDraft) -> Value {
    serde_json::to_value(draft.create().expect("nothing is wrong")).expect("JSON")
}

/// What is sent beside the two members that each connection has.
fn created_with(change: impl FnOnce(&mut ConnectionDraft)) -> Value {
    let mut draft = least();
    change(&mut draft);
    let mut sent = created(&draft);
    let members = sent.as_object_mut().expect("an object");
    assert_eq!(members.remove("domain"), Some(json!("netflix.com")));
    assert_eq!(members.remove("profile_name"), Some(json!("ada")));
    sent
}

fn refused_with(change: impl FnOnce(&mut ConnectionDraft)) -> Vec<DraftProblem> {
    let mut draft = least();
    change(&mut draft);
    draft.create().expect_err("something is wrong")
}

fn problem(field: DraftField, problem: ProblemKind) -> Vec<DraftProblem> {
    vec![DraftProblem { field, problem }]
}

/// What an update sends; null if nothing.
fn updated(before: &ConnectionDraft, change: impl FnOnce(&mut ConnectionDraft)) -> Value {
    let mut after = before.clone();
    change(&mut after);
    let update = after.update(before).expect("nothing is wrong");
    serde_json::to_value(update).expect("JSON")
}

/// A connection with every setting that the contract knows, as a form holds it.
fn full() -> ConnectionDraft {
    ConnectionDraft::of(&parsed(idle(
        "ma_1",
        json!({
            "login_url": "https://netflix.com/login",
            "allowed_domains": ["netflix.com", "*.nflx.example"],
            "credential": {"name": "netflix-ada"},
            "save_credentials": true, "record_session": false, "auto_reauth": true,
            "health_checks": true, "health_check_interval": 3600,
            "browser": {
                "proxy": {"id": "px_1"}, "region": "us-east", "stealth": true,
                "telemetry": {
                    "enabled": true,
                    "browser": {"network": {"enabled": true}, "page": {"enabled": false}},
                    "export": {"otlp": {"enabled": true, "destination": {"id": "od_1"}}},
                    "storage": {"enabled": true}
                }
            }
        }),
    )))
}

// Create.

#[test]
fn what_is_not_said_is_not_sent() {
    assert_eq!(
        created(&least()),
        json!({"domain": "netflix.com", "profile_name": "ada"})
    );
}

#[test]
fn everything_the_contract_knows_is_sent_as_it_says() {
    let draft = ConnectionDraft {
        domain: " netflix.com ".into(),
        profile: "\tada\n".into(),
        login_url: " https://netflix.com/login?next=%2F ".into(),
        allowed_domains: "netflix.com\r\n *.nflx.example,www.hulu.com\n".into(),
        credential: CredentialDraft::Kernel {
            name: " netflix-ada ".into(),
        },
        save_credentials: Some(false),
        record_session: Some(true),
        health_checks: Some(true),
        auto_reauth: Some(false),
        health_check_interval: " 3600 ".into(),
        proxy: ProxyDraft::Id { id: "px_1".into() },
        region: " eu-west ".into(),
        stealth: Some(false),
        telemetry: TelemetryDraft {
            enabled: Some(true),
            categories: [("network".into(), true), ("page".into(), false)].into(),
            export: ExportDraft::Name {
                name: "honey".into(),
            },
            storage: Some(false),
        },
    };
    assert_eq!(
        created(&draft),
        json!({
            "domain": "netflix.com", "profile_name": "ada",
            "login_url": "https://netflix.com/login?next=%2F",
            "allowed_domains": ["netflix.com", "*.nflx.example", "www.hulu.com"],
            "credential": {"name": "netflix-ada"},
            "save_credentials": false, "record_session": true,
            "health_checks": true, "auto_reauth": false, "health_check_interval": 3600,
            "browser": {
                "proxy": {"id": "px_1"}, "region": "eu-west", "stealth": false,
                "telemetry": {
                    "enabled": true,
                    "browser": {"network": {"enabled": true}, "page": {"enabled": false}},
                    "export": {"otlp": {"destination": {"name": "honey"}}},
                    "storage": {"enabled": false}
                }
            }
        })
    );
}

#[test]
fn a_credential_is_named_in_exactly_one_of_three_ways() {
    for (credential, sent) in [
        (
            CredentialDraft::Kernel { name: "n".into() },
            json!({"name": "n"}),
        ),
        (
            CredentialDraft::Item {
                provider: "op".into(),
                path: "Vault/Item".into(),
            },
            json!({"provider": "op", "path": "Vault/Item"}),
        ),
        (
            CredentialDraft::Search {
                provider: "op".into(),
            },
            json!({"provider": "op", "auto": true}),
        ),
    ] {
        let all = created_with(|draft| draft.credential = credential);
        assert_eq!(all, json!({"credential": sent}));
    }
    assert_eq!(
        created_with(|draft| draft.credential = CredentialDraft::None),
        json!({})
    );
}

#[test]
fn a_proxy_is_named_in_exactly_one_way() {
    for (proxy, sent) in [
        (ProxyDraft::Id { id: "px".into() }, json!({"id": "px"})),
        (ProxyDraft::Name { name: "p".into() }, json!({"name": "p"})),
        (ProxyDraft::Direct, json!({"mode": "direct"})),
        (ProxyDraft::Default, json!({"mode": "default"})),
    ] {
        let all = created_with(|draft| draft.proxy = proxy);
        assert_eq!(all, json!({"browser": {"proxy": sent}}));
    }
}

#[test]
fn telemetry_is_sent_to_exactly_one_place() {
    for (export, sent) in [
        (ExportDraft::Off, json!({"enabled": false})),
        (ExportDraft::On, json!({"enabled": true})),
        // A destination implies that it is on.
        (
            ExportDraft::Id { id: "od".into() },
            json!({"destination": {"id": "od"}}),
        ),
        (
            ExportDraft::Name { name: "o".into() },
            json!({"destination": {"name": "o"}}),
        ),
    ] {
        let all = created_with(|draft| draft.telemetry.export = export);
        assert_eq!(
            all,
            json!({"browser": {"telemetry": {"export": {"otlp": sent}}}})
        );
    }
    for storage in [true, false] {
        let all = created_with(|draft| {
            draft.telemetry.storage = Some(storage);
            draft.telemetry.export = ExportDraft::Id { id: "od".into() };
        });
        assert_eq!(
            all["browser"]["telemetry"]["storage"],
            json!({"enabled": storage})
        );
    }
}

#[test]
fn each_switch_alone_is_sent_alone() {
    for on in [true, false] {
        let yes = Some(on);
        assert_eq!(
            created_with(|draft| draft.save_credentials = yes),
            json!({"save_credentials": on})
        );
        assert_eq!(
            created_with(|draft| draft.record_session = yes),
            json!({"record_session": on})
        );
        assert_eq!(
            created_with(|draft| draft.health_checks = yes),
            json!({"health_checks": on})
        );
        assert_eq!(
            created_with(|draft| draft.auto_reauth = yes),
            json!({"auto_reauth": on})
        );
        assert_eq!(
            created_with(|draft| draft.stealth = yes),
            json!({"browser": {"stealth": on}})
        );
        assert_eq!(
            created_with(|draft| draft.telemetry.enabled = yes),
            json!({"browser": {"telemetry": {"enabled": on}}})
        );
    }
}

// What is wrong.

#[test]
fn what_has_to_be_said_is_asked_for() {
    let problems = ConnectionDraft::default().create().expect_err("empty");
    assert_eq!(
        problems,
        [
            problem(DraftField::Domain, ProblemKind::Missing),
            problem(DraftField::Profile, ProblemKind::Missing)
        ]
        .concat()
    );
    let named = |name: &str| name.to_owned();
    assert_eq!(
        refused_with(|draft| draft.credential = CredentialDraft::Kernel { name: named(" ") }),
        problem(DraftField::Credential, ProblemKind::Missing)
    );
    // Both parts are missing, and it is said once.
    assert_eq!(
        refused_with(|draft| draft.credential = CredentialDraft::Item {
            provider: named(""),
            path: named("")
        }),
        problem(DraftField::Credential, ProblemKind::Missing)
    );
    assert_eq!(
        refused_with(|draft| draft.credential = CredentialDraft::Search {
            provider: named("")
        }),
        problem(DraftField::Credential, ProblemKind::Missing)
    );
    for proxy in [
        ProxyDraft::Id { id: named(" ") },
        ProxyDraft::Name { name: named("") },
    ] {
        assert_eq!(
            refused_with(|draft| draft.proxy = proxy),
            problem(DraftField::Proxy, ProblemKind::Missing)
        );
    }
    for export in [
        ExportDraft::Id { id: named("") },
        ExportDraft::Name { name: named("\t") },
    ] {
        assert_eq!(
            refused_with(|draft| draft.telemetry.export = export),
            problem(DraftField::Telemetry, ProblemKind::Missing)
        );
    }
}

#[test]
fn names_and_addresses_are_as_long_as_real_ones_counted_in_characters() {
    let long = "é".repeat(256);
    let fits = "é".repeat(255);
    assert_eq!(
        created_with(|draft| draft.region.clone_from(&fits)),
        json!({"browser": {"region": fits}})
    );
    let too_long = |field| problem(field, ProblemKind::TooLong);
    assert_eq!(
        refused_with(|draft| draft.profile.clone_from(&long)),
        too_long(DraftField::Profile)
    );
    assert_eq!(
        refused_with(|draft| draft.region.clone_from(&long)),
        too_long(DraftField::Region)
    );
    assert_eq!(
        refused_with(|draft| draft.proxy = ProxyDraft::Name { name: long.clone() }),
        too_long(DraftField::Proxy)
    );
    assert_eq!(
        refused_with(|draft| draft.credential = CredentialDraft::Kernel { name: long.clone() }),
        too_long(DraftField::Credential)
    );
    assert_eq!(
        refused_with(|draft| draft.telemetry.export = ExportDraft::Id { id: long.clone() }),
        too_long(DraftField::Telemetry)
    );
    let host = format!("{}.com", "a".repeat(252));
    assert_eq!(
        refused_with(|draft| draft.domain.clone_from(&host)),
        too_long(DraftField::Domain)
    );
    assert_eq!(
        refused_with(|draft| draft.allowed_domains = format!("a.com\n{host}")),
        too_long(DraftField::AllowedDomains)
    );
    let address = |length: usize| format!("https://a.com/{:x<1$}", "", length - 14);
    let fits = address(2048);
    assert_eq!(
        created_with(|draft| draft.login_url.clone_from(&fits)),
        json!({"login_url": fits})
    );
    assert_eq!(
        refused_with(|draft| draft.login_url = address(2049)),
        too_long(DraftField::LoginUrl)
    );
}

#[test]
fn a_host_is_a_host_and_nothing_more() {
    for host in [
        "netflix.com",
        "www.netflix.co.uk",
        "xn--bcher-kva.example",
        "bücher.example",
        "my_host.example",
        "a-1.b2.example",
    ] {
        let draft = ConnectionDraft {
            domain: host.into(),
            ..least()
        };
        assert_eq!(created(&draft)["domain"], json!(host));
    }
    for text in [
        "netflix",
        "https://netflix.com",
        "netflix.com/login",
        "netflix.com:443",
        "ada@netflix.com",
        "netflix.com?x",
        "netflix.com#x",
        "netflix.com\\x",
        "net flix.com",
        "net\tflix.com",
        "net\nflix.com",
        ".netflix.com",
        "netflix.com.",
        "netflix..com",
        "netflix.com,hulu.com",
        "*.netflix.com",
        "%6eetflix.com",
        "\"netflix.com\"",
        "127.0.0.1",
        "[::1]",
        "0x7f.1",
    ] {
        let problems = refused_with(|draft| draft.domain = text.into());
        assert!(
            matches!(
                &problems[..],
                [DraftProblem {
                    field: DraftField::Domain,
                    problem: ProblemKind::NotAHost { .. }
                }]
            ),
            "{text:?}: {problems:?}"
        );
    }
}

#[test]
fn an_allowed_domain_may_stand_for_its_subdomains_and_the_first_that_is_none_is_named() {
    let sent = created_with(|draft| draft.allowed_domains = "*.a.com,,  b.com \n\n".into());
    assert_eq!(sent, json!({"allowed_domains": ["*.a.com", "b.com"]}));
    // Empty means anywhere, as does leaving it out.
    assert_eq!(
        created_with(|draft| draft.allowed_domains = " \n,".into()),
        json!({})
    );
    for (text, named) in [
        ("a.com\nhttps://b.com\nc", "https://b.com"),
        ("*.com", "*.com"),
        ("*.*.a.com", "*.*.a.com"),
        ("a.com pay\u{202e}lap", "paylap"),
    ] {
        let problems = refused_with(|draft| draft.allowed_domains = text.into());
        let [
            DraftProblem {
                field: DraftField::AllowedDomains,
                problem: ProblemKind::NotAHost { text: shown },
            },
        ] = &problems[..]
        else {
            panic!("{text:?}: {problems:?}");
        };
        assert_eq!(shown.as_str(), named);
    }
}

#[test]
fn a_login_address_is_a_web_address_as_it_stands() {
    for address in [
        "https://netflix.com",
        "HTTPS://netflix.com/LoginHelp#x",
        "http://127.0.0.1:8080/login?a=b%20c",
        "https://bücher.example/",
    ] {
        assert_eq!(
            created_with(|draft| draft.login_url = address.into()),
            json!({"login_url": address})
        );
    }
    for text in [
        "netflix.com",
        "/login",
        "ftp://netflix.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:",
        "https://",
        "https:netflix.com",
        "https:/netflix.com",
        "https:///netflix.com",
        "https:\\\\netflix.com",
        "https://netflix.com\\login",
        "https://net\nflix.com",
        "https://netflix.com/log in",
    ] {
        assert_eq!(
            refused_with(|draft| draft.login_url = text.into()),
            problem(DraftField::LoginUrl, ProblemKind::NotAnAddress),
            "{text:?}"
        );
    }
}

#[test]
fn the_seconds_between_checks_have_bounds() {
    for text in ["300", "86400", "00300"] {
        let seconds: u32 = text.parse().expect("a number");
        assert_eq!(
            created_with(|draft| draft.health_check_interval = text.into()),
            json!({"health_check_interval": seconds})
        );
    }
    for text in [
        "299",
        "86401",
        "0",
        "-300",
        "3600.5",
        "1h",
        "٣٦٠٠",
        "3 600",
        "99999999999999999999",
    ] {
        let range = ProblemKind::OutOfRange {
            least: 300,
            most: 86_400,
        };
        assert_eq!(
            refused_with(|draft| draft.health_check_interval = text.into()),
            problem(DraftField::HealthCheckInterval, range),
            "{text}"
        );
    }
}

#[test]
fn telemetry_that_contradicts_itself_is_not_sent() {
    assert_eq!(
        refused_with(|draft| {
            draft.telemetry.enabled = Some(false);
            draft.telemetry.categories = [("page".into(), false)].into();
        }),
        problem(DraftField::Telemetry, ProblemKind::CategoriesWhileOff)
    );
    // What is not kept needs a destination (`kernel-api.md` 3.1).
    for export in [ExportDraft::Unset, ExportDraft::Off, ExportDraft::On] {
        assert_eq!(
            refused_with(|draft| {
                draft.telemetry.storage = Some(false);
                draft.telemetry.export = export;
            }),
            problem(DraftField::Telemetry, ProblemKind::NeitherKeptNorSent)
        );
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let draft = ConnectionDraft {
        domain: "netflix".into(),
        login_url: "netflix".into(),
        allowed_domains: "netflix".into(),
        credential: CredentialDraft::Kernel {
            name: String::new(),
        },
        health_check_interval: "1".into(),
        proxy: ProxyDraft::Id { id: String::new() },
        region: "x".repeat(256),
        telemetry: TelemetryDraft {
            storage: Some(false),
            ..TelemetryDraft::default()
        },
        ..ConnectionDraft::default()
    };
    let fields: Vec<_> = draft
        .create()
        .expect_err("all of it is wrong")
        .into_iter()
        .map(|problem| problem.field)
        .collect();
    for field in [
        DraftField::Domain,
        DraftField::Profile,
        DraftField::LoginUrl,
        DraftField::AllowedDomains,
        DraftField::Credential,
        DraftField::HealthCheckInterval,
        DraftField::Proxy,
        DraftField::Region,
        DraftField::Telemetry,
    ] {
        assert!(fields.contains(&field), "{field:?}");
    }
    assert_eq!(fields.len(), 9);
}

// Update.

#[test]
fn a_form_that_was_not_touched_sends_nothing() {
    assert_eq!(updated(&full(), |_| {}), Value::Null);
    // Blanks around a text are no change.
    let untouched = updated(&full(), |draft| {
        draft.login_url.insert(0, ' ');
        draft.allowed_domains.push('\n');
        draft.health_check_interval.push(' ');
        draft.region.push(' ');
        draft.credential = CredentialDraft::Kernel {
            name: " netflix-ada".into(),
        };
    });
    assert_eq!(untouched, Value::Null);
}

#[test]
fn what_was_changed_is_sent_and_nothing_else() {
    let changes: [(Edit, Value); 15] = [
        (
            |draft| draft.login_url = "https://netflix.com/new".into(),
            json!({"login_url": "https://netflix.com/new"}),
        ),
        // An empty text clears it.
        (
            |draft| draft.login_url = " ".into(),
            json!({"login_url": ""}),
        ),
        // The list is replaced as a whole.
        (
            |draft| draft.allowed_domains.push_str("\nhulu.com"),
            json!({"allowed_domains": ["netflix.com", "*.nflx.example", "hulu.com"]}),
        ),
        (
            |draft| draft.allowed_domains.clear(),
            json!({"allowed_domains": []}),
        ),
        (
            |draft| {
                draft.credential = CredentialDraft::Search {
                    provider: "op".into(),
                };
            },
            json!({"credential": {"provider": "op", "auto": true}}),
        ),
        (
            |draft| draft.save_credentials = Some(false),
            json!({"save_credentials": false}),
        ),
        (
            |draft| draft.record_session = Some(true),
            json!({"record_session": true}),
        ),
        (
            |draft| draft.health_checks = Some(false),
            json!({"health_checks": false}),
        ),
        (
            |draft| draft.auto_reauth = Some(false),
            json!({"auto_reauth": false}),
        ),
        (
            |draft| draft.health_check_interval = "7200".into(),
            json!({"health_check_interval": 7200}),
        ),
        (
            |draft| draft.proxy = ProxyDraft::Direct,
            json!({"browser": {"proxy": {"mode": "direct"}}}),
        ),
        (
            |draft| draft.region = "eu-west".into(),
            json!({"browser": {"region": "eu-west"}}),
        ),
        (
            |draft| draft.stealth = Some(false),
            json!({"browser": {"stealth": false}}),
        ),
        (
            |draft| draft.telemetry = TelemetryDraft::default(),
            json!({"browser": {"telemetry": null}}),
        ),
        // Telemetry is one member.
        (
            |draft| {
                draft.telemetry.export = ExportDraft::Off;
                draft.telemetry.categories.clear();
            },
            json!({"browser": {"telemetry": {
                "enabled": true, "export": {"otlp": {"enabled": false}},
                "storage": {"enabled": true}
            }}}),
        ),
    ];
    for (change, sent) in changes {
        assert_eq!(updated(&full(), change), sent);
    }
}

#[test]
fn what_can_not_be_unset_stays_as_it_is() {
    let unset = updated(&full(), |draft| {
        draft.credential = CredentialDraft::None;
        draft.save_credentials = None;
        draft.record_session = None;
        draft.health_checks = None;
        draft.auto_reauth = None;
        draft.health_check_interval.clear();
        draft.proxy = ProxyDraft::Unset;
        draft.region.clear();
        draft.stealth = None;
    });
    assert_eq!(unset, Value::Null);
    // Nor can these ever change.
    let other = updated(&full(), |draft| {
        draft.domain = "hulu.com".into();
        draft.profile.clear();
    });
    assert_eq!(other, Value::Null);
}

#[test]
fn only_what_was_changed_is_checked() {
    // The service has what no form would let pass.
    let odd = ConnectionDraft::of(&parsed(idle(
        "ma_1",
        json!({
            "domain": "localhost", "login_url": "app:login", "allowed_domains": ["localhost"],
            "health_check_interval": 60, "credential": {"name": " "},
            "browser": {"proxy": {"id": " "}, "telemetry": {
                "enabled": false, "browser": {"page": {"enabled": true}},
                "storage": {"enabled": false}
            }}
        }),
    )));
    let sent = updated(&odd, |draft| draft.stealth = Some(true));
    assert_eq!(sent, json!({"browser": {"stealth": true}}));

    let changes: [(Edit, DraftField); 6] = [
        (
            |draft| draft.login_url = "app:other".into(),
            DraftField::LoginUrl,
        ),
        (
            |draft| draft.allowed_domains.push_str(",b.com"),
            DraftField::AllowedDomains,
        ),
        (
            |draft| draft.health_check_interval = "61".into(),
            DraftField::HealthCheckInterval,
        ),
        (
            |draft| draft.health_check_interval = "often".into(),
            DraftField::HealthCheckInterval,
        ),
        (
            |draft| {
                draft.proxy = ProxyDraft::Name {
                    name: String::new(),
                };
            },
            DraftField::Proxy,
        ),
        (
            |draft| draft.telemetry.categories.clear(),
            DraftField::Telemetry,
        ),
    ];
    for (change, field) in changes {
        let mut after = odd.clone();
        change(&mut after);
        let problems = after.update(&odd).expect_err("it was changed");
        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, [field]);
    }
}

// What is there already.

#[test]
fn a_connection_is_read_into_its_form() {
    let draft = full();
    assert_eq!(draft.domain, "netflix.com");
    assert_eq!(draft.profile, "ada");
    assert_eq!(draft.allowed_domains, "netflix.com\n*.nflx.example");
    assert_eq!(draft.health_check_interval, "3600");
    assert_eq!(draft.proxy, ProxyDraft::Id { id: "px_1".into() });
    assert_eq!(
        draft.telemetry,
        TelemetryDraft {
            enabled: Some(true),
            categories: [("network".into(), true), ("page".into(), false)].into(),
            export: ExportDraft::Id { id: "od_1".into() },
            storage: Some(true),
        }
    );
    // One that says nothing has nothing in its form.
    let silent = parsed(json!({"id": "ma_1"}));
    assert_eq!(ConnectionDraft::of(&silent), ConnectionDraft::default());
}

#[test]
fn each_form_of_a_stored_credential_is_read() {
    let text = str::to_owned;
    for (credential, draft) in [
        (
            json!({"name": "n"}),
            CredentialDraft::Kernel { name: text("n") },
        ),
        (
            json!({"name": "n", "provider": "", "path": ""}),
            CredentialDraft::Kernel { name: text("n") },
        ),
        (
            json!({"provider": "op", "path": "V/I"}),
            CredentialDraft::Item {
                provider: text("op"),
                path: text("V/I"),
            },
        ),
        (
            json!({"provider": "op", "auto": true}),
            CredentialDraft::Search {
                provider: text("op"),
            },
        ),
        // It does nothing, so that choosing a search has to be a change.
        (json!({"provider": "op"}), CredentialDraft::None),
        (
            json!({"provider": "op", "auto": false}),
            CredentialDraft::None,
        ),
        (json!({}), CredentialDraft::None),
        (json!(null), CredentialDraft::None),
        (json!("op"), CredentialDraft::None),
        (json!({"name": 7}), CredentialDraft::None),
    ] {
        let connection = parsed(idle("ma_1", json!({"credential": credential})));
        assert_eq!(
            ConnectionDraft::of(&connection).credential,
            draft,
            "{credential}"
        );
    }
    let inert = idle("ma_1", json!({"credential": {"provider": "op"}}));
    let sent = updated(&ConnectionDraft::of(&parsed(inert)), |draft| {
        draft.credential = CredentialDraft::Search {
            provider: "op".into(),
        };
    });
    assert_eq!(
        sent,
        json!({"credential": {"provider": "op", "auto": true}})
    );
}

#[test]
fn each_form_of_a_remote_browser_is_read() {
    let browser =
        |browser: Value| ConnectionDraft::of(&parsed(idle("ma_1", json!({"browser": browser}))));
    for (proxy, draft) in [
        (json!({"name": "p"}), ProxyDraft::Name { name: "p".into() }),
        (json!({"mode": "direct"}), ProxyDraft::Direct),
        (json!({"mode": "default"}), ProxyDraft::Default),
        (json!({"mode": "tunnel"}), ProxyDraft::Unset),
        (json!({"id": ""}), ProxyDraft::Unset),
        (json!(null), ProxyDraft::Unset),
        (json!([]), ProxyDraft::Unset),
    ] {
        assert_eq!(browser(json!({"proxy": proxy})).proxy, draft, "{proxy}");
    }
    for (otlp, draft) in [
        (json!({"enabled": true}), ExportDraft::On),
        (json!({"enabled": false}), ExportDraft::Off),
        (
            json!({"destination": {"name": "o"}}),
            ExportDraft::Name { name: "o".into() },
        ),
        // Nothing is sent, wherever to.
        (
            json!({"enabled": false, "destination": {"id": "od"}}),
            ExportDraft::Off,
        ),
        (json!({"destination": {}}), ExportDraft::Unset),
        (json!(7), ExportDraft::Unset),
    ] {
        let telemetry = json!({"telemetry": {"export": {"otlp": otlp}}});
        assert_eq!(browser(telemetry).telemetry.export, draft, "{otlp}");
    }
    let odd = json!({"telemetry": {"enabled": 1, "browser": {"page": true, "cdp": {}}}});
    assert_eq!(browser(odd).telemetry, TelemetryDraft::default());
}

// A login.

#[test]
fn a_login_like_any_other_says_nothing() {
    let start = LoginDraft::default().start().expect("nothing is wrong");
    assert_eq!(serde_json::to_value(start).expect("JSON"), json!({}));
}

#[test]
fn what_is_different_for_one_login_is_sent_as_the_contract_says() {
    let mut draft = LoginDraft {
        record_session: Some(true),
        use_skills: Some(false),
        proxy: ProxyDraft::Default,
        region: " us-west ".into(),
        stealth: Some(true),
        telemetry: TelemetryDraft {
            enabled: Some(false),
            ..TelemetryDraft::default()
        },
    };
    let sent = |draft: &LoginDraft| {
        serde_json::to_value(draft.start().expect("nothing is wrong")).expect("JSON")
    };
    assert_eq!(
        sent(&draft),
        json!({
            "record_session": true, "skill_mode": "disabled",
            "browser": {
                "proxy": {"mode": "default"}, "region": "us-west", "stealth": true,
                "telemetry": {"enabled": false}
            }
        })
    );
    draft.use_skills = Some(true);
    assert_eq!(sent(&draft)["skill_mode"], json!("enabled"));
}

#[test]
fn a_login_has_its_settings_checked_too() {
    let draft = LoginDraft {
        proxy: ProxyDraft::Id { id: String::new() },
        region: "x".repeat(256),
        telemetry: TelemetryDraft {
            storage: Some(false),
            ..TelemetryDraft::default()
        },
        ..LoginDraft::default()
    };
    let fields: Vec<_> = draft
        .start()
        .expect_err("all of it is wrong")
        .into_iter()
        .map(|problem| problem.field)
        .collect();
    assert_eq!(
        fields,
        [DraftField::Proxy, DraftField::Region, DraftField::Telemetry]
    );
}

// What the page sends and is sent.

#[test]
fn problems_cross_to_the_page_with_their_words() {
    let all = [
        (ProblemKind::Missing, json!({"kind": "missing"})),
        (ProblemKind::TooLong, json!({"kind": "too_long"})),
        (ProblemKind::NotAnAddress, json!({"kind": "not_an_address"})),
        (
            ProblemKind::OutOfRange {
                least: 300,
                most: 86_400,
            },
            json!({"kind": "out_of_range", "least": 300, "most": 86400}),
        ),
        (
            ProblemKind::CategoriesWhileOff,
            json!({"kind": "categories_while_off"}),
        ),
        (
            ProblemKind::NeitherKeptNorSent,
            json!({"kind": "neither_kept_nor_sent"}),
        ),
    ];
    for (kind, words) in all {
        assert_eq!(serde_json::to_value(kind).expect("JSON"), words);
    }
    let problems = refused_with(|draft| draft.domain = "a b".into());
    assert_eq!(
        serde_json::to_value(problems).expect("JSON"),
        json!([{"field": "domain", "problem": {"kind": "not_a_host", "text": "a b"}}])
    );
}

#[test]
fn a_draft_with_a_member_that_nobody_knows_is_not_taken() {
    let mut draft = serde_json::to_value(full()).expect("JSON");
    assert!(serde_json::from_value::<ConnectionDraft>(draft.clone()).is_ok());
    draft["password"] = json!("x");
    assert!(serde_json::from_value::<ConnectionDraft>(draft).is_err());
    let inert = json!({"kind": "search", "provider": "op", "path": "x"});
    assert!(serde_json::from_value::<CredentialDraft>(inert).is_err());
}
