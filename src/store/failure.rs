//! Why a page can't show what it is for.

use kabao_core::problem::{ApiError, Outcome};
use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The session is over; the session's state says what happens about it.
    NotSignedIn,
    /// A call has no result.
    Call(ApiError),
}

impl Failure {
    /// Whether the page may no longer show what it knows, because the backend has
    /// refused it. Anything else may pass, and what is known is only old.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::NotSignedIn => true,
            Self::Call(error) => error.outcome() == Outcome::NotDone && !error.is_transient(),
        }
    }

    /// Shows it in `place`. A failure that is shown there already stays as it is,
    /// so that trying again in vain doesn't take the focus from the button; one
    /// that says how long to wait is shown anew, because the wait begins anew.
    pub fn show_in(self, place: RwSignal<Option<Self>>) {
        let is_shown = place
            .try_with_untracked(|shown| self.wait().is_none() && shown.as_ref() == Some(&self));
        if is_shown == Some(false) {
            place.set(Some(self));
        }
    }

    /// For how many seconds trying again makes no sense.
    fn wait(&self) -> Option<u32> {
        match self {
            Self::NotSignedIn => None,
            Self::Call(error) => error.retry_after(),
        }
    }
}

#[cfg(test)]
mod tests {
    use kabao_core::problem::{Problem, ProblemCode};

    use super::*;

    fn problem(status: u16, code: ProblemCode) -> Failure {
        Failure::Call(ApiError::Problem(Box::new(Problem {
            status,
            code,
            retry_after: None,
            card_id: None,
            support: None,
        })))
    }

    #[test]
    fn what_is_known_goes_only_when_it_is_refused() {
        assert!(Failure::NotSignedIn.is_refusal());
        assert!(problem(404, ProblemCode::CardNotFound).is_refusal());
        assert!(problem(403, ProblemCode::Forbidden).is_refusal());
        assert!(!problem(429, ProblemCode::RateLimited).is_refusal());
        assert!(!problem(503, ProblemCode::Unavailable).is_refusal());
        for error in [ApiError::Offline, ApiError::Timeout, ApiError::Unreadable] {
            assert!(!Failure::Call(error).is_refusal());
        }
    }
}
