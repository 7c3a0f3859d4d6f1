//! The member code in replies.

use super::{
    fields::Fields,
    reply::{Reply, WireError, read_object},
};
use crate::{
    domain::{
        member_code::{CodeMode, LastUse, MemberCode},
        money::Money,
    },
    json::Json,
};

impl Reply for MemberCode {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, |fields| {
            Some(Self {
                payload: fields.id("payload")?,
                mode: match fields.text("mode")? {
                    "static" => CodeMode::Static,
                    // A mode of the future is treated as the careful one.
                    _ => CodeMode::Rotating,
                },
                // A code that ends at a time which can't be read must not be
                // shown as one that never ends.
                expires_at: fields.if_any("expires_at", Fields::time)?,
                refresh_after: fields.count("refresh_after"),
                offline_payload: fields.payload("offline_payload"),
                last_use: fields.object_if_any("last_use", last_use)?,
            })
        })
    }
}

fn last_use(fields: Fields<'_>) -> Option<LastUse> {
    Some(LastUse {
        at: fields.time("at")?,
        title: fields.string("title")?,
        amount: Money::from_fen(fields.integer("amount_fen")?),
        points: fields.if_any("points", Fields::integer)?,
    })
}
