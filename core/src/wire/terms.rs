//! The terms in replies.

use super::{
    fields::Fields,
    reply::{Reply, WireError, read_object},
};
use crate::{
    domain::terms::{LocalizedTerms, Party, TermsText},
    json::Json,
};

/// The version of the terms that is in force, of a reply that mentions it.
pub(super) fn terms_version(fields: Fields<'_>) -> Option<String> {
    fields.object("terms")?.id("version")
}

impl Reply for TermsText {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, |fields| {
            let texts = fields.list("texts", localized)?;
            (!texts.is_empty()).then_some(Self {
                version: fields.id("version").unwrap_or_default(),
                handler: party(fields.object("handler")?)?,
                processor: fields.object("processor").and_then(party),
                texts,
            })
        })
    }
}

fn party(fields: Fields<'_>) -> Option<Party> {
    Some(Party {
        name: fields.string("name")?,
        contact: fields.string("contact").unwrap_or_default(),
    })
}

fn localized(fields: Fields<'_>) -> Option<LocalizedTerms> {
    let text = |name| fields.string(name).unwrap_or_default();
    Some(LocalizedTerms {
        language: text("language"),
        purpose: text("purpose"),
        data_types: text("data_types"),
        retention: text("retention"),
        rights: text("rights"),
        // What is agreed to can't be left out.
        terms: fields.string("terms")?,
        privacy: fields.string("privacy")?,
    })
}
