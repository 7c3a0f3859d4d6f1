//! The profile in replies.

use super::{
    fields::Fields,
    reply::{Reply, WireError, read_object},
    terms::terms_version,
};
use crate::{
    domain::{
        profile::{Consent, Profile},
        wallet::PhoneProof,
    },
    json::Json,
};

pub(super) fn phone_proof(fields: Fields<'_>) -> Option<PhoneProof> {
    Some(match fields.flag("phone_proven")? {
        true => PhoneProof::Proven,
        false => PhoneProof::Unproven,
    })
}

impl Reply for Profile {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, |fields| {
            Some(Self {
                phone_masked: fields.string("phone_masked"),
                phone_proof: phone_proof(fields)?,
                consents: fields.list("consents", consent)?,
                terms_version: terms_version(fields)?,
            })
        })
    }
}

fn consent(fields: Fields<'_>) -> Option<Consent> {
    Some(Consent {
        version: fields.string("version")?,
        given_at: fields.time("given_at")?,
        // A consent that was withdrawn must not be shown as one in force.
        withdrawn_at: fields.if_any("withdrawn_at", Fields::time)?,
    })
}
