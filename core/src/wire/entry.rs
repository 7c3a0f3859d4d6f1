//! A card's timeline in replies.

use super::{
    fields::Fields,
    list_page::list_page,
    reply::{Reply, WireError},
};
use crate::{
    domain::{
        entry::{Entry, EntryKind},
        list_page::ListPage,
    },
    json::Json,
};

impl Reply for ListPage<Entry> {
    fn read(reply: &Json) -> Result<Self, WireError> {
        list_page(reply, entry)
    }
}

fn entry(fields: Fields<'_>) -> Option<Entry> {
    Some(Entry {
        id: fields.id("id")?,
        at: fields.time("at")?,
        kind: match fields.text("kind") {
            Some("stored_value") => EntryKind::StoredValue,
            Some("points") => EntryKind::Points,
            Some("coupon") => EntryKind::Coupon,
            _ => EntryKind::Unknown,
        },
        amount: fields.integer("amount")?,
        balance_after: fields.integer("balance_after"),
        title: fields.string("title").unwrap_or_default(),
        shop: fields.string("shop"),
    })
}
