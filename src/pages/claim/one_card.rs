//! The third step when one card was found, which is a question.

use kabao_core::domain::{
    card::{Card, CardKind, CardStatus},
    claim::Candidate,
    merchant::Merchant,
};
use leptos::prelude::*;

use super::step_title::StepTitle;
use crate::{
    components::card_face::{CardFace, CardFaceSize},
    i18n::{CardPageWording, ClaimWording},
};

/// Asks whether the card is the fan's, and shows it as large as it will be.
#[component]
pub(super) fn OneCard(
    candidate: Candidate,
    merchant: Merchant,
    phone_masked: String,
) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let Candidate { card, .. } = candidate;
    let frozen = (card.status == CardStatus::Frozen)
        .then(|| view! { <p class="claim__warning">{wording.frozen}</p> });
    let marks = marks(&card);
    view! {
        <StepTitle title=wording.one_title />
        <p class="claim__introduction">{(wording.one_text)(&phone_masked)}</p>
        <div class="claim__arrival">
            <CardFace card merchant size=CardFaceSize::Full>
                {marks}
            </CardFace>
        </div>
        {frozen}
    }
}

/// What else the card is recognised by: whose it is, and of what kind.
fn marks(card: &Card) -> impl IntoView + use<> {
    let kinds = CardPageWording::in_use();
    let kind = match card.kind {
        CardKind::Online => Some(kinds.kind_online),
        CardKind::Physical => Some(kinds.kind_physical),
        CardKind::Unknown => None,
    };
    let holder = card.holder_name.as_deref().map(
        |name| view! { <span class="claim__holder">{(ClaimWording::in_use().holder)(name)}</span> },
    );
    view! {
        <p class="claim__marks">
            {holder} {kind.map(|kind| view! { <span>{kind}</span> })}
        </p>
    }
}
