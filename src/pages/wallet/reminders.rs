//! What a fan should know of the cards, below the one in use. It is in the lazy
//! module; its place is on the first screen.

use kabao_core::domain::lapse::Lapse;
use leptos::prelude::*;

use crate::{
    components::lapse_row::LapseRow,
    pages::card_links::open_action,
    router::use_router,
    store::wallet::{WalletStore, use_wallet},
};

/// So many reminders are read; more are passed over.
pub(super) const COUNT: usize = 2;

fn lapses(wallet: WalletStore) -> Vec<Lapse> {
    let now = wallet.now();
    let lapses = wallet.with(|shown| Some(shown.wallet.lapses(now, COUNT)));
    lapses.unwrap_or_default()
}

/// What ends soon on any card, the soonest first.
#[component]
pub(crate) fn Reminders() -> impl IntoView {
    let wallet = use_wallet();
    let router = use_router();
    let lapses = Memo::new(move |_| lapses(wallet));
    move || {
        let current = wallet.with(|shown| shown.current.cloned());
        let row = |lapse: Lapse| {
            let (card, merchant) = wallet.card_untracked(&lapse.card)?;
            let open_action = open_action(router, &card, &merchant);
            let merchant = (current.as_ref() != Some(&lapse.card)).then_some(merchant.name);
            Some(view! { <li><LapseRow lapse merchant open_action /></li> })
        };
        let rows: Vec<_> = lapses.get().into_iter().filter_map(row).collect();
        (!rows.is_empty()).then(|| view! { <ul class="lapses">{rows}</ul> })
    }
}
