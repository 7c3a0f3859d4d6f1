//! Why a page can't show what it is for.

use kabao_core::problem::{ApiError, Outcome};

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
}

#[cfg(test)]
mod tests {
    use kabao_core::problem::{Problem, ProblemCode};

    use super::*;

    fn problem(status: u16, code: ProblemCode) -> Failure {
        Failure::Call(ApiError::from(Problem::new(status, code)))
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
