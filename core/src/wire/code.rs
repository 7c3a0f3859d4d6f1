//! The member code in replies.

use serde_json::Value;

use super::reply::{Reply, WireError, read_object};
use crate::domain::member_code::{CodeMode, MemberCode};

impl Reply for MemberCode {
    fn read(reply: &Value) -> Result<Self, WireError> {
        read_object(reply, |fields| {
            Some(Self {
                payload: fields.id("payload")?,
                mode: match fields.text("mode") {
                    Some("static") => CodeMode::Static,
                    // A mode of the future is treated as the careful one.
                    _ => CodeMode::Rotating,
                },
                // A code that ends at a time which can't be read must not be
                // shown as one that never ends.
                expires_at: fields.time_if_any("expires_at")?,
                refresh_after: fields.count("refresh_after"),
                offline_payload: fields.payload("offline_payload"),
            })
        })
    }
}
