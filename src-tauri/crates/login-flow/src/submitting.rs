//! Answers: sent once, bound to the question they belong to.

use std::time::Duration;

use managed_auth::Error;

use crate::{
    answer::{Answer, AnswerProblem, submission},
    clock::Moment,
    ending::{End, read_ending},
    flow::{Effect, Flow},
    question::Lock,
    text::Text,
    trouble::{Ending, is_upgrade},
    view::{Lost, Notice},
};

/// The pause after a 429 that names none.
const PAUSE: Duration = Duration::from_secs(5);
/// The longest pause that is kept.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

impl Flow {
    /// A person answers. The effect is one submission, or a problem and nothing sent.
    pub fn answer(&mut self, answer: Answer, now: Moment) -> Result<Vec<Effect>, AnswerProblem> {
        if self.end.is_some() {
            return Err(AnswerProblem::Over);
        }
        let standing = self
            .question
            .standing()
            .filter(|standing| standing.shown_id == answer.interaction_id)
            .ok_or(AnswerProblem::Stale)?;
        if self.in_flight.is_some() || standing.lock != Lock::Open || !standing.asked.can_be_bound()
        {
            return Err(AnswerProblem::Busy);
        }
        let submission = submission(&standing.asked, answer.reply)?;
        let asked = standing.asked.clone();
        self.question.lock(&answer.interaction_id, Lock::Sending);
        self.in_flight = Some((answer.interaction_id, asked));
        self.notice = None;
        // A read that began before the answer describes the time before it.
        if self.reading.take().is_some() {
            self.effects.push(Effect::DropRead);
        }
        self.read_again_at = None;
        self.effects.push(Effect::Submit(submission));
        self.last_news = now.steady;
        Ok(self.publish())
    }

    pub(crate) fn submitted(&mut self, outcome: Result<bool, Error>, now: Moment) {
        let Some((shown_id, asked)) = self.in_flight.take() else {
            return;
        };
        if self.end.is_some() {
            // Should following begin again, it is not to wait for this answer any more.
            return match outcome {
                Ok(true) => self.question.accepted(&shown_id, asked, now),
                Ok(false) | Err(_) => self.question.lock(&shown_id, Lock::Unknown),
            };
        }
        match outcome {
            Ok(true) => {
                self.last_news = now.steady;
                self.question.accepted(&shown_id, asked, now);
            }
            Ok(false) => self.not_accepted(&shown_id, None),
            Err(error) => self.submit_failed(&shown_id, &error, now),
        }
    }

    /// What the answers to a submission mean (`kernel-api.md` 8.3). None of them is sent again
    /// by us.
    pub(crate) fn submit_failed(&mut self, shown_id: &str, error: &Error, now: Moment) {
        let message = error
            .body()
            .and_then(|body| body.message.as_deref())
            .and_then(Text::new);
        match error {
            Error::StaleInteraction(_) => {
                self.notice = Some(Notice::PageMovedOn);
                self.question.lock(shown_id, Lock::Unknown);
                self.effects.push(Effect::CloseStream);
                self.stream_lost(Lost::Ended, None, now);
                self.want_read();
            }
            Error::RateLimited { retry_after, .. } => {
                let pause = retry_after.unwrap_or(PAUSE).min(LONGEST_PAUSE);
                let until = now.wall.checked_add(pause).unwrap_or(now.wall);
                self.notice = Some(Notice::Wait { until });
                self.question
                    .lock(shown_id, Lock::Waiting(now.steady + pause));
            }
            Error::Unauthorised(_) | Error::Forbidden(_) | Error::Gone(_) | Error::NotFound(_) => {
                // Should following begin again, the question may be answered again.
                self.question.lock(shown_id, Lock::Unknown);
                if let Some(ending) = read_ending(error, self.following.audience) {
                    self.finish(ending.with(error));
                }
            }
            Error::Refused { body, .. } if is_upgrade(body.code.as_deref()) => {
                self.finish(End::of(Ending::ClientTooOld));
            }
            Error::Conflict { .. } | Error::Impossible(_) => self.not_accepted(shown_id, message),
            Error::Refused { status, .. } if *status < 500 => self.not_accepted(shown_id, message),
            Error::Refused { .. }
            | Error::NotTheApi { .. }
            | Error::Network(_)
            | Error::Timeout => {
                self.notice = Some(Notice::OutcomeUnknown);
                self.question.lock(shown_id, Lock::Unknown);
                self.want_read();
            }
        }
    }

    /// The form is there again with what was typed, and a read shows what is asked now.
    pub(crate) fn not_accepted(&mut self, shown_id: &str, message: Option<Text>) {
        self.notice = Some(Notice::NotAccepted { message });
        self.question.lock(shown_id, Lock::Open);
        self.want_read();
    }
}
