//! The client and a service over real sockets.

use authflow::{
    ApiBase, AuthflowId, Client, Code, Error, Journal, Meaning, NetworkProblem, Phase, Settings,
    Status, TokenHeader,
};
use sandbox::{AUTHFLOW_TOKEN, Sandbox};
use secrecy::SecretString;
use serde_json::{Value, json};

/// A sandbox, and the ids of what its authflows play.
struct Service {
    sandbox: Sandbox,
    http: reqwest::Client,
    all: Vec<Value>,
}

impl Service {
    async fn start() -> Self {
        let sandbox = Sandbox::start(sandbox::Settings::default()).await;
        let sandbox = sandbox.expect("a sandbox");
        let http = reqwest::Client::builder().no_proxy().build();
        let http = http.expect("a client");
        let list = http.get(format!("{}/sandbox/authflows", sandbox.url()));
        let all = list.send().await.expect("an answer").json().await;
        Self {
            all: all.expect("a list"),
            sandbox,
            http,
        }
    }

    /// The id of the authflow that plays this.
    fn id(&self, plays: &str) -> AuthflowId {
        let mut all = self.all.iter();
        let one = all.find(|one| one["plays"] == plays);
        let id = one.and_then(|one| one["id"].as_str());
        AuthflowId::parse(id.unwrap_or_else(|| panic!("nothing plays {plays}"))).expect("an id")
    }

    fn client(&self, token: &str, settings: Settings) -> Client {
        let api: ApiBase = self.sandbox.url().parse().expect("an address");
        Client::new(api, &SecretString::from(token), settings).expect("a client")
    }

    async fn fetch(&self, plays: &str) -> Result<authflow::Summary, Error> {
        let client = self.client(AUTHFLOW_TOKEN, Settings::default());
        client.fetch(&self.id(plays)).await
    }

    async fn hook(&self, path: &str, body: Value) {
        let url = format!("{}/sandbox/authflows/{path}", self.sandbox.url());
        let answer = self.http.post(url).json(&body).send().await;
        let done = answer.expect("an answer").error_for_status();
        done.expect("it does as it is told");
    }
}

#[tokio::test]
async fn every_status_is_read() {
    let service = Service::start().await;
    for (plays, phase) in [
        ("new", Phase::Waiting),
        ("pending", Phase::Waiting),
        ("finished", Phase::Waiting),
        ("complete", Phase::Success),
        ("cancelled", Phase::Cancelled),
        ("verifying", Phase::Unknown),
    ] {
        let status = service.fetch(plays).await.expect("it is there").status;
        assert_eq!(status.as_ref().map(Status::as_str), Some(plays));
        assert_eq!(Meaning::default().of(status.as_ref()), phase, "{plays}");
    }
}

#[tokio::test]
async fn summaries_of_every_shape_are_read() {
    let service = Service::start().await;
    let drifted = service.fetch("drifted").await.expect("read");
    let seen = drifted.last_seen.expect("it was seen");
    assert_eq!(
        (seen.asn, seen.city.as_deref()),
        (Some(64496), Some("Delft"))
    );
    for plays in ["nulls", "no-status"] {
        assert_eq!(service.fetch(plays).await.expect("read").status, None);
    }
    for plays in ["bare", "mistyped", "hostile", "script", "new"] {
        assert!(service.fetch(plays).await.expect("read").status.is_some());
    }
}

#[tokio::test]
async fn every_code_is_told() {
    let service = Service::start().await;
    for (word, code) in Code::DOCUMENTED {
        let plays = format!("error-{}", word.replace('_', "-"));
        let error = service.fetch(&plays).await.expect_err("it is refused");
        assert!(
            matches!(&error, Error::Refused { code: told, .. } if *told == code),
            "{error}"
        );
        assert_eq!(error.code(), word);
    }
    let outer = service.fetch("outer-error").await;
    assert!(matches!(
        outer,
        Err(Error::Refused {
            code: Code::NotPermitted,
            ..
        })
    ));
    let inner = service.fetch("inner-error").await.expect("read").status;
    assert_eq!(inner, Some(Status::Unknown("error".into())));
}

#[tokio::test]
async fn what_is_not_the_api_is_said_to_be_that() {
    let service = Service::start().await;
    for plays in [
        "page",
        "half-json",
        "other-shape",
        "status-of-the-flow",
        "empty",
    ] {
        let told = service.fetch(plays).await.expect_err("no authflow");
        assert_eq!(told, Error::NotTheApi { status: 200 }, "{plays}");
    }
    let told = service.fetch("redirect").await.expect_err("no authflow");
    assert_eq!(told, Error::Redirected { status: 307 });
    for (plays, status) in [("bad-gateway", 502), ("unavailable", 503)] {
        let told = service.fetch(plays).await.expect_err("no authflow");
        assert!(matches!(told, Error::ServiceTrouble { status: told, .. } if told == status));
        assert!(told.may_pass());
    }
    let told = service.fetch("too-many").await.expect_err("no authflow");
    let wait = std::time::Duration::from_secs(2);
    assert_eq!(told.retry_after(), Some(wait));
}

#[tokio::test]
async fn the_token_goes_as_it_is_set_and_a_wrong_one_is_told() {
    let service = Service::start().await;
    let id = service.id("complete");
    let told = service
        .client("pf_wrong", Settings::default())
        .fetch(&id)
        .await;
    assert!(matches!(
        told,
        Err(Error::Refused {
            code: Code::BadAuthtoken,
            status: 401,
            ..
        })
    ));

    service.hook("token", json!({"header": "x-api-key"})).await;
    let told = service
        .client(AUTHFLOW_TOKEN, Settings::default())
        .fetch(&id)
        .await;
    assert!(matches!(
        told,
        Err(Error::Refused {
            code: Code::NotAuthenticated,
            ..
        })
    ));
    let settings = Settings {
        token_header: TokenHeader::parse("X-Api-Key").expect("a header"),
        ..Settings::default()
    };
    let read = service.client(AUTHFLOW_TOKEN, settings).fetch(&id).await;
    assert_eq!(read.expect("it is there").status, Some(Status::Complete));
}

#[tokio::test]
async fn an_id_of_nothing_and_of_something_else_is_told() {
    let service = Service::start().await;
    let client = service.client(AUTHFLOW_TOKEN, Settings::default());
    let nothing = AuthflowId::parse("013xrzp12g3nqk8n0000000000000000").expect("an id");
    let told = client.fetch(&nothing).await;
    assert!(matches!(
        told,
        Err(Error::Refused {
            code: Code::NotFound,
            ..
        })
    ));
    let odd = AuthflowId::parse_any("af_1").expect("some id");
    let told = client.fetch(&odd).await;
    assert!(matches!(
        told,
        Err(Error::Refused {
            code: Code::InvalidValue,
            ..
        })
    ));
}

#[tokio::test]
async fn a_service_that_is_not_there_is_told_and_noted() {
    let api: ApiBase = "http://127.0.0.1:9".parse().expect("an address");
    let journal = Journal::default();
    let settings = Settings {
        journal: journal.clone(),
        ..Settings::default()
    };
    let client = Client::new(api, &SecretString::from("pf_planted"), settings).expect("a client");
    let id = AuthflowId::parse("013xrzp12g3nqk8ny06sgdxs6ed3w5wy").expect("an id");
    let told = client.fetch(&id).await;
    assert_eq!(told, Err(Error::Network(NetworkProblem::Refused)));
    let noted = format!("{:?} {client:?}", journal.calls());
    assert!(
        noted.contains("authflow") && !noted.contains("pf_planted"),
        "{noted}"
    );
}
