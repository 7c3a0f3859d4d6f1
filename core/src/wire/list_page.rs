//! A part of a list in a reply.

use super::{
    fields::Fields,
    reply::{WireError, read_object},
};
use crate::{domain::list_page::ListPage, json::Json};

pub(super) fn list_page<T>(
    reply: &Json,
    read: fn(Fields<'_>) -> Option<T>,
) -> Result<ListPage<T>, WireError> {
    let items = Fields::of(reply)
        .and_then(|fields| fields.list("items", read))
        .ok_or(WireError)?;
    let next_cursor = read_object(reply, |fields| Some(fields.id("next_cursor")))?;
    Ok(ListPage { items, next_cursor })
}
