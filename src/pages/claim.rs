//! Recovering an old card: phone, code, cards, done.

mod choose_step;
mod code_step;
mod done_step;
mod flow;
mod nothing_step;
mod phone_step;

use leptos::{prelude::*, task::spawn_local};

use self::{
    choose_step::ChooseStep,
    code_step::CodeStep,
    done_step::DoneStep,
    flow::{Blocked, ClaimFlow},
    nothing_step::NothingStep,
    phone_step::PhoneStep,
};
use super::failure::FailureView;
use crate::{
    api::problem::ProblemCode,
    browser::page,
    components::{
        button::{Button, Emphasis},
        page_header::PageHeader,
        skeleton::Skeleton,
        toast::Toast,
    },
    context::{Failure, use_app},
    domain::{
        card::AccountId,
        claim::{Step, step},
    },
    route::Route,
};

/// The element that gets the focus when a step begins.
const STEP_TITLE: &str = "step-title";

/// The claim, at the step where it stands. After a reload, after signing in
/// again, or after the app was killed, that is the step where the fan left.
#[component]
pub fn ClaimPage(
    /// The account that the fan is in.
    account: AccountId,
) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    let flow = ClaimFlow::new(app, account.clone());
    let is_loading = RwSignal::new(true);
    let load_failure = RwSignal::new(None::<Failure>);
    page::set_title(wording.claim.title);

    let load = {
        let account = account.clone();
        move || {
            let account = account.clone();
            spawn_local(async move {
                let result = resume(flow, &account).await;
                let _ = load_failure.try_set(result.err());
                let _ = is_loading.try_set(false);
            });
        }
    };
    load();
    let retry = Callback::new(move |()| {
        is_loading.set(true);
        load();
    });

    let wallet_route = Route::Wallet(account);
    let back_href = app.href(&wallet_route);
    let to_wallet = Callback::new(move |()| app.replace(wallet_route.clone()));
    let current_step = Memo::new(move |_| flow.claim.with(|claim| step(claim.as_ref())));
    view! {
        <PageHeader
            title=wording.claim.title
            back_label=wording.app.title
            back_href
            on_back=to_wallet
        />
        {move || {
            if is_loading.get() {
                return view! { <Skeleton label=wording.app.loading /> }.into_any();
            }
            if let Some(failure) = load_failure.get() {
                return view! { <FailureView failure on_retry=retry /> }.into_any();
            }
            if let Some(blocked) = flow.blocked.get() {
                return view! { <BlockedView flow blocked /> }.into_any();
            }
            match current_step.get() {
                Step::Phone(beginning) => view! { <PhoneStep flow beginning /> }.into_any(),
                Step::Code(code) => view! { <CodeStep flow code /> }.into_any(),
                Step::Choose(findings) => view! { <ChooseStep flow findings /> }.into_any(),
                Step::NothingFound(findings) => view! { <NothingStep flow findings /> }.into_any(),
                Step::Done(cards) => view! { <DoneStep flow cards on_done=to_wallet /> }.into_any(),
            }
        }}
        <Toast message=flow.toast />
    }
}

/// Finds out where the fan left: the wallet names the open claim, and the claim
/// knows its step.
async fn resume(flow: ClaimFlow, account: &AccountId) -> Result<(), Failure> {
    let client = flow.app.client();
    let wallet = client
        .wallet(account)
        .await
        .map_err(|error| flow.app.fail(account, error))?;
    let open_claim = wallet.open_claim_id.clone();
    flow.app.remember(wallet);
    let Some(id) = open_claim else {
        return Ok(());
    };
    match client.claim(account, &id).await {
        Ok(claim) => {
            let _ = flow.claim.try_set(Some(claim));
            Ok(())
        }
        Err(error) if error.code() == Some(&ProblemCode::ClaimNotFound) => Ok(()),
        Err(error) => Err(flow.app.fail(account, error)),
    }
}

/// A problem that stands in the way of the step. What was typed is kept.
#[component]
fn BlockedView(flow: ClaimFlow, blocked: Blocked) -> impl IntoView {
    let wording = flow.app.wording();
    let Blocked { failure, retry } = blocked;
    let back = Callback::new(move |()| flow.blocked.set(None));
    let on_retry = retry.map(|action| Callback::new(move |()| flow.submit(action.clone())));
    match on_retry {
        Some(on_retry) => view! {
            <FailureView failure on_retry>
                <Button label=wording.app.back emphasis=Emphasis::Secondary on_press=back />
            </FailureView>
        }
        .into_any(),
        None => view! {
            <FailureView failure>
                <Button label=wording.app.back emphasis=Emphasis::Secondary on_press=back />
            </FailureView>
        }
        .into_any(),
    }
}
