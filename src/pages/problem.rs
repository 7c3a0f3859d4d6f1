//! The one presentation of a problem: in place of a page, or as a notice in it.

use core::time::Duration;

use kabao_core::{
    domain::{staff_code::LocalProblem, support::Support, timestamp::Timestamp},
    machine::sign_in::SignInState,
    problem::{ApiError, ProblemCode},
};
use leptos::prelude::*;

use super::{retry::Retry, signed_out::SignedOut};
use crate::{
    browser::{clock, page},
    components::{
        button::{BusyButton, Button, Emphasis},
        notice::Notice,
        problem_panel::ProblemPanel,
        qr_code::QrPicture,
        skeleton::Skeleton,
    },
    i18n::{ProblemWording, use_wording},
    store::{failure::Failure, session::use_session},
};

/// How often a countdown looks at the clock.
const TICK: Duration = Duration::from_millis(250);

/// A problem in place of the page. More ways on go inside.
#[component]
pub(crate) fn ProblemPage(
    failure: Failure,
    #[prop(optional_no_strip)] retry: Option<Retry>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let wording = ProblemWording::in_use();
    let session = use_session();
    let children = children.map(|children| children());
    match failure {
        Failure::NotSignedIn => view! { <SignIn /> }.into_any(),
        Failure::Call(error) => {
            let support = support(&error, |problem| session.local_support(problem));
            let retry = retry.map(|retry| retry_button(retry, &error, Emphasis::Primary));
            view! {
                <ProblemPanel explanation=(wording.explain)(&error) support>
                    {retry}
                    {children}
                </ProblemPanel>
            }
            .into_any()
        }
    }
}

/// What happens because the session is over.
#[component]
fn SignIn() -> impl IntoView {
    let wording = ProblemWording::in_use();
    let session = use_session();
    let sign_in = Callback::new(move |()| session.sign_in());
    move || {
        session.with_state(|state| match state {
            SignInState::OpenInWeChat => view! {
                <ProblemPanel explanation=wording.open_in_wechat>
                    <QrPicture payload=page::address() alt=wording.open_in_wechat_qr />
                </ProblemPanel>
            }
            .into_any(),
            SignInState::Failed { .. } => {
                let support = Some(session.local_support(LocalProblem::SignInFailed));
                view! {
                    <ProblemPanel explanation=wording.sign_in_failed support>
                        <Button
                            label=wording.sign_in_again
                            emphasis=Emphasis::Primary
                            on_click=sign_in
                        />
                    </ProblemPanel>
                }
                .into_any()
            }
            SignInState::SignedOut => view! { <SignedOut /> }.into_any(),
            _ => view! { <Skeleton label=use_wording().app.signing_in /> }.into_any(),
        })
    }
}

/// Somebody else has signed in since the page was loaded.
#[component]
pub(crate) fn AnotherFan() -> impl IntoView {
    let failure = Failure::Call(ApiError::from(ProblemCode::AnotherFan));
    let reload = use_wording().app.reload;
    view! {
        <ProblemPage failure>
            <Button
                label=reload
                emphasis=Emphasis::Primary
                on_click=Callback::new(|()| page::reload())
            />
        </ProblemPage>
    }
}

/// A problem beside what the page shows.
#[component]
pub(crate) fn ProblemNotice(
    failure: Failure,
    /// In place of the problem's own title.
    #[prop(optional_no_strip)]
    title: Option<&'static str>,
    /// What the notice begins with, before what happened.
    #[prop(optional_no_strip)]
    text: Option<&'static str>,
    #[prop(optional_no_strip)] retry: Option<Retry>,
) -> impl IntoView {
    let wording = ProblemWording::in_use();
    let Failure::Call(error) = failure else {
        return view! { <ProblemPage failure /> }.into_any();
    };
    let explanation = (wording.explain)(&error);
    let text = match text {
        Some(text) => (wording.paragraph)(&[text, explanation.happened, explanation.next_step]),
        None => explanation.next_step.to_owned(),
    };
    let retry = retry.map(|retry| retry_button(retry, &error, Emphasis::Secondary));
    view! {
        <Notice title=title.unwrap_or(explanation.title) text>
            {retry}
        </Notice>
    }
    .into_any()
}

fn retry_button(retry: Retry, error: &ApiError, emphasis: Emphasis) -> impl IntoView + use<> {
    let session = use_session();
    let retry_at = error
        .retry_after()
        .map(|seconds| session.now().plus_seconds(seconds));
    view! { <RetryButton retry retry_at emphasis /> }
}

/// The button that tries again. It shows that it is busy, and counts down the
/// time that the backend has asked for.
#[component]
pub(crate) fn RetryButton(
    retry: Retry,
    /// From when on trying again makes sense, by the backend's clock.
    #[prop(optional_no_strip)]
    retry_at: Option<Timestamp>,
    #[prop(optional)] emphasis: Emphasis,
) -> impl IntoView {
    let session = use_session();
    let try_again = use_wording().app.try_again;
    let seconds_left = move || retry_at?.seconds_from(session.now());
    let left = RwSignal::new(seconds_left());
    if left.get_untracked().is_some() {
        clock::every(TICK, move || {
            let now_left = seconds_left();
            if left.get_untracked() != now_left {
                left.set(now_left);
            }
        });
    }
    let wait = ProblemWording::in_use().wait;
    let label = move || match left.get() {
        Some(seconds) => wait(seconds),
        None => try_again.to_owned(),
    };
    let is_waiting = Signal::derive(move || left.get().is_some());
    view! {
        <BusyButton
            label
            emphasis
            is_busy=retry.is_busy
            is_disabled=is_waiting
            on_click=retry.on_retry
        />
    }
}

/// Who can help: as the backend says, or for the app's own problems a staff code
/// of the same form.
fn support(error: &ApiError, local: impl FnOnce(LocalProblem) -> Support) -> Option<Support> {
    let problem = match error {
        ApiError::Problem(problem) => return problem.support.clone(),
        ApiError::Offline => LocalProblem::Offline,
        ApiError::Timeout => LocalProblem::Timeout,
        ApiError::Gateway { .. } => LocalProblem::Gateway,
        ApiError::Unreadable => LocalProblem::UnreadableReply,
    };
    Some(local(problem))
}
