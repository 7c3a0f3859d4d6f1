//! What a fan should know of the cards, below the one in use. What is read is in
//! the lazy module; its room is on the first screen.

use kabao_core::domain::lapse::Lapse;
use leptos::prelude::*;

use super::account_changed::AccountChanged;
use crate::{
    components::lapse_row::LapseRow,
    pages::{
        card_links::open_action,
        lazy::{LazyPart, Part},
    },
    router::use_router,
    store::wallet::{WalletStore, use_wallet},
};

/// So many reminders are read; more are passed over.
const COUNT: usize = 2;

fn lapses(wallet: WalletStore) -> Vec<Lapse> {
    let now = wallet.now();
    let lapses = wallet.with(|shown| Some(shown.wallet.lapses(now, COUNT)));
    lapses.unwrap_or_default()
}

/// The place of [`Reminders`]. It is as high as they will be, so that no card
/// moves under a finger when they come.
#[component]
pub(super) fn RemindersPlace() -> impl IntoView {
    let rows = untrack(|| lapses(use_wallet()).len());
    view! {
        <div class="wallet__reminders" style=format!("--rows:{rows}")>
            <LazyPart part=Part::Reminders />
        </div>
    }
}

/// What ends soon on any card, the soonest first, and that the account has changed.
#[component]
pub(crate) fn Reminders() -> impl IntoView {
    let wallet = use_wallet();
    let router = use_router();
    let lapses = Memo::new(move |_| lapses(wallet));
    let rows = move || {
        let current = wallet.with(|shown| shown.current.cloned());
        let row = |lapse: Lapse| {
            let (card, merchant) = wallet.card_untracked(&lapse.card)?;
            let open_action = open_action(router, &card, &merchant);
            let merchant = (current.as_ref() != Some(&lapse.card)).then_some(merchant.name);
            Some(view! { <li><LapseRow lapse merchant open_action /></li> })
        };
        let rows: Vec<_> = lapses.get().into_iter().filter_map(row).collect();
        (!rows.is_empty()).then(|| view! { <ul class="lapses">{rows}</ul> })
    };
    view! {
        {rows}
        <AccountChanged />
    }
}
