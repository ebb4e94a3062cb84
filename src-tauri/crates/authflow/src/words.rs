//! What is said to a person of what went wrong (`authflow-api.md` 5).

use wire::{NetworkProblem, ProxyProblem, TlsProblem};

use crate::{
    error::{Code, Error},
    id::IdProblem,
};

/// What happened, and what to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// In a short sentence.
    pub title: &'static str,
    /// What to do now; empty if there is nothing to do.
    pub advice: &'static str,
}

/// Why an id was not taken. Nothing was sent.
#[must_use]
pub fn of_id_problem(problem: IdProblem) -> Words {
    match problem {
        IdProblem::Empty => Words {
            title: "There is no id.",
            advice: "Paste the id of an authflow.",
        },
        IdProblem::NotAnId => Words {
            title: "This can’t be an id.",
            advice: "An id has letters and digits alone. Copy it once more.",
        },
        IdProblem::Unusual => Words {
            title: "This does not look like the id of an authflow.",
            advice: "One has 32 letters and digits. Copy it once more, or look it up all the same.",
        },
    }
}

/// Why an authflow can't be told of.
#[must_use]
pub fn of_error(error: &Error) -> Words {
    match error {
        Error::Refused { code, .. } => of_code(code),
        Error::NotTheApi { .. } => Words {
            title: "This address does not answer like Prefactor’s API.",
            advice: "Check the address in environments.toml, and whether a network sign-in page is in the way.",
        },
        Error::ServiceTrouble { .. } => TROUBLE,
        Error::RateLimited { .. } => Words {
            title: "Prefactor asks to wait.",
            advice: "It is looked up again after that.",
        },
        Error::Redirected { .. } => Words {
            title: "Prefactor’s address sends elsewhere.",
            advice: "That is not followed, as the key would go there too. Check the address in environments.toml.",
        },
        Error::Network(problem) => of_network(*problem),
        Error::Timeout => Words {
            title: "Prefactor did not answer in time.",
            advice: "That may pass in a while.",
        },
        Error::Impossible(_) => Words {
            title: "The request can’t be sent.",
            advice: "Check the Prefactor key: it may hold characters that no key has.",
        },
    }
}

const TROUBLE: Words = Words {
    title: "Prefactor had a problem.",
    advice: "That may pass in a while.",
};

fn of_code(code: &Code) -> Words {
    let (title, advice) = match code {
        Code::BadAuthtoken => (
            "The Prefactor key was not accepted.",
            "Enter another key, or ask whoever runs the service.",
        ),
        Code::NotAuthenticated => (
            "Prefactor saw no key.",
            "Check in environments.toml how the key is sent, or enter another key.",
        ),
        Code::NotPermitted => (
            "This key may not see that authflow.",
            "Use a key that may, or ask the owner of the account.",
        ),
        Code::NotFound => (
            "There is no authflow with this id.",
            "It may belong to another account. Check the id.",
        ),
        Code::UnexpectedRefType => (
            "This is the id of something else, not of an authflow.",
            "Copy the id of the authflow.",
        ),
        Code::InvalidValue => (
            "Prefactor does not take this for the id of an authflow.",
            "Check the id.",
        ),
        Code::NotImplemented => (
            "This service does not offer authflows, or no longer.",
            "Ask whoever runs it.",
        ),
        Code::BadRequest | Code::RequiredValue | Code::InvalidAction => (
            "Prefactor did not understand the request.",
            "Usher may be too old for it. Look for a newer one.",
        ),
        Code::Unclear | Code::Unexpected => return TROUBLE,
        Code::Other(_) => (
            "Prefactor refused, for a reason that Usher does not know.",
            "Its own words are below.",
        ),
    };
    Words { title, advice }
}

fn of_network(problem: NetworkProblem) -> Words {
    let (title, advice) = match problem {
        NetworkProblem::Offline => (
            "This computer is not connected to a network.",
            "Connect it, then look again.",
        ),
        NetworkProblem::Lookup => (
            "The name of Prefactor’s service is not known.",
            "The service may have been retired, or its address in environments.toml is wrong.",
        ),
        NetworkProblem::Refused | NetworkProblem::Connect | NetworkProblem::Broken => (
            "Prefactor’s service could not be reached.",
            "Check this computer’s connection, and the service’s address in environments.toml.",
        ),
        NetworkProblem::Tls(TlsProblem::WrongClock(_)) => (
            "This computer’s clock is wrong.",
            "Set it right, then look again. Nothing was sent.",
        ),
        NetworkProblem::Tls(_) => (
            "Prefactor’s service could not prove who it is.",
            "Nothing was sent. Try another network, or ask whoever runs the service.",
        ),
        NetworkProblem::Proxy(ProxyProblem::WantsLogin) => (
            "The proxy of this network asks for a login.",
            "Log in to it, or put its user name and password into the system’s proxy settings.",
        ),
        NetworkProblem::Proxy(_) => (
            "The proxy of this network does not let us through.",
            "Check the system’s proxy settings.",
        ),
    };
    Words { title, advice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_contract_says_what_happened_and_what_to_do() {
        let refused = |code| Error::Refused {
            code,
            message: None,
            status: 400,
            retry_after: None,
        };
        let unknown = of_error(&refused(Code::Other("new_word".into())));
        for (word, code) in Code::DOCUMENTED {
            let words = of_error(&refused(code));
            assert_ne!(words, unknown, "{word}");
            assert!(
                words.title.ends_with('.') && words.advice.ends_with('.'),
                "{word}"
            );
        }
    }
}
