//! What the backend keeps about the fan.

use super::{timestamp::Timestamp, wallet::PhoneProof};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub phone_masked: Option<String>,
    pub phone_proof: PhoneProof,
    /// Every consent that was given, those that were withdrawn too.
    pub consents: Vec<Consent>,
    /// The version of the terms that is in force.
    pub terms_version: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The version of the terms that it was given to.
    pub version: String,
    pub given_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}
