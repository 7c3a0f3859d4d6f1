//! Recovering an old card: phone, code, cards, done.

mod bound_card;
mod candidates;
mod captcha;
mod choose_step;
mod code_step;
mod countdown;
mod done_step;
mod main_action;
mod messages;
mod nothing_step;
mod one_card;
mod other_ways;
mod phone_step;
mod send_code_button;
mod step_title;
mod trouble;

use kabao_core::{
    domain::id::{AccountId, CardId},
    machine::{
        claim::{
            effect::Toast as ClaimToast,
            placement::StepKind,
            state::{ClaimState, Screen, Step},
        },
        sign_in::SignInState,
    },
    route::Route,
};
use leptos::prelude::*;

use self::{
    choose_step::ChooseStep,
    code_step::CodeStep,
    done_step::{DoneStep, Finale},
    nothing_step::NothingStep,
    phone_step::PhoneStep,
    trouble::Blocked,
};
use super::problem::ProblemPage;
use crate::{
    browser::page,
    components::{
        app_bar::BackLink,
        skeleton::Skeleton,
        toast::{Toast, ToastHost},
    },
    i18n::{ClaimWording, use_wording},
    router::use_router,
    store::{claim::use_claim, failure::Failure, session::use_session},
};

/// The claim, at the step where it stands. After a reload, after signing in
/// again, or after the app was killed, that is the step where the fan left.
#[component]
pub(crate) fn ClaimPage(account: AccountId) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let router = use_router();
    claim.open(&account);
    Effect::new(move || page::set_title((wording.title)(claim.with(ClaimState::retention))));
    // Back from what follows the last step, the fan has seen what came back.
    let finale = untrack(|| {
        claim.with(|state| match state.step() {
            Step::Done(_) => Finale::Over,
            _ => Finale::Ahead,
        })
    });
    let code_account = account.clone();
    let to_code = Callback::new(move |card| router.push(Route::Code(code_account.clone(), card)));
    let wallet = Route::Wallet(account);
    let back_href = router.href(&wallet);
    let to_wallet = Callback::new(move |()| router.replace(wallet.clone()));
    let toast = RwSignal::new(None::<Toast>);
    Effect::new(move || {
        if claim.toast.get() == Some(ClaimToast::CodeResent) {
            claim.toast.set(None);
            toast.set(Some(wording.resent.into()));
        }
    });
    view! {
        <header class="page-header">
            <BackLink label=use_wording().app.title href=back_href on_back=to_wallet />
        </header>
        <Body finale to_wallet to_code />
        <ToastHost message=toast />
    }
}

/// The step, or what stands in its way. It is built anew only when the step is
/// another one, so that replies take neither the keyboard nor the focus away.
#[component]
fn Body(finale: Finale, to_wallet: Callback<()>, to_code: Callback<CardId>) -> impl IntoView {
    let claim = use_claim();
    let session = use_session();
    // A fan who signs out, or could not, still has the claim.
    let must_sign_in = Memo::new(move |_| {
        session.with_state(|state| {
            !matches!(
                state,
                SignInState::SignedIn | SignInState::SigningOut | SignInState::SignOutFailed(_)
            )
        })
    });
    let screen = Memo::new(move |_| claim.with(ClaimState::screen));
    move || {
        if must_sign_in.get() {
            return view! { <ProblemPage failure=Failure::NotSignedIn /> }.into_any();
        }
        let step = match screen.get() {
            Screen::Blocked => return view! { <Blocked /> }.into_any(),
            Screen::Step(step) => step,
        };
        match step {
            StepKind::Loading => view! { <Loading /> }.into_any(),
            StepKind::Phone => view! { <PhoneStep /> }.into_any(),
            StepKind::Code => view! { <CodeStep /> }.into_any(),
            StepKind::Choose => view! { <ChooseStep /> }.into_any(),
            StepKind::NothingFound => view! { <NothingStep /> }.into_any(),
            StepKind::Done => view! { <DoneStep finale to_wallet to_code /> }.into_any(),
        }
    }
}

#[component]
fn Loading() -> impl IntoView {
    let claim = use_claim();
    let title = move || (ClaimWording::in_use().title)(claim.with(ClaimState::retention));
    view! {
        <h1 class="unseen">{title}</h1>
        <Skeleton label=use_wording().app.loading />
    }
}
