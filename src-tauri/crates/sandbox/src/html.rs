//! Pages: escaping, and the frame that all of them share.

use std::fmt::Write;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// A page.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) status: StatusCode,
    pub(crate) title: &'a str,
    /// Markup; whoever made it escaped what is in it.
    pub(crate) main: &'a str,
    /// Attributes of the body, such as its class.
    pub(crate) body: &'a str,
    /// Loads itself anew after so many seconds.
    pub(crate) refresh: Option<u32>,
    /// Runs the script of the live view.
    pub(crate) script: bool,
    /// Scheme, host and port of this server: all that a page may load from.
    pub(crate) origin: &'a str,
}

impl Page<'_> {
    pub(crate) fn respond(&self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (header::CONTENT_SECURITY_POLICY, self.policy()),
            (header::REFERRER_POLICY, "no-referrer".to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        (self.status, headers, self.markup()).into_response()
    }

    /// The origin beside `'self'`, which means nothing to some browsers in a sandboxed frame. There
    /// is no `frame-ancestors`: both pages are made to be embedded.
    fn policy(&self) -> String {
        let origin = self.origin;
        let mut policy = format!(
            "default-src 'none'; base-uri 'none'; style-src 'self' {origin}; \
             form-action 'self' {origin}"
        );
        if self.script {
            let socket = origin.replacen("http", "ws", 1);
            let _ = write!(
                policy,
                "; script-src 'self' {origin}; img-src 'self' {origin} data:; connect-src {socket}"
            );
        }
        policy
    }

    fn markup(&self) -> String {
        let refresh = self.refresh.map_or_else(String::new, |seconds| {
            format!("<meta http-equiv=\"refresh\" content=\"{seconds}\">\n")
        });
        let script = if self.script {
            "<script src=\"/sandbox/assets/live.js\" defer></script>\n"
        } else {
            ""
        };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n{refresh}\
             <title>{}</title>\n<link rel=\"stylesheet\" href=\"/sandbox/assets/page.css\">\n\
             {script}<body {}>\n{}\n</body>\n</html>\n",
            escape(self.title),
            self.body,
            self.main,
        )
    }
}

/// Text for markup: also safe in quoted attributes, and without what XML does not allow.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().filter(|it| !is_invisible(*it)) {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Control characters, and those that turn the direction of what follows.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}
