//! Why a page can't show what it is for.

use kabao_core::problem::ApiError;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The session is over; the session's state says what happens about it.
    NotSignedIn,
    /// A call has no result.
    Call(ApiError),
}
