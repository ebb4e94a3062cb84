//! Live views in frames of the console's page.
//!
//! The page never has a live view's address, which is a secret: it frames an address of this
//! program's own, which names a connection. What answers there leads on to the live view, if its
//! origin is on the environment's list. Where a frame may go is checked again when it goes, and by
//! the page's content security policy.

use std::sync::{Arc, PoisonError, RwLock};

use secrecy::ExposeSecret;
use tauri::{
    Manager, UriSchemeContext, UriSchemeResponder, Wry,
    http::{Request, Response, StatusCode, header},
};
use url::Url;

use crate::{
    console_desk::ConsoleDesk,
    origin::{OriginPattern, openable},
    page_opener::Offer,
    window::CONSOLE,
};

/// The scheme of the frames' own addresses.
pub const SCHEME: &str = "usher-frame";

/// The start of a frame's own address, as the engine of this system writes it.
const ADDRESS: &str = if cfg!(any(windows, target_os = "android")) {
    "http://usher-frame.localhost/"
} else {
    "usher-frame://localhost/"
};

/// The origins that may be framed now.
#[derive(Clone, Debug, Default)]
pub struct Framed(Arc<RwLock<Vec<OriginPattern>>>);

impl Framed {
    /// Only these from now on.
    pub fn set(&self, origins: Vec<OriginPattern>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = origins;
    }

    /// Whether a frame may go there.
    #[must_use]
    pub fn may_go(&self, url: &Url) -> bool {
        url.as_str().starts_with(ADDRESS)
            || openable(url.as_str()).is_some_and(|url| {
                let origins = self.0.read().unwrap_or_else(PoisonError::into_inner);
                origins.iter().any(|origin| origin.covers(&url))
            })
    }

    /// What a content security policy says of this.
    #[must_use]
    pub fn sources(&self) -> String {
        let own = ADDRESS
            .trim_end_matches("localhost/")
            .trim_end_matches("//");
        let origins = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let origins = origins.iter().map(ToString::to_string);
        std::iter::once(own.to_owned())
            .chain(origins)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The frame's own address for the live view of a connection; `sight` tells it from earlier ones
/// of the same connection.
#[must_use]
pub fn address(connection_id: &str, sight: u32) -> String {
    let id: String = url::form_urlencoded::byte_serialize(connection_id.as_bytes()).collect();
    format!("{ADDRESS}{id}/{sight}")
}

/// Answers for a frame's own address: leads on to the live view.
pub fn answer(
    context: UriSchemeContext<'_, Wry>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let is_console = context.webview_label() == CONSOLE;
    let desk = context.app_handle().try_state::<ConsoleDesk>();
    let Some(desk) = desk.filter(|_| is_console).map(|desk| desk.inner().clone()) else {
        return responder.respond(page(StatusCode::NOT_FOUND, None));
    };
    let uri = request.uri().clone();
    let id = uri.path().split('/').nth(1).unwrap_or_default();
    let id = percent_encoding::percent_decode_str(id)
        .decode_utf8_lossy()
        .into_owned();
    let control = uri.query() == Some("control");
    tauri::async_runtime::spawn(async move {
        let offer = desk.frame(id, control).await;
        let url = offer.as_ref().and_then(framable);
        let status = if url.is_some() {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        };
        responder.respond(page(status, url.as_ref()));
    });
}

/// The address of a live view that may be framed.
fn framable(offer: &Offer) -> Option<Url> {
    let url = openable(offer.url.expose_secret())?;
    offer
        .origins
        .iter()
        .any(|origin| origin.covers(&url))
        .then_some(url)
}

/// A page that leads on, or one that is empty: what there is to say stands beside the frame.
fn page(status: StatusCode, leads_to: Option<&Url>) -> Response<Vec<u8>> {
    let refresh = leads_to.map_or_else(String::new, |url| {
        format!(
            "<meta http-equiv=\"refresh\" content=\"0;url={}\">",
            escaped(url.as_str())
        )
    });
    let text = format!("<!doctype html><meta charset=\"utf-8\"><title></title>{refresh}");
    let mut response = Response::new(text.into_bytes());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, header::HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, "text/html; charset=utf-8");
    set(header::CACHE_CONTROL, "no-store");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'");
    response
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_go_nowhere_but_to_the_listed_origins() {
        let framed = Framed::default();
        let may = |address: &str| framed.may_go(&address.parse().expect("an address"));
        assert!(may(&address("ma_1", 1)));
        assert!(!may("https://live.onkernel.com/x"));
        framed.set(vec![
            OriginPattern::parse("https://*.onkernel.com").expect("an origin"),
        ]);
        assert!(may("https://live.onkernel.com/x"));
        for other in [
            "https://evil.example/",
            "http://live.onkernel.com/",
            "https://live.onkernel.com:8443/",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
        ] {
            assert!(!may(other), "{other}");
        }
    }

    #[test]
    fn the_policy_names_the_origins_and_nothing_wider() {
        let framed = Framed::default();
        framed.set(vec![
            OriginPattern::parse("https://*.onkernel.com:8443").expect("an origin"),
            OriginPattern::parse("http://127.0.0.1:4000").expect("an origin"),
        ]);
        let sources = framed.sources();
        assert!(
            sources.ends_with("https://*.onkernel.com:8443 http://127.0.0.1:4000"),
            "{sources}"
        );
    }

    #[test]
    fn an_address_can_not_break_out_of_the_page_that_leads_to_it() {
        let url = Url::parse("https://a.example/?x=\"><script>").expect("an address");
        let text = page(StatusCode::OK, Some(&url)).into_body();
        let text = String::from_utf8(text).expect("text");
        assert!(!text.contains("<script>"), "{text}");
        assert_eq!(text.matches('"').count(), 6, "{text}");
    }
}
