//! What a page shows in place of what it can't show.

use super::later::later_address_code;
use crate::{
    browser::dom::{View, nothing},
    components::{
        button::{Emphasis, button},
        problem_view::ProblemView,
        skeleton::skeleton,
    },
    context::{AppContext, Failure},
};
use kabao_core::{
    domain::{staff_code::LocalProblem, support::Support},
    problem::ApiError,
};

/// A failure, explained, with a way to try again.
pub(crate) fn failure_view(app: AppContext, failure: &Failure, retry: impl Fn() + 'static) -> View {
    failure_with_actions(app, failure, try_again(app, retry))
}

/// The button that tries again.
pub(crate) fn try_again(app: AppContext, retry: impl Fn() + 'static) -> View {
    button(app.wording().help.try_again, Emphasis::Primary, retry).into()
}

/// A failure, explained, with the ways on that a call's failure leaves.
pub(crate) fn failure_with_actions(
    app: AppContext,
    failure: &Failure,
    actions: impl Into<View>,
) -> View {
    let wording = app.wording();
    let explained = |explanation, support: Option<&Support>, actions: View| {
        ProblemView {
            explanation,
            wait: None,
            support,
            wording: &wording.help,
        }
        .view(actions)
        .into()
    };
    match failure {
        Failure::SigningIn => skeleton(wording.app.signing_in).into(),
        Failure::OpenInWeChat => {
            explained(wording.app.open_in_wechat, None, later_address_code(app))
        }
        Failure::SignInFailed(url) => {
            let url = url.clone();
            let sign_in = button(wording.app.sign_in_again, Emphasis::Primary, move || {
                app.leave_for(&url);
            });
            let support = app.local_support(LocalProblem::SignInFailed);
            explained(wording.app.sign_in_failed, Some(&support), sign_in.into())
        }
        Failure::Call(error) => ProblemView {
            explanation: (wording.explain)(error),
            wait: error.retry_after().map(wording.help.wait),
            support: support_of(app, error).as_ref(),
            wording: &wording.help,
        }
        .view(actions)
        .into(),
    }
}

/// A failure, explained, where there is nothing to press.
pub(crate) fn failure_alone(app: AppContext, failure: &Failure) -> View {
    failure_with_actions(app, failure, nothing())
}

/// Who can help: as the backend says, or for the app's own problems a staff code
/// of the same form.
fn support_of(app: AppContext, error: &ApiError) -> Option<Support> {
    let local = match error {
        ApiError::Problem(problem) => return problem.support.clone(),
        ApiError::Offline => LocalProblem::Offline,
        ApiError::Timeout => LocalProblem::Timeout,
        ApiError::Gateway { .. } => LocalProblem::Gateway,
        ApiError::Unreadable => LocalProblem::UnreadableReply,
    };
    Some(app.local_support(local))
}
