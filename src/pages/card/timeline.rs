//! What has happened on a card: stored value, points and coupons in one
//! timeline.

use super::paged::Paged;
use crate::{
    browser::{
        clock,
        dom::{Element, View, element, group, live},
    },
    components::choice::choice,
    context::AppContext,
    signal::Signal,
};
use kabao_core::domain::{
    entry::{Entry, EntryKind},
    id::{AccountId, CardId},
};

/// What can be chosen: everything, or one kind.
const FILTERS: [Option<EntryKind>; 4] = [
    None,
    Some(EntryKind::StoredValue),
    Some(EntryKind::Points),
    Some(EntryKind::Coupon),
];

/// The timeline, newest first.
pub(super) fn timeline_view(app: AppContext, account: AccountId, card: CardId) -> View {
    let wording = app.history_wording();
    let chosen = Signal::new(0);
    let list = live(move || {
        let kind = FILTERS[chosen.get() % FILTERS.len()];
        let (of_account, of_card) = (account.clone(), card.clone());
        Paged {
            fetch: Box::new(move |cursor| {
                app.client().entries(&of_account, &of_card, kind, cursor)
            }),
            id: |entry: &Entry| &entry.id,
            row: Box::new(move |entry| entry_view(app, entry)),
            empty: wording.no_entries,
        }
        .view(app, &account)
    });
    group([
        View::from(choice(
            wording.entries_title,
            &FILTERS.map(wording.entry_filter),
            chosen,
        )),
        list,
    ])
}

fn entry_view(app: AppContext, entry: &Entry) -> Element {
    let wording = app.history_wording();
    let at = entry.at.wall_time(clock::utc_offset());
    let when = format!("{} {}", at.date(), at.time_of_day());
    let note = match entry.shop.as_deref() {
        Some(shop) => format!("{when} · {shop}"),
        None => when,
    };
    let what = element("div")
        .class("row__what")
        .child(element("h3").class("row__title").text(&entry.title))
        .child(element("p").class("row__note").text(&note));
    let balance = entry.balance_after.map(|balance| {
        element("p")
            .class("row__note")
            .text(&(wording.balance_after)(entry.kind, balance))
    });
    let class = if entry.amount > 0 {
        "row__amount row__amount--gained"
    } else {
        "row__amount"
    };
    let amount = element("div")
        .class("row__figures")
        .child(
            element("p")
                .class(class)
                .text(&(wording.amount)(entry.kind, entry.amount)),
        )
        .children(balance);
    element("article").class("row").child(what).child(amount)
}
