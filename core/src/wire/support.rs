//! Who can help, in replies and problems.

use super::fields::Fields;
use crate::domain::support::{Provider, Support};

pub(super) fn support(fields: Fields<'_>) -> Option<Support> {
    Some(Support {
        phone: fields.phone("phone"),
        provider: fields.object_if_any("provider", provider)?.flatten(),
        staff_code: fields.string("staff_code")?,
    })
}

/// A provider with a phone that can't be called is none.
fn provider(fields: Fields<'_>) -> Option<Option<Provider>> {
    let name = fields.string("name")?;
    fields.text("phone")?;
    Some(fields.phone("phone").map(|phone| Provider { name, phone }))
}
