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
        kind: match fields.text("kind")? {
            "stored_value" => EntryKind::StoredValue,
            "points" => EntryKind::Points,
            "coupon" => EntryKind::Coupon,
            _ => EntryKind::Unknown,
        },
        amount: fields.integer("amount")?,
        balance_after: fields.if_any("balance_after", Fields::integer)?,
        title: fields.string("title")?,
        shop: fields.string("shop"),
    })
}
