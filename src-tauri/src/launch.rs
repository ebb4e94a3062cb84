//! How Usher is started.

use clap::Parser;
use secrecy::SecretString;

/// Completes a login that a remote browser performs for you.
#[derive(Debug, Parser)]
#[command(name = "usher", version)]
pub struct Launch {
    /// Run the sandbox inside: a whole login service on this computer, with nothing real behind
    /// it.
    #[arg(long)]
    pub sandbox: bool,
    /// Where the sandbox listens; a loopback address. Port 0 takes a free one.
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:0",
        requires = "sandbox"
    )]
    pub sandbox_listen: std::net::SocketAddr,
    /// The link that was clicked.
    #[arg(value_name = "LINK")]
    pub link: Option<String>,
}

impl Launch {
    /// The link that was clicked, as the secret it is.
    pub fn take_link(&mut self) -> Option<SecretString> {
        self.link.take().map(SecretString::from)
    }
}

/// The link among the arguments of a second launch; its other arguments are for a first one.
#[must_use]
pub fn link_in(arguments: &[String]) -> Option<SecretString> {
    let links = arguments
        .iter()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'));
    let is_link = |argument: &&String| argument.to_ascii_lowercase().starts_with("usher:");
    links
        .into_iter()
        .find(is_link)
        .map(|link| SecretString::from(link.as_str()))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_second_launch_hands_over_its_link() {
        let arguments = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        let found =
            |words: &[&str]| link_in(&arguments(words)).map(|link| link.expose_secret().to_owned());
        assert_eq!(
            found(&["usher", "usher://login/a?code=b"]).as_deref(),
            Some("usher://login/a?code=b")
        );
        assert_eq!(
            found(&["usher", "--sandbox", "USHER://x"]).as_deref(),
            Some("USHER://x")
        );
        assert_eq!(found(&["usher"]), None);
        assert_eq!(found(&["usher", "--x=usher://a"]), None);
    }
}
