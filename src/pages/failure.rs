//! What a page shows in place of what it can't show.

use leptos::prelude::*;

use crate::{
    api::problem::ApiError,
    browser::page,
    components::{
        button::{Button, Emphasis},
        problem_view::ProblemView,
        qr_code,
        skeleton::Skeleton,
    },
    context::{AppContext, Failure, use_app},
    domain::{staff_code::LocalProblem, support::Support},
};

/// A failure, explained, with a way to try again and other ways on inside.
#[component]
pub(crate) fn FailureView(
    /// What failed.
    failure: Failure,
    /// Tries again. Without it there is nothing to try.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// Other ways on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    match failure {
        Failure::SigningIn => view! { <Skeleton label=wording.app.signing_in /> }.into_any(),
        Failure::OpenInWeChat => view! {
            <ProblemView explanation=wording.app.open_in_wechat support=None wording=&wording.help>
                {qr_code::picture_of(&page::address())
                    .map(|picture| {
                        view! { <img class="problem__qr" src=picture alt=wording.app.open_in_wechat_qr /> }
                    })}
            </ProblemView>
        }
        .into_any(),
        Failure::SignInFailed(url) => {
            let support = Some(app.local_support(LocalProblem::SignInFailed));
            let sign_in = Callback::new(move |()| page::leave_for(&url));
            view! {
                <ProblemView explanation=wording.app.sign_in_failed support wording=&wording.help>
                    <Button label=wording.app.sign_in_again emphasis=Emphasis::Primary on_press=sign_in />
                </ProblemView>
            }
            .into_any()
        }
        Failure::Call(error) => view! {
            <ProblemView
                explanation=(wording.explain)(&error)
                wait=wait_of(&error).map(wording.claim.wait)
                support=support_of(app, &error)
                wording=&wording.help
            >
                {on_retry
                    .map(|on_press| {
                        view! {
                            <Button label=wording.help.try_again emphasis=Emphasis::Primary on_press />
                        }
                    })}
                {children.map(|children| children())}
            </ProblemView>
        }
        .into_any(),
    }
}

/// Seconds to wait before trying again, where the backend says so.
fn wait_of(error: &ApiError) -> Option<u32> {
    match error {
        ApiError::Problem(problem) => problem.retry_after,
        ApiError::Offline | ApiError::Timeout | ApiError::Unreadable => None,
    }
}

/// Who can help: as the backend says, or for the app's own problems a staff code
/// of the same form.
fn support_of(app: AppContext, error: &ApiError) -> Option<Support> {
    let local = match error {
        ApiError::Problem(problem) => return problem.support.clone(),
        ApiError::Offline => LocalProblem::Offline,
        ApiError::Timeout => LocalProblem::Timeout,
        ApiError::Unreadable => LocalProblem::UnreadableReply,
    };
    Some(app.local_support(local))
}
