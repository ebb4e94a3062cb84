//! How long a service asks to wait (`kernel-api.md` 1.3, 1.4).

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Reads `retry-after-ms`, else `Retry-After` as seconds or as a date, which is compared with
/// `now`.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    if let Some(milliseconds) = text("retry-after-ms").and_then(|text| text.parse().ok()) {
        return Some(Duration::from_millis(milliseconds));
    }
    let text = text(RETRY_AFTER.as_str())?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    /// What these headers ask for, when it is 08:49:37 by the service's clock.
    fn asked(headers: &[(&'static str, &'static str)]) -> Option<Duration> {
        let headers = headers
            .iter()
            .map(|&(name, value)| {
                let name = HeaderName::from_static(name);
                (name, HeaderValue::from_static(value))
            })
            .collect();
        let now = "1994-11-06T08:49:37Z".parse().expect("a time");
        retry_after(&headers, now)
    }

    #[test]
    fn an_answer_that_asks_for_no_wait_has_none() {
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&[("date", "Sun, 06 Nov 1994 08:50:07 GMT")]), None);
    }

    #[test]
    fn a_wait_is_read_as_seconds_or_as_a_date() {
        for (value, seconds) in [
            ("0", 0),
            ("7", 7),
            (" 7 ", 7),
            ("Sun, 06 Nov 1994 08:50:07 GMT", 30),
            // What is over already is waited for no longer.
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
            ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
        ] {
            let expected = Some(Duration::from_secs(seconds));
            assert_eq!(asked(&[("retry-after", value)]), expected, "{value}");
        }
    }

    #[test]
    fn milliseconds_come_before_seconds_unless_they_cannot_be_read() {
        for (milliseconds, expected) in [
            ("1500", Duration::from_millis(1500)),
            ("0", Duration::ZERO),
            ("1.5", Duration::from_secs(7)),
            ("-1", Duration::from_secs(7)),
            ("", Duration::from_secs(7)),
        ] {
            let both = [("retry-after-ms", milliseconds), ("retry-after", "7")];
            assert_eq!(asked(&both), Some(expected), "{milliseconds}");
        }
        assert_eq!(
            asked(&[("retry-after-ms", "250")]),
            Some(Duration::from_millis(250))
        );
    }

    #[test]
    fn what_is_no_wait_is_none() {
        for value in ["", "-1", "soon", "1.5", "99999999999999999999"] {
            assert_eq!(asked(&[("retry-after", value)]), None, "{value}");
        }
    }
}
