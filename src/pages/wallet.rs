//! The card wallet.

mod account_changed;
mod age;
mod current_card;
pub(super) mod footer;
mod lead;
pub(super) mod list_mover;
pub(super) mod list_window;
pub(super) mod notices;
mod other_cards;
pub(super) mod problem;
pub(super) mod reminders;
mod reminders_place;
pub(super) mod search;
mod strip;
pub(super) mod switch_toast;

use kabao_core::domain::id::AccountId;
use leptos::prelude::*;

use self::{
    age::Age,
    current_card::CurrentCard,
    lead::{LeadPanel, LeadPlace},
    other_cards::OtherCards,
    reminders_place::RemindersPlace,
    strip::Strip,
};
use super::lazy::{self, LazyPart, Part};
use crate::{
    browser::{boot, page},
    components::skeleton::Skeleton,
    i18n::use_wording,
    store::wallet::use_wallet,
};

/// The card in use, the other cards, and what the fan most likely needs.
#[component]
pub fn WalletPage(account: AccountId) -> impl IntoView {
    let wording = use_wording();
    let wallet = use_wallet();
    page::set_title(wording.app.title);
    wallet.open(&account);
    page::on_return(move || wallet.refresh());
    // A reply that changes neither leaves the page as it is: its lists, the focus
    // and the place to which it is scrolled.
    let is_known = Memo::new(move |_| wallet.is_known());
    let has_failed = Memo::new(move |_| wallet.has_failed());
    view! {
        {move || {
            if is_known.get() {
                boot::app_is_ready();
                view! { <Wallet /> }.into_any()
            } else if has_failed.get() {
                boot::app_is_ready();
                view! { <LazyPart part=Part::WalletProblem /> }.into_any()
            } else {
                boot::app_is_waiting();
                view! {
                    <h1 class="unseen">{wording.app.title}</h1>
                    <Skeleton label=wording.app.loading />
                }
                    .into_any()
            }
        }}
    }
}

/// Everything that the wallet holds.
#[component]
fn Wallet() -> impl IntoView {
    lazy::fetch_code();
    view! {
        <Strip />
        <LazyPart part=Part::WalletNotices />
        <LeadPanel place=LeadPlace::Above />
        <Age />
        <CurrentCard />
        <LeadPanel place=LeadPlace::Below />
        <RemindersPlace />
        <OtherCards />
        <LazyPart part=Part::WalletFooter />
        <LazyPart part=Part::SwitchToast />
    }
}
