//! The property of the service's JSON that a fuzz target and a test share.

use managed_auth::{Connection, FlowEvent};
use serde_json::{Value, json};

/// Panics unless an event and a snapshot are read or refused whatever they say, members that
/// nobody knows change nothing, and nothing of an address is printed.
pub(crate) fn json_is_read_or_refused(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let event = FlowEvent::parse("managed_auth_state", &text);
    let Ok(value) = serde_json::from_str::<Value>(&text) else {
        assert!(matches!(event, FlowEvent::Malformed), "{event:?}");
        return;
    };
    let printed = format!("{event:?}");
    let snapshot = serde_json::from_value::<Connection>(value.clone()).map_err(|_| ());
    let printed_snapshot = format!("{snapshot:?}");
    for address in ["hosted_url", "live_view_url", "post_login_url"] {
        let address = value.get(address).and_then(Value::as_str);
        // A short one may be a part of anything; so may one that is said elsewhere as well.
        if let Some(address) = address.filter(|a| a.len() >= 16 && text.matches(a).count() == 1) {
            assert!(!printed.contains(address) && !printed_snapshot.contains(address));
        }
    }
    let mut more = value;
    let Some(members) = more.as_object_mut() else {
        assert!(snapshot.is_err());
        return;
    };
    members.insert("a_member_of_tomorrow".to_owned(), json!([{"a": null}]));
    let again = FlowEvent::parse("managed_auth_state", &more.to_string());
    assert_eq!(format!("{again:?}"), printed);
    let again = serde_json::from_value::<Connection>(more).map_err(|_| ());
    assert_eq!(format!("{again:?}"), printed_snapshot);
}
