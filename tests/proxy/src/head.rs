//! The heads of requests and answers, as far as a proxy must understand them.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// The longest head that is taken.
const LONGEST: usize = 64 * 1024;

/// Everything of a message up to its body, with what of the body came along.
pub(super) struct Head {
    /// The first line, without its end.
    pub(super) first: String,
    headers: Vec<(String, String)>,
    pub(super) rest: Vec<u8>,
}

impl Head {
    /// Reads a head. `None` if the connection ended before one began.
    pub(super) async fn receive(
        from: &mut (impl AsyncRead + Unpin),
        mut arrived: Vec<u8>,
    ) -> io::Result<Option<Self>> {
        loop {
            let end = arrived.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let rest = arrived.split_off(end + 4);
                return Ok(Some(Self::parse(&arrived, rest)));
            }
            if arrived.len() > LONGEST {
                return Err(io::ErrorKind::InvalidData.into());
            }
            match from.read_buf(&mut arrived).await? {
                0 if arrived.is_empty() => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ => {}
            }
        }
    }

    fn parse(bytes: &[u8], rest: Vec<u8>) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.split("\r\n");
        let first = lines.next().unwrap_or_default().to_owned();
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Self {
            first,
            headers,
            rest,
        }
    }

    pub(super) fn length(&self) -> Option<usize> {
        self.header("content-length")?.parse().ok()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| known == name)?;
        Some(value)
    }

    pub(super) fn replace(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// The head with this first line, without what concerns one connection only.
    pub(super) fn bytes(&self, first: &str, more: &str) -> Vec<u8> {
        let mut text = format!("{first}\r\n");
        for (name, value) in &self.headers {
            if !matches!(name.as_str(), "connection" | "transfer-encoding") {
                text.extend([name, ": ", value, "\r\n"]);
            }
        }
        text.push_str(more);
        text.push_str("\r\n");
        text.into_bytes()
    }
}
