//! The one presentation of a problem: in place of a page, or as a notice in it.

use core::time::Duration;

use kabao_core::{
    domain::{id::AccountId, staff_code::LocalProblem, support::Support, timestamp::Timestamp},
    machine::sign_in::SignInState,
    problem::{ApiError, ProblemCode},
    route::Route,
};
use leptos::prelude::*;

use super::{retry::Retry, signed_out::SignedOut};
use crate::{
    browser::{boot, clock, page},
    components::{
        button::{BusyButton, Button, Emphasis},
        notice::Notice,
        problem_panel::{ProblemPanel, Sign, StaffCode, SupportPanel},
        qr_code::QrPicture,
        skeleton::Skeleton,
    },
    i18n::{Mender, ProblemWording, use_wording},
    router::use_router,
    store::{
        failure::Failure,
        session::{Session, use_session},
    },
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
            let explanation = (wording.explain)(&error);
            let support = support(&error, explanation.mender, session);
            let way_on = match wallet_to_open(&error) {
                Some(account) => Some(view! { <OpenWallet account /> }.into_any()),
                None => {
                    retry.map(|retry| retry_button(retry, &error, Emphasis::Primary).into_any())
                }
            };
            let sign = sign(&error, explanation.mender);
            view! {
                <ProblemPanel explanation sign support>
                    {way_on}
                    {children}
                </ProblemPanel>
            }
            .into_any()
        }
    }
}

fn sign(error: &ApiError, mender: Mender) -> Sign {
    match (error, error.code(), mender) {
        (ApiError::Offline | ApiError::Timeout, ..) => Sign::Network,
        (
            _,
            Some(
                ProblemCode::NotFound
                | ProblemCode::CardNotFound
                | ProblemCode::ClaimNotFound
                | ProblemCode::TermsNotFound
                | ProblemCode::TableCodeUnknown(_),
            ),
            _,
        ) => Sign::NotFound,
        (.., Mender::Shop) => Sign::Shop,
        (.., Mender::Time) => Sign::Time,
        (.., Mender::Diner | Mender::Provider) => Sign::General,
    }
}

/// The wallet to go on with, where the page is for something that the fan does not
/// have: trying again can't help.
fn wallet_to_open(error: &ApiError) -> Option<AccountId> {
    let is_gone = matches!(
        error.code()?,
        ProblemCode::NotFound | ProblemCode::Forbidden | ProblemCode::CardNotFound
    );
    match use_router().route_untracked() {
        Route::Wallet(_) => None,
        route => route.account().cloned().filter(|_| is_gone),
    }
}

#[component]
fn OpenWallet(account: AccountId) -> impl IntoView {
    let router = use_router();
    let label = ProblemWording::in_use().open_wallet;
    let open = Callback::new(move |()| router.replace(Route::Wallet(account.clone())));
    view! { <Button label emphasis=Emphasis::Primary on_click=open /> }
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
                let support = Some(session.local_support(LocalProblem::SignInFailed.number()));
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
    // The problem's own title tells what happened; another one does not.
    let text = match (title, text) {
        (None, None) => explanation.next_step.to_owned(),
        (_, text) => {
            let sentences = [
                text,
                Some(explanation.happened),
                Some(explanation.next_step),
            ];
            (wording.paragraph)(&sentences.into_iter().flatten().collect::<Vec<_>>())
        }
    };
    let retry = retry.map(|retry| retry_button(retry, &error, Emphasis::Secondary));
    let helpers = helpers(&error, explanation.mender);
    view! {
        <Notice title=title.unwrap_or(explanation.title) text>
            {retry}
            {helpers}
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

/// Who can help, beside what the page shows: the people to turn to where the
/// problem is theirs, else no more than the code that they would ask for.
fn helpers(error: &ApiError, mender: Mender) -> Option<AnyView> {
    match mender {
        Mender::Shop | Mender::Provider => support(error, mender, use_session())
            .map(|support| view! { <SupportPanel support /> }.into_any()),
        Mender::Diner | Mender::Time => reported_support(error)
            .map(|support| view! { <StaffCode code=support.staff_code /> }.into_any()),
    }
}

/// Who can help: as the backend says. Where it names nobody, and the words ask
/// for a staff code or there is no backend, one of the same form.
fn support(error: &ApiError, mender: Mender, session: Session) -> Option<Support> {
    if *error == ApiError::Unreadable {
        boot::report(error.staff_number());
    }
    let needs_code = error.code().is_none() || mender == Mender::Provider;
    let local = || session.local_support(error.staff_number());
    reported_support(error).or_else(|| needs_code.then(local))
}

fn reported_support(error: &ApiError) -> Option<Support> {
    match error {
        ApiError::Problem(problem) => problem.support.clone(),
        _ => None,
    }
}
