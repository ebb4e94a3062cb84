//! Merging an event onto the last full read (`kernel-api.md` 6.3).

use managed_auth::{Connection, StateEvent};

/// Applies an event to what was known before it.
///
/// The prompt is the event's own: what an event leaves out is no longer asked. The type of the
/// flow and the addresses stay unless the event names new ones. Everything else is not in events.
pub(crate) fn merge(known: &mut Connection, event: StateEvent) {
    known.flow_status = Some(event.flow_status);
    known.flow_step = event.flow_step;
    known.prompt = event.prompt;
    keep_or_take(&mut known.flow_type, event.flow_type);
    keep_or_take(&mut known.post_login_url, event.post_login_url);
    keep_or_take(&mut known.live_view_url, event.live_view_url);
    keep_or_take(&mut known.hosted_url, event.hosted_url);
}

fn keep_or_take<T>(known: &mut Option<T>, news: Option<T>) {
    if news.is_some() {
        *known = news;
    }
}

/// Takes from a full read what events never carry, so that a read which is too old to be trusted
/// on the flow's state still tells the rest.
pub(crate) fn take_what_events_lack(known: &mut Connection, read: Connection) {
    let flow = (
        known.flow_status.take(),
        known.flow_step.take(),
        known.flow_type.take(),
        std::mem::take(&mut known.prompt),
        known.post_login_url.take(),
        known.live_view_url.take(),
        known.hosted_url.take(),
    );
    *known = read;
    (
        known.flow_status,
        known.flow_step,
        known.flow_type,
        known.prompt,
        known.post_login_url,
        known.live_view_url,
        known.hosted_url,
    ) = flow;
}

#[cfg(test)]
mod tests {
    use managed_auth::{FlowEvent, FlowStatus};
    use secrecy::ExposeSecret;

    use super::*;

    fn event(json: &str) -> StateEvent {
        match FlowEvent::parse("managed_auth_state", json) {
            FlowEvent::State(event) => *event,
            other => panic!("not a state: {other:?}"),
        }
    }

    fn known() -> Connection {
        serde_json::from_str(
            r#"{"id":"ma_1","domain":"netflix.com","profile_name":"p","status":"AUTHENTICATED",
                "flow_status":"IN_PROGRESS","flow_step":"AWAITING_INPUT","flow_type":"REAUTH",
                "flow_expires_at":"2026-10-26T10:20:00Z","interaction_id":"mai_1",
                "fields":[{"id":"f","ref":"password","type":"password","reason":"missing"}],
                "website_error":"Incorrect password","live_view_url":"https://live.example/1",
                "hosted_url":"https://hosted.example/1","sso_provider":"google"}"#,
        )
        .expect("the JSON is right")
    }

    #[test]
    fn what_an_event_leaves_out_of_the_prompt_is_gone() {
        let mut connection = known();
        merge(
            &mut connection,
            event(r#"{"flow_status":"IN_PROGRESS","flow_step":"SUBMITTING"}"#),
        );
        assert_eq!(connection.prompt, managed_auth::Prompt::default());
    }

    #[test]
    fn addresses_and_the_type_of_the_flow_stay() {
        let mut connection = known();
        merge(
            &mut connection,
            event(r#"{"flow_status":"IN_PROGRESS","flow_step":"SUBMITTING","flow_type":null}"#),
        );
        assert_eq!(connection.flow_type, Some(managed_auth::FlowType::Reauth));
        assert_eq!(
            connection
                .live_view_url
                .map(|url| url.expose_secret().to_owned())
                .as_deref(),
            Some("https://live.example/1")
        );
        assert_eq!(
            connection
                .hosted_url
                .map(|url| url.expose_secret().to_owned())
                .as_deref(),
            Some("https://hosted.example/1")
        );
    }

    #[test]
    fn what_an_event_names_anew_takes_the_place_of_what_was_known() {
        let mut connection = known();
        merge(
            &mut connection,
            event(
                r#"{"flow_status":"IN_PROGRESS","flow_step":"SUBMITTING","flow_type":"LOGIN",
                    "live_view_url":"https://live.example/2"}"#,
            ),
        );
        assert_eq!(connection.flow_type, Some(managed_auth::FlowType::Login));
        assert_eq!(
            connection.flow_step,
            Some(managed_auth::FlowStep::Submitting)
        );
        assert_eq!(
            connection
                .live_view_url
                .map(|url| url.expose_secret().to_owned())
                .as_deref(),
            Some("https://live.example/2")
        );
    }

    #[test]
    fn what_events_never_carry_stays() {
        let mut connection = known();
        merge(
            &mut connection,
            event(r#"{"flow_status":"SUCCESS","flow_step":"COMPLETED"}"#),
        );
        assert_eq!(connection.domain.as_deref(), Some("netflix.com"));
        assert_eq!(connection.sso_provider.as_deref(), Some("google"));
        assert!(connection.flow_expires_at.is_some());
    }

    #[test]
    fn an_overtaken_read_brings_only_what_events_lack() {
        let mut connection = known();
        merge(
            &mut connection,
            event(r#"{"flow_status":"IN_PROGRESS","flow_step":"SUBMITTING"}"#),
        );
        let mut read = known();
        read.profile_name = Some("renamed".into());
        take_what_events_lack(&mut connection, read);
        assert_eq!(connection.profile_name.as_deref(), Some("renamed"));
        assert_eq!(connection.prompt, managed_auth::Prompt::default());
        assert_eq!(connection.flow_status, Some(FlowStatus::InProgress));
    }
}
