//! Which addresses may be the API's.

use managed_auth::{ApiBase, ApiBaseError};

#[test]
fn https_anywhere_and_http_on_this_machine() {
    for (text, shown) in [
        ("https://api.onkernel.com", "https://api.onkernel.com"),
        (" https://api.onkernel.com/ ", "https://api.onkernel.com"),
        (
            "HTTPS://API.onkernel.com:443/v1/",
            "https://api.onkernel.com/v1",
        ),
        ("http://127.0.0.1:3001", "http://127.0.0.1:3001"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:80", "http://[::1]"),
        ("http://localhost:3001", "http://localhost:3001"),
    ] {
        let api = ApiBase::parse(text).expect(text);
        assert_eq!(api.to_string(), shown);
        assert_eq!(api.is_loopback(), shown.starts_with("http://"));
    }
    assert!(
        ApiBase::parse("https://localhost:3001")
            .expect("an address")
            .is_loopback()
    );
}

#[test]
fn everything_else_is_refused_with_its_reason() {
    for (text, reason) in [
        ("", ApiBaseError::NotAUrl),
        ("api.onkernel.com", ApiBaseError::NotAUrl),
        ("https://", ApiBaseError::NotAUrl),
        ("mailto:a@b.example", ApiBaseError::NotAUrl),
        ("http://api.onkernel.com", ApiBaseError::Insecure),
        ("http://localhost.example", ApiBaseError::Insecure),
        ("http://10.0.0.1", ApiBaseError::Insecure),
        ("http://[::2]", ApiBaseError::Insecure),
        ("http://0.0.0.0", ApiBaseError::Insecure),
        ("ftp://127.0.0.1", ApiBaseError::Scheme),
        ("https://key@api.onkernel.com", ApiBaseError::Credentials),
        ("https://:key@api.onkernel.com", ApiBaseError::Credentials),
        ("https://api.onkernel.com?key=1", ApiBaseError::Tail),
        ("https://api.onkernel.com/?", ApiBaseError::Tail),
        ("https://api.onkernel.com/#x", ApiBaseError::Tail),
    ] {
        assert_eq!(ApiBase::parse(text), Err(reason), "{text:?}");
    }
}
