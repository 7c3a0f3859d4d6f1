//! What the fan most likely needs.

use kabao_core::domain::{
    card::Card,
    merchant::{Merchant, Retention},
    wallet::Lead,
};
use leptos::{html, prelude::*};

use super::current_card::CURRENT_CARD;
use crate::{
    browser::{motion, page},
    components::{
        avatar::Avatar,
        button::{Button, Emphasis},
    },
    i18n::use_wording,
    pages::card_links::to_claim,
    router::use_router,
    store::wallet::use_wallet,
};

/// Where a panel is, seen from the card in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeadPlace {
    /// For what is needed before a card can be used, and for a card that has just
    /// come back.
    Above,
    /// For what can wait while there is a card to use.
    Below,
}

impl LeadPlace {
    const fn of(lead: &Lead) -> Self {
        match lead {
            Lead::Claim | Lead::Switch(_) => Self::Above,
            Lead::ProvePhone | Lead::Nothing => Self::Below,
        }
    }
}

/// Finding an old card, using one that was found, or going on with a claim that
/// was begun; nothing where that belongs in the other place.
#[component]
pub(super) fn LeadPanel(place: LeadPlace) -> impl IntoView {
    let wording = &use_wording().wallet;
    let wallet = use_wallet();
    let to_claim = to_claim(use_router());
    let panel = move |title, text, label, emphasis| {
        view! {
            <div class="lead">
                <h2 class="lead__title">{title}</h2>
                <p class="lead__text">{text}</p>
                <Button label emphasis on_click=to_claim />
            </div>
        }
        .into_any()
    };
    move || {
        let lead = wallet.lead().filter(|lead| LeadPlace::of(lead) == place)?;
        let (has_open_claim, retention) = wallet.with(|shown| {
            let has_open_claim = shown.wallet.open_claim_id.is_some();
            Some((has_open_claim, shown.retention()))
        })?;
        if has_open_claim && lead != Lead::Nothing {
            return Some(panel(
                wording.continue_title,
                wording.continue_text,
                wording.continue_action,
                Emphasis::Primary,
            ));
        }
        match lead {
            Lead::Claim if retention == Retention::NotKept => Some(panel(
                wording.new_title,
                wording.new_text,
                wording.new_action,
                Emphasis::Primary,
            )),
            Lead::Claim => Some(panel(
                wording.claim_title,
                wording.claim_text,
                wording.claim_action,
                Emphasis::Primary,
            )),
            Lead::ProvePhone => Some(panel(
                wording.prove_title,
                wording.prove_text,
                wording.prove_action,
                Emphasis::Secondary,
            )),
            Lead::Switch(card) => {
                let (card, merchant) = wallet.card_untracked(&card)?;
                Some(view! { <FoundCard card merchant /> }.into_any())
            }
            Lead::Nothing => None,
        }
    }
}

/// The card that came back while another one is in use, and the way to use it.
#[component]
fn FoundCard(card: Card, merchant: Merchant) -> impl IntoView {
    let wording = use_wording();
    let wallet = use_wallet();
    let ending = (wording.card.ending_in)(card.number.last_four());
    let id = card.id.clone();
    let place = NodeRef::<html::Div>::new();
    let switch = Callback::new(move |()| {
        wallet.switch_to(id.clone());
        page::focus_soon(CURRENT_CARD);
        if let Some(place) = place.get_untracked() {
            motion::slide_from(&place, CURRENT_CARD);
        }
    });
    view! {
        <div node_ref=place class="lead lead--found">
            <Avatar name=merchant.name.clone() color=merchant.brand_color url=merchant.avatar_url />
            <div class="lead__card">
                <h2 class="lead__title">{wording.wallet.switch_title}</h2>
                <p class="lead__text">
                    <bdi>{merchant.name}</bdi>
                    " "
                    {ending}
                </p>
                <p class="lead__balance">{card.balance.to_string()}</p>
            </div>
            <Button label=wording.switching.finish emphasis=Emphasis::Primary on_click=switch />
        </div>
    }
}
