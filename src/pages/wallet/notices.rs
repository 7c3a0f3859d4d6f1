//! What should be known about the wallet as it is shown. It is in the lazy
//! module: nothing of it is there when the wallet is first shown.

use leptos::{html, prelude::*};

use crate::{
    browser::page,
    components::{
        button::{Button, Emphasis},
        notice::Notice,
    },
    i18n::use_wording,
    pages::{problem::ProblemNotice, retry::Retry},
    store::wallet::{SwitchFailure, use_wallet},
};

/// What went wrong, with the way on.
#[component]
pub(crate) fn WalletNotices() -> impl IntoView {
    view! {
        <StaleNotice />
        <UnfinishedSwitch />
        <SwitchProblem />
    }
}

/// Says that what is shown could not be refreshed, and tries again.
#[component]
fn StaleNotice() -> impl IntoView {
    let wording = use_wording();
    let wallet = use_wallet();
    move || {
        let failure = wallet.failure()?;
        let retry = Some(Retry::of_wallet(wallet));
        Some(view! { <ProblemNotice failure title=Some(wording.wallet.stale) retry /> })
    }
}

/// Why a switch did not happen, for every page on which cards are switched. It is
/// told once: the next page does not tell it again.
#[component]
pub(in crate::pages) fn SwitchProblem() -> impl IntoView {
    let wording = &use_wording().switching;
    let wallet = use_wallet();
    on_cleanup(move || wallet.dismiss_switch_failure());
    let problem = move || {
        let (failure, text) = match wallet.switch_failure()? {
            SwitchFailure::NotDone(failure) => (failure, wording.undone),
            SwitchFailure::OutcomeUnknown(failure) => (failure, wording.outcome_unknown),
            SwitchFailure::WalletKeptChanging => {
                let title = wording.kept_changing;
                return Some(view! { <Notice title text=wording.undone /> }.into_any());
            }
        };
        Some(view! { <ProblemNotice failure text=Some(text) /> }.into_any())
    };
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let (Some(_), Some(place)) = (wallet.switch_failure(), place.get()) {
            page::scroll_up_to(place.into());
        }
    });
    view! {
        <div node_ref=place role="alert">
            {problem}
        </div>
    }
}

/// Offers a switch again that was interrupted, by signing in for example.
#[component]
fn UnfinishedSwitch() -> impl IntoView {
    let wording = &use_wording().switching;
    let wallet = use_wallet();
    move || {
        let (card, merchant) = wallet.card_untracked(&wallet.unfinished()?)?;
        let title = (wording.unfinished)(&merchant.name, card.number.last_four());
        let finish = Callback::new(move |()| wallet.switch_to(card.id.clone()));
        let dismiss = Callback::new(move |()| wallet.dismiss_unfinished());
        Some(view! {
            <Notice title text=wording.undone>
                <Button label=wording.finish emphasis=Emphasis::Primary on_click=finish />
                <Button label=wording.keep emphasis=Emphasis::Quiet on_click=dismiss />
            </Notice>
        })
    }
}
