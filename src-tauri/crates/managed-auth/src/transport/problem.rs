//! What kept a request from being answered.

use std::{error::Error as StdError, io};

use crate::error::{Error, NetworkProblem};

/// Tells what went wrong. Nothing of the library's own text is kept: it names the URL.
pub(crate) fn from_reqwest(error: &reqwest::Error) -> Error {
    if has_tls_cause(error) {
        Error::Network(NetworkProblem::Tls)
    } else if error.is_dns() {
        Error::Network(NetworkProblem::Lookup)
    } else if error.is_connect() {
        // Also if no connection came about in time: the server has not even been asked.
        Error::Network(NetworkProblem::Connect)
    } else if error.is_timeout() {
        Error::Timeout
    } else if error.is_builder() {
        Error::Impossible("the request can't be written")
    } else {
        Error::Network(NetworkProblem::Broken)
    }
}

fn has_tls_cause(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<rustls::Error>() {
            return true;
        }
        cause = match error.downcast_ref::<io::Error>() {
            // An io::Error names the cause of what it wraps, and not what it wraps.
            Some(error) => error
                .get_ref()
                .map(|inner| inner as &(dyn StdError + 'static)),
            None => error.source(),
        };
    }
    false
}
