use kabao_core::domain::card::Card;
use leptos::prelude::*;

use crate::{components::lapse_row::LapseRow, store::wallet::use_wallet};

/// What on this card ends soon, the soonest first.
#[component]
pub(super) fn Lapses(card: Card) -> impl IntoView {
    let wallet = use_wallet();
    let lapses = Memo::new(move |_| card.lapses(wallet.now()));
    move || {
        let row = |lapse| view! { <li><LapseRow lapse /></li> };
        let rows: Vec<_> = lapses.get().into_iter().map(row).collect();
        (!rows.is_empty()).then(|| view! { <ul class="lapses">{rows}</ul> })
    }
}
