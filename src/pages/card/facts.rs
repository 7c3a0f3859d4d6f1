use kabao_core::domain::{
    card::{Card, CardKind, CardOrigin},
    timestamp::{Timestamp, UtcOffset},
};
use leptos::prelude::*;

use crate::{
    browser::clock,
    i18n::{CardPageWording, use_wording},
};

/// What kind of card it is, where it came from, and how long it is valid.
#[component]
pub(super) fn Facts(card: Card, as_of: Timestamp) -> impl IntoView {
    let as_of = as_of.wall_time(clock::utc_offset()).time_of_day();
    let rows: Vec<_> = facts(&card)
        .into_iter()
        .map(|(term, fact)| {
            view! {
                <div class="facts__row">
                    <dt>{term}</dt>
                    <dd>{fact}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <section class="panel">
            <dl class="facts">{rows}</dl>
            <p class="panel__as-of">{(use_wording().card.as_of)(&as_of)}</p>
        </section>
    }
}

fn facts(card: &Card) -> Vec<(&'static str, String)> {
    let wording = CardPageWording::in_use();
    let kind = match card.kind {
        CardKind::Online => Some(wording.kind_online),
        CardKind::Physical => Some(wording.kind_physical),
        CardKind::Unknown => None,
    };
    let origin = match card.origin {
        CardOrigin::IssuedAutomatically => Some(wording.origin_issued),
        CardOrigin::Claimed => Some(wording.origin_claimed),
        CardOrigin::Opened => Some(wording.origin_opened),
        CardOrigin::FoundByPhone => Some(wording.origin_found),
        CardOrigin::Unknown => None,
    };
    // The day on which a card ends is China's, wherever the phone is.
    let expiry = card
        .expires_at
        .map(|at| at.wall_time(UtcOffset::CHINA).date());
    [
        (wording.kind, kind.map(str::to_owned)),
        (wording.origin, origin.map(str::to_owned)),
        (wording.previous_account, card.previous_account_name.clone()),
        (wording.validity, expiry),
    ]
    .into_iter()
    .filter_map(|(term, fact)| Some((term, fact?)))
    .collect()
}
