use kabao_core::domain::card::CardStatus;
use leptos::prelude::*;

use crate::i18n::use_wording;

/// What to do about a card that can't be used.
#[component]
pub fn CardNextStep(status: CardStatus) -> impl IntoView {
    let wording = &use_wording().card;
    let text = match status {
        CardStatus::Active | CardStatus::Unknown => None,
        CardStatus::Frozen => Some(wording.frozen_next_step),
        CardStatus::Lost => Some(wording.lost_next_step),
        CardStatus::Expired => Some(wording.expired_next_step),
    };
    text.map(|text| view! { <p class="wallet__next-step">{text}</p> })
}
