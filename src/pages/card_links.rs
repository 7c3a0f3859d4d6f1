//! Ways to a card, to its member code, and to the claim.

use kabao_core::{
    domain::{card::Card, id::CardId, merchant::Merchant},
    route::Route,
};
use leptos::prelude::*;

use crate::{
    components::{
        button::{Button, Emphasis},
        card_face::OpenAction,
    },
    i18n::use_wording,
    router::{Router, use_router},
    store::claim::use_claim_slot,
};

/// The way to a card's own page.
pub(super) fn open_action(router: Router, card: &Card, merchant: &Merchant) -> Option<OpenAction> {
    let wording = &use_wording().card;
    let route = Route::Card(router.route_untracked().account()?.clone(), card.id.clone());
    Some(OpenAction {
        label: (wording.open)(&merchant.name, card.number.last_four()),
        href: router.href(&route),
        on_click: Callback::new(move |()| router.push(route.clone())),
    })
}

/// The button that leads to a card's member code.
#[component]
pub(super) fn ShowCodeButton(card: CardId) -> impl IntoView {
    let router = use_router();
    let show = Callback::new(move |()| {
        if let Some(account) = router.route_untracked().account() {
            router.push(Route::Code(account.clone(), card.clone()));
        }
    });
    view! { <Button label=use_wording().wallet.show_code emphasis=Emphasis::OnCard on_click=show /> }
}

/// Wallet and claim replace each other in the history, so that on iOS no toolbar
/// appears and Back leaves the page.
pub(super) fn to_claim(router: Router) -> Callback<()> {
    let claim = use_claim_slot();
    Callback::new(move |()| {
        claim.begin();
        if let Some(account) = router.route_untracked().account() {
            router.replace(Route::Claim(account.clone()));
        }
    })
}
