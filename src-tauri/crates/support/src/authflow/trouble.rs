//! Why an authflow can't be told of, in plain words, and what to do now (`authflow-api.md` 5).

use authflow::{Error, IdProblem, Words, of_error, of_id_problem};
use login_flow::{Text, Trouble};

/// The longest code that is shown, in characters.
const LONGEST_CODE: usize = 60;

/// Says why an authflow could not be read.
#[must_use]
pub fn trouble_of_authflow(error: &Error) -> Trouble {
    let Words { title, advice } = of_error(error);
    let details = match error {
        Error::Refused { message, .. } => message.as_deref().and_then(Text::new),
        _ => None,
    };
    Trouble {
        code: Text::bounded(error.code(), LONGEST_CODE).unwrap_or_else(|| Text::or_dash("")),
        title: Text::or_dash(title),
        advice: Text::or_dash(advice),
        details,
    }
}

/// Says why a text was not taken for an id. Nothing was sent.
#[must_use]
pub fn trouble_of_id(problem: IdProblem) -> Trouble {
    let Words { title, advice } = of_id_problem(problem);
    let code = match problem {
        IdProblem::Empty => "no_id",
        IdProblem::NotAnId => "not_an_id",
        IdProblem::Unusual => "unusual_id",
    };
    Trouble {
        code: Text::or_dash(code),
        title: Text::or_dash(title),
        advice: Text::or_dash(advice),
        details: None,
    }
}
