//! What has happened on a card: stored value, points and coupons in one
//! timeline.

use kabao_core::domain::{
    entry::{Entry, EntryKind},
    id::{AccountId, CardId},
};
use leptos::prelude::*;

use super::paged::{Fetch, Paged};
use crate::{
    browser::clock, components::segmented_control::SegmentedControl, i18n::CardPageWording,
    store::backend::use_backend,
};

/// What can be chosen: everything, or one kind.
const FILTERS: [Option<EntryKind>; 4] = [
    None,
    Some(EntryKind::StoredValue),
    Some(EntryKind::Points),
    Some(EntryKind::Coupon),
];

/// The timeline, newest first.
#[component]
pub(super) fn Timeline(account: AccountId, card: CardId) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let backend = use_backend();
    let chosen = RwSignal::new(0);
    let shown = Memo::new(move |_| chosen.get());
    let list = move || {
        let kind = FILTERS[shown.get() % FILTERS.len()];
        let (account, card) = (account.clone(), card.clone());
        let fetch: Fetch<Entry> =
            Box::new(move |cursor| backend.client().entries(&account, &card, kind, cursor));
        view! { <Paged fetch id=|entry: &Entry| &entry.id row=row empty=wording.no_entries /> }
    };
    view! {
        <SegmentedControl
            label=wording.entries_title
            options=FILTERS.map(wording.entry_filter).to_vec()
            chosen
        />
        {list}
    }
}

fn row(entry: Entry) -> AnyView {
    let wording = CardPageWording::in_use();
    let at = entry.at.wall_time(clock::utc_offset());
    let when = format!("{} {}", at.date(), at.time_of_day());
    let shop = entry.shop.map(|shop| view! { " · " <bdi>{shop}</bdi> });
    let balance = entry.balance_after.map(|balance| {
        view! { <p class="row__note">{(wording.balance_after)(entry.kind, balance)}</p> }
    });
    let is_income = entry.amount.is_positive() && entry.kind != EntryKind::Coupon;
    view! {
        <article class="row">
            <div class="row__what">
                <h3 class="row__title name" dir="auto">
                    {entry.title}
                </h3>
                <p class="row__note name">{when} {shop}</p>
            </div>
            <div class="row__figures">
                <p class="row__amount" class:row__amount--gained=is_income>
                    {(wording.amount)(entry.kind, entry.amount)}
                </p>
                {balance}
            </div>
        </article>
    }
    .into_any()
}
