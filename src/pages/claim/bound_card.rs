//! The cards that came back.

use kabao_core::domain::{card::Card, money::Money};
use leptos::prelude::*;

use crate::{
    components::{
        card_face::{AvatarAction, CardFace, CardFaceSize},
        count_up::CountUp,
    },
    i18n::use_wording,
    store::wallet::use_wallet,
};

/// The cards, in full where it is one.
#[component]
pub(super) fn BoundCards(
    cards: Vec<Card>,
    /// What their balances come to, on its way up.
    counted: Signal<Money>,
) -> impl IntoView {
    let size = match cards.as_slice() {
        [_] => CardFaceSize::Full,
        _ => CardFaceSize::Compact,
    };
    let cards: Vec<_> = cards
        .into_iter()
        .map(|card| {
            view! {
                <li class="claim__arrival">
                    <BoundCard card size counted />
                </li>
            }
        })
        .collect();
    view! { <ul class="claim__bound">{cards}</ul> }
}

#[component]
fn BoundCard(card: Card, size: CardFaceSize, counted: Signal<Money>) -> impl IntoView {
    let wording = &use_wording().switching;
    let wallet = use_wallet();
    let id = card.id.clone();
    let is_in_use = Memo::new(move |_| {
        wallet
            .with(|shown| Some(shown.current == Some(&id)))
            .unwrap_or_default()
    });
    let merchant = {
        let id = card.merchant_id.clone();
        Memo::new(move |_| wallet.with(|shown| shown.wallet.merchant(&id).cloned()))
    };
    move || {
        let merchant = merchant.get()?;
        let is_in_use = is_in_use.get();
        let avatar_action = (!is_in_use && card.status.is_usable()).then(|| {
            let id = card.id.clone();
            AvatarAction {
                label: (wording.switch_to)(&merchant.name, card.number.last_four()),
                on_click: Callback::new(move |()| wallet.switch_to(id.clone())),
            }
        });
        let balance = (size == CardFaceSize::Full).then(|| counting(card.balance, counted));
        Some(view! {
            <CardFace card=card.clone() merchant size is_in_use avatar_action balance />
        })
    }
}

/// The balance on its way up, and what a screen reader reads in its place.
fn counting(total: Money, counted: Signal<Money>) -> AnyView {
    view! {
        <span class="unseen">{total.to_string()}</span>
        <CountUp total shown=counted />
    }
    .into_any()
}
