//! What the end of a call tells.

use super::event::Reply;
use crate::{
    domain::claim::Progress,
    problem::{ApiError, Outcome, ProblemCode},
    status,
};

/// A claim in a state that this version does not know can't be shown: what
/// became of the call is as unknown as with a reply that can't be read.
pub(super) fn without_unknown_progress(reply: Reply) -> Result<Reply, ApiError> {
    let progress = match &reply {
        Reply::Claim(claim) => Some(&claim.progress),
        Reply::Bound(bound) => Some(&bound.claim.progress),
        Reply::Wallet(_) => None,
    };
    if progress == Some(&Progress::Unknown) {
        return Err(ApiError::Unreadable);
    }
    Ok(reply)
}

/// Whether the backend would answer the same key with the same refusal again,
/// so that another try is another key. A refusal that it does not keep, or that
/// comes before it looks at the key, says nothing about an earlier try.
///
/// The contract's order of checks puts the account, the session, the snapshot
/// user and the fan before the key.
pub(super) fn is_final(error: &ApiError) -> bool {
    let is_kept = !matches!(
        error.code(),
        None | Some(
            ProblemCode::NotFound
                | ProblemCode::AccountUnavailable
                | ProblemCode::NotSignedIn { .. }
                | ProblemCode::SnapshotUser
                | ProblemCode::AnotherFan
                | ProblemCode::CaptchaRequired(_)
        )
    );
    is_kept
        && error.outcome() == Outcome::NotDone
        && error.status() != Some(status::TOO_MANY_REQUESTS)
}

/// An SMS code that is no good.
pub(super) struct RefusedCode {
    /// As far as the backend says.
    pub(super) attempts_left: Option<u32>,
}

pub(super) fn refused_code(error: &ApiError) -> Option<RefusedCode> {
    let attempts_left = match error.code()? {
        ProblemCode::CodeWrong { attempts_left } => Some(*attempts_left),
        ProblemCode::TooManyAttempts => Some(0),
        ProblemCode::CodeExpired => None,
        _ => return None,
    };
    Some(RefusedCode { attempts_left })
}

/// Whether the claim is over or was never there.
pub(super) fn is_over(error: &ApiError) -> bool {
    matches!(
        error.code(),
        Some(ProblemCode::ClaimNotFound | ProblemCode::ClaimExpired)
    )
}
