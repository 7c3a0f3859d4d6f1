//! What a card is and what is on it.

use kabao_core::{
    domain::{card::Card, id::CardId, merchant::Merchant},
    wire::card::CardInFull,
};
use leptos::prelude::*;

use super::{facts::Facts, lapses::Lapses, level::LevelPanel, number::NumberPanel};
use crate::{
    components::{
        card_face::{CardFace, CardFaceSize},
        card_next_step::CardNextStep,
        toast::Toast,
    },
    pages::{card_links::ShowCodeButton, load::Load},
    store::network::use_network,
};

/// The card, built anew only when it is another one or has changed.
#[component]
pub(super) fn Details(load: Load<CardInFull>, toast: RwSignal<Option<Toast>>) -> impl IntoView {
    let as_of = Memo::new(move |_| load.data().with(|data| Some(data.as_ref()?.as_of)));
    let shown = Memo::new(move |_| {
        load.data().with(|data| {
            let CardInFull { card, merchant, .. } = data.as_ref()?;
            Some((card.clone(), merchant.clone()))
        })
    });
    move || {
        let (card, merchant) = shown.get()?;
        let status = card.status;
        let code = status.is_usable().then(|| card.id.clone());
        let level = card.level.clone();
        Some(view! {
            <Face card=card.clone() merchant code />
            <CardNextStep status />
            <Lapses card=card.clone() />
            <NumberPanel number=card.number.clone() toast />
            <LevelPanel level points=card.points />
            <Facts card as_of />
        })
    }
}

/// The card's face, with the way to its code. Its number is masked without a
/// network, as in the wallet.
#[component]
fn Face(
    card: Card,
    merchant: Merchant,
    /// The card, while it has a code.
    code: Option<CardId>,
) -> impl IntoView {
    let network = use_network();
    move || {
        let mut card = card.clone();
        if !network.is_online() {
            card.number = card.number.masked();
        }
        let code = code.clone();
        view! {
            <CardFace card merchant=merchant.clone() size=CardFaceSize::Full>
                {code.map(|card| view! { <ShowCodeButton card /> })}
            </CardFace>
        }
    }
}
