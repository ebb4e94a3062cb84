//! Opening a flow's page in the person's own browser, after its address is checked.

use login_flow::Text;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    login_window::{NotOpenable, Opened},
    origin::{OriginPattern, openable},
};

/// A page that can be opened, and the origins it is expected at.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its address: a secret.
    pub url: SecretString,
    /// The origins that need no question.
    pub origins: Vec<OriginPattern>,
}

/// Opens a page in the system's browser. At an origin that is not on the list the person is
/// asked first, and `confirmed` is the host they were shown.
pub async fn open_page(offer: Option<Offer>, confirmed: Option<&str>) -> Opened {
    let Some(offer) = offer else {
        return Opened::Refused {
            why: NotOpenable::NoPage,
        };
    };
    let Some(url) = openable(offer.url.expose_secret()) else {
        return Opened::Refused {
            why: NotOpenable::BadAddress,
        };
    };
    let host = url.host_str().unwrap_or_default().to_owned();
    let expected = offer.origins.iter().any(|origin| origin.covers(&url));
    if !expected && confirmed != Some(host.as_str()) {
        return Opened::Confirm {
            host: Text::or_dash(&host),
        };
    }
    // Starting a browser may block; and what is started must not end with us.
    let started = tokio::task::spawn_blocking(move || open::that_detached(url.as_str())).await;
    match started {
        Ok(Ok(())) => Opened::Opened,
        Ok(Err(_)) | Err(_) => Opened::Refused {
            why: NotOpenable::NoBrowser,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(url: &str) -> Offer {
        let origins = vec![OriginPattern::parse("https://*.onkernel.com").expect("an origin")];
        Offer {
            url: SecretString::from(url),
            origins,
        }
    }

    #[tokio::test]
    async fn nothing_is_opened_that_is_no_web_page() {
        for url in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http://live.onkernel.com/",
            "https://a:b@live.onkernel.com/",
        ] {
            let outcome = open_page(Some(offer(url)), Some("live.onkernel.com")).await;
            assert_eq!(
                outcome,
                Opened::Refused {
                    why: NotOpenable::BadAddress
                },
                "{url}"
            );
        }
        assert_eq!(
            open_page(None, None).await,
            Opened::Refused {
                why: NotOpenable::NoPage
            }
        );
    }

    #[tokio::test]
    async fn a_foreign_host_is_asked_about_and_only_the_host_shown_counts() {
        for confirmed in [None, Some("live.onkernel.com"), Some("other.example")] {
            let outcome = open_page(Some(offer("https://view.example/secret")), confirmed).await;
            assert_eq!(
                outcome,
                Opened::Confirm {
                    host: Text::or_dash("view.example")
                }
            );
        }
    }
}
