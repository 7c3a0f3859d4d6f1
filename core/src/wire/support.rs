//! Who can help, in replies and problems.

use super::fields::Fields;
use crate::domain::support::{Provider, Support};

pub(super) fn support(fields: Fields<'_>) -> Support {
    Support {
        phone: fields.phone("phone"),
        provider: fields.object("provider").and_then(provider),
        staff_code: fields.string("staff_code").unwrap_or_default(),
    }
}

fn provider(fields: Fields<'_>) -> Option<Provider> {
    Some(Provider {
        name: fields.string("name")?,
        phone: fields.phone("phone")?,
    })
}
