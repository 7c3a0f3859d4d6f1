//! A card that may be the fan's, to be recognised and chosen.

use kabao_core::domain::{
    brand_color::{BrandColor, Ink},
    card::{Card, CardKind, CardStatus},
    claim::{Candidate, Eligibility},
    merchant::Merchant,
    money::grouped,
};
use leptos::prelude::*;

use super::avatar::Avatar;
use crate::i18n::{CardPageWording, ClaimWording, use_wording};

/// A candidate with a box to tick, or with the reason why it can't be chosen.
#[component]
pub fn CandidateRow(
    candidate: Candidate,
    #[prop(optional_no_strip)] merchant: Option<Merchant>,
    #[prop(into)] is_chosen: Signal<bool>,
    on_toggle: Callback<bool>,
) -> impl IntoView {
    let Candidate { card, eligibility } = candidate;
    let colors = merchant.as_ref().map(|it| it.brand_color.card_face());
    let ink = colors.map(|colors| colors.ink);
    let color = merchant
        .as_ref()
        .map_or(BrandColor::NEUTRAL, |merchant| merchant.brand_color);
    let (name, url) = merchant.map_or_else(Default::default, |it| (it.name, it.avatar_url));
    let picture = view! {
        <span class="candidate__avatar">
            <Avatar name=name.clone() color url />
        </span>
    };
    if eligibility != Eligibility::Selectable {
        let reason = (ClaimWording::in_use().not_selectable)(eligibility);
        let reason = view! { <span class="candidate__reason">{reason}</span> };
        return view! {
            <div class="card-face candidate candidate--unavailable">
                {picture} {body(&card, name, Some(reason.into_any()))}
            </div>
        }
        .into_any();
    }
    let frozen = (card.status == CardStatus::Frozen).then(|| {
        let text = ClaimWording::in_use().frozen;
        view! { <span class="candidate__reason">{text}</span> }.into_any()
    });
    view! {
        <label
            class="card-face candidate"
            class:card-face--dark-ink=ink == Some(Ink::Dark)
            class:card-face--light-ink=ink == Some(Ink::Light)
            class:candidate--chosen=is_chosen
            style:--face-start=colors.map(|colors| colors.start.css())
            style:--face-end=colors.map(|colors| colors.end.css())
        >
            <input
                type="checkbox"
                class="candidate__box"
                prop:checked=is_chosen
                on:change=move |event| on_toggle.run(event_target_checked(&event))
            />
            {picture}
            {body(&card, name, frozen)}
        </label>
    }
    .into_any()
}

/// What the card is recognised by.
fn body(card: &Card, name: String, reason: Option<AnyView>) -> impl IntoView + use<> {
    let wording = CardPageWording::in_use();
    let kind = match card.kind {
        CardKind::Online => wording.kind_online,
        CardKind::Physical => wording.kind_physical,
        CardKind::Unknown => "",
    };
    let level = card.level.name.clone();
    let holder = card.holder_name.clone().unwrap_or_default();
    let facts: Vec<_> = [kind.to_owned(), level, holder]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .map(|fact| view! { <span class="candidate__fact">{fact}</span> })
        .collect();
    let origin = card.previous_account_name.as_deref().map(|name| {
        let text = (use_wording().card.from_account)(name);
        view! { <span class="candidate__from name">{text}</span> }
    });
    view! {
        <span class="candidate__body">
            <span class="candidate__head">
                <span class="candidate__title">
                    <span class="candidate__name name">{name}</span>
                    <span class="candidate__number">{card.number.grouped()}</span>
                </span>
                {worth(card)}
            </span>
            <span class="candidate__facts">{facts}</span>
            {origin}
            {reason}
        </span>
    }
}

fn worth(card: &Card) -> impl IntoView + use<> {
    let points = format!("{} {}", use_wording().card.points, grouped(card.points));
    view! {
        <span class="candidate__worth">
            <span class="candidate__balance">{card.balance.to_string()}</span>
            <span class="candidate__points">{points}</span>
        </span>
    }
}
