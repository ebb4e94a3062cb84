//! Host names and web addresses, as a person types them.

use url::{Host, Url};

/// The parts of a text that blanks, line ends and commas divide.
pub(super) fn parts(text: &str) -> Vec<String> {
    text.split(|sign: char| sign.is_whitespace() || sign == ',')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The host that an allowed domain stands for. The service strips this itself
/// (`kernel-api.md` 3.1).
pub(super) fn root_of(host: &str) -> &str {
    host.strip_prefix("*.").unwrap_or(host)
}

/// Whether a text is a host name of at least two labels, and nothing more.
pub(super) fn is_host(text: &str) -> bool {
    let is_bare = !text.contains(['/', ':', '@', '?', '#', '\\', '%']) && !has_gaps(text);
    // A browser takes more for a host than there can be, so its labels are looked at as well.
    let labels_are_names = |host: &str| {
        host.contains('.')
            && host.split('.').all(|label| {
                !label.is_empty()
                    && label
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            })
    };
    is_bare
        && Url::parse(&format!("https://{text}/")).is_ok_and(
            |url| matches!(url.host(), Some(Host::Domain(host)) if labels_are_names(host)),
        )
}

/// Whether a text is a web address, and is one as it stands: a browser would mend some that are
/// not, but it is the text that is sent.
pub(super) fn is_web_address(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    let after_scheme = text.split_once("://").map(|(_, rest)| rest);
    matches!(url.scheme(), "https" | "http")
        && after_scheme.is_some_and(|rest| !rest.starts_with('/'))
        && !text.contains('\\')
        && !has_gaps(text)
}

/// Line breaks and the like, which a browser drops without a word.
fn has_gaps(text: &str) -> bool {
    text.contains(|sign: char| sign.is_whitespace() || sign.is_control())
}
