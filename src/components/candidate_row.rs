//! A card that may be the fan's, to be recognised and chosen.

use leptos::prelude::*;

use super::avatar::Avatar;
use crate::{
    copy::CardWording,
    domain::{
        card::CardKind,
        claim::{Candidate, Eligibility},
        money::grouped,
        wallet::Merchant,
    },
};

/// A candidate with a box to tick, or with the reason why there is none.
#[component]
pub fn CandidateRow(
    /// The candidate.
    candidate: Candidate,
    /// Its merchant.
    merchant: Option<Merchant>,
    /// Whether it is chosen.
    is_chosen: Signal<bool>,
    /// Chooses it or leaves it out. Without it the card can't be chosen.
    on_toggle: Option<Callback<()>>,
    /// The words on it.
    wording: &'static CardWording,
    /// Why it can't be chosen.
    reason: fn(Eligibility) -> &'static str,
) -> impl IntoView {
    let Candidate { card, eligibility } = candidate;
    let (name, avatar_url) = merchant
        .map(|merchant| (merchant.name, merchant.avatar_url))
        .unwrap_or_default();
    let kind = match card.kind {
        CardKind::Online => Some(wording.kind_online),
        CardKind::Physical => Some(wording.kind_physical),
        CardKind::Unknown => None,
    };
    let facts: Vec<_> = [
        kind.map(str::to_owned),
        Some(card.level.name),
        card.holder_name,
    ]
    .into_iter()
    .flatten()
    .filter(|fact| !fact.is_empty())
    .map(|fact| view! { <li>{fact}</li> })
    .collect();
    let box_to_tick = on_toggle.map(|on_toggle| {
        view! {
            <input
                type="checkbox"
                class="candidate__box"
                prop:checked=is_chosen
                on:change=move |_| on_toggle.run(())
            />
        }
    });
    let why_not = (eligibility != Eligibility::Selectable)
        .then(|| view! { <p class="candidate__reason">{reason(eligibility)}</p> });
    view! {
        <label
            class="candidate"
            class:candidate--chosen=is_chosen
            class:candidate--unavailable=on_toggle.is_none()
        >
            {box_to_tick}
            <span class="candidate__avatar">
                <Avatar name=name.clone() url=avatar_url />
            </span>
            <span class="candidate__body">
                <span class="candidate__name">{name}</span>
                <span class="candidate__number">{card.number.grouped()}</span>
                <ul class="candidate__facts">{facts}</ul>
                {card
                    .previous_account_name
                    .as_deref()
                    .map(|name| {
                        view! { <span class="candidate__from">{(wording.from_account)(name)}</span> }
                    })}
                {why_not}
            </span>
            <span class="candidate__worth">
                <span class="candidate__balance">{card.balance.to_string()}</span>
                <span class="candidate__points">
                    {format!("{} {}", wording.points, grouped(card.points))}
                </span>
            </span>
        </label>
    }
}
