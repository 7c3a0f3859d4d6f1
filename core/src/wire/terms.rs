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
                version: fields.string("version")?,
                handler: party(fields.object("handler")?)?,
                processor: party(fields.object("processor")?)?,
                texts,
            })
        })
    }
}

fn party(fields: Fields<'_>) -> Option<Party> {
    Some(Party {
        name: fields.string("name")?,
        contact: fields.string("contact")?,
    })
}

fn localized(fields: Fields<'_>) -> Option<LocalizedTerms> {
    Some(LocalizedTerms {
        language: fields.string("language")?,
        purpose: fields.string("purpose")?,
        data_types: fields.string("data_types")?,
        retention: fields.string("retention")?,
        rights: fields.string("rights")?,
        terms: fields.string("terms")?,
        privacy: fields.string("privacy")?,
    })
}
