//! The card in use.

use kabao_core::domain::{card::Card, merchant::Merchant};
use leptos::prelude::*;

use crate::{
    components::{
        button::CallButton,
        card_face::{CardFace, CardFaceSize},
        card_next_step::CardNextStep,
    },
    i18n::use_wording,
    pages::card_links::{ShowCodeButton, open_action},
    router::use_router,
    store::{network::use_network, wallet::use_wallet},
};

/// The element that gets the focus after a switch.
pub(super) const CURRENT_CARD: &str = "current-card";

/// The card in use, and its member code one tap away.
#[component]
pub(super) fn CurrentCard() -> impl IntoView {
    let wallet = use_wallet();
    let network = use_network();
    let card = move || {
        let (mut card, merchant) = wallet.with(|shown| shown.wallet.described(shown.card()?))?;
        if !network.is_online() {
            card.number = card.number.masked();
        }
        Some(view! { <Card card merchant /> })
    };
    view! {
        <section id=CURRENT_CARD class="wallet__current" tabindex="-1" aria-live="polite">
            {card}
        </section>
    }
}

#[component]
fn Card(card: Card, merchant: Merchant) -> impl IntoView {
    let router = use_router();
    let call_shop = use_wording().app.call_shop;
    let status = card.status;
    let call = (!status.is_usable())
        .then(|| merchant.phone.clone())
        .flatten()
        .map(|phone| view! { <CallButton label=call_shop phone /> });
    let open_action = open_action(router, &card, &merchant);
    let id = card.id.clone();
    view! {
        <CardFace card merchant size=CardFaceSize::Full is_in_use=true open_action>
            {status.is_usable().then(|| view! { <ShowCodeButton card=id /> })}
        </CardFace>
        <CardNextStep status />
        {call}
    }
}
