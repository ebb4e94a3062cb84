//! Messages to whoever made a stream, in their order.

use reqwest::{Client, Url};

use super::protocol::Message;

pub(super) struct Outbox {
    http: Client,
    base: String,
    sent: u64,
}

impl Outbox {
    pub(super) fn new(base: &str) -> Result<Self, &'static str> {
        Url::parse(base).map_err(|_| "the callback address is none")?;
        Ok(Self {
            http: Client::builder().no_proxy().build().unwrap_or_default(),
            base: base.trim_end_matches('/').to_owned(),
            sent: 0,
        })
    }

    /// Sends a message under the next number and waits until it has arrived, so that no two can
    /// overtake one another.
    pub(super) async fn send(&mut self, message: &Message) {
        self.sent += 1;
        let address = format!("{}/{}", self.base, self.sent);
        // A harness that does not listen any more will close the stream, or has gone.
        let _ = self.http.post(address).json(message).send().await;
    }
}
