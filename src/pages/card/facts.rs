use kabao_core::domain::{
    card::{Card, CardKind, CardOrigin},
    timestamp::Timestamp,
};
use leptos::prelude::*;

use crate::{
    browser::clock,
    i18n::{CardPageWording, use_wording},
    store::wallet::use_wallet,
};

/// What kind of card it is, where it came from, and how long it is valid.
#[component]
pub(super) fn Facts(card: Card, #[prop(into)] as_of: Signal<Option<Timestamp>>) -> impl IntoView {
    let wallet = use_wallet();
    let age = use_wording().card.as_of;
    let age = move || {
        let as_of = as_of.get()?.as_of(wallet.now(), clock::utc_offset());
        Some(age(&as_of))
    };
    let rows: Vec<_> = facts(&card)
        .into_iter()
        .map(|(term, fact)| {
            view! {
                <div class="facts__row">
                    <dt>{term}</dt>
                    <dd class="name" dir="auto">
                        {fact}
                    </dd>
                </div>
            }
        })
        .collect();
    view! {
        <section class="panel">
            <dl class="facts">{rows}</dl>
            <p class="panel__as-of">{age}</p>
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
    [
        (wording.kind, kind.map(str::to_owned)),
        (wording.origin, origin.map(str::to_owned)),
        (wording.previous_account, card.previous_account_name.clone()),
        (
            wording.validity,
            card.expires_at.map(Timestamp::day_in_china),
        ),
    ]
    .into_iter()
    .filter_map(|(term, fact)| Some((term, fact?)))
    .collect()
}
