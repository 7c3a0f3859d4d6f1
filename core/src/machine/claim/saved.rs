//! What of a claim outlives a reload: idempotency keys whose outcome is not
//! known, and which claim was being bound.
//!
//! Nothing of it is personal: of a phone number only the masked form is kept,
//! and of an SMS code nothing at all.

use super::call::Write;
use crate::domain::{
    claim::Binding,
    id::{CardId, ClaimId},
    idempotency_key::IdempotencyKey,
    timestamp::Timestamp,
};

/// What the store keeps for the visit (`sessionStorage`) as [`Saved::encode`]
/// writes it, and hands to the next machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    pub keys: Vec<SavedKey>,
    /// The claim that was bound last, or that was being bound when its reply
    /// was lost.
    pub last_bound: Option<ClaimId>,
}

/// A key that the backend may have seen, and what it was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedKey {
    pub key: IdempotencyKey,
    pub fingerprint: Fingerprint,
}

/// The body that a key belongs to, without what may not be kept. Two numbers
/// can have the same masked form; the backend then refuses the key for the
/// second (`idempotency_key_reused`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fingerprint {
    Open {
        phone_masked: String,
        terms_version: String,
    },
    Resend {
        claim: ClaimId,
        after: Timestamp,
    },
    Bind {
        claim: ClaimId,
        binding: Binding,
    },
}

impl Fingerprint {
    /// The fingerprint of `write`, if its key may outlive a reload. That of a
    /// code may not: a reload asks for the claim as it stands. Neither may that
    /// of an answered captcha, which is good for one try.
    #[must_use]
    pub fn of(write: &Write) -> Option<Self> {
        if write.captcha().is_some() {
            return None;
        }
        match write {
            Write::Open {
                phone,
                terms_version,
                ..
            } => Some(Self::Open {
                phone_masked: phone.masked(),
                terms_version: terms_version.clone(),
            }),
            Write::Resend { claim, after, .. } => Some(Self::Resend {
                claim: claim.clone(),
                after: *after,
            }),
            Write::Verify { .. } => None,
            Write::Bind { claim, binding } => Some(Self::Bind {
                claim: claim.clone(),
                binding: binding.clone(),
            }),
        }
    }

    fn encode(&self) -> String {
        match self {
            Self::Open {
                phone_masked,
                terms_version,
            } => format!("open\t{phone_masked}\t{terms_version}"),
            Self::Resend { claim, after } => {
                let after = after.milliseconds();
                format!("resend\t{}\t{after}", claim.as_str())
            }
            Self::Bind { claim, binding } => {
                let cards = match binding {
                    Binding::Cards(cards) => {
                        let cards: Vec<_> = cards.iter().map(CardId::as_str).collect();
                        cards.join(",")
                    }
                    Binding::NewCard => String::new(),
                };
                format!("bind\t{}\t{cards}", claim.as_str())
            }
        }
    }

    fn decode(text: &str) -> Option<Self> {
        let mut fields = text.splitn(3, '\t');
        let (kind, subject, body) = (fields.next()?, fields.next()?, fields.next()?);
        match kind {
            "open" => Some(Self::Open {
                phone_masked: subject.to_owned(),
                terms_version: body.to_owned(),
            }),
            "resend" => Some(Self::Resend {
                claim: ClaimId::from(subject),
                after: Timestamp::from_milliseconds(body.parse().ok()?),
            }),
            "bind" => Some(Self::Bind {
                claim: ClaimId::from(subject),
                binding: if body.is_empty() {
                    Binding::NewCard
                } else {
                    Binding::Cards(body.split(',').map(CardId::from).collect())
                },
            }),
            _ => None,
        }
    }
}

impl Saved {
    /// The text to keep; empty if there is nothing to keep.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = String::new();
        if let Some(claim) = &self.last_bound {
            text.push_str("bound\t");
            text.push_str(claim.as_str());
            text.push('\n');
        }
        for SavedKey { key, fingerprint } in &self.keys {
            let fingerprint = fingerprint.encode();
            // A line break can only come from a version of the terms.
            if !fingerprint.contains('\n') {
                text.push_str(key.as_str());
                text.push('\t');
                text.push_str(&fingerprint);
                text.push('\n');
            }
        }
        text
    }

    /// Reads what [`Saved::encode`] wrote. Lines that it did not write are
    /// passed over, since anything may have changed the storage.
    #[must_use]
    pub fn decode(text: &str) -> Self {
        let mut saved = Self::default();
        for line in text.lines() {
            let Some((first, rest)) = line.split_once('\t') else {
                continue;
            };
            if first == "bound" {
                saved.last_bound = Some(ClaimId::from(rest));
            } else if let Some(key) = IdempotencyKey::parse(first)
                && let Some(fingerprint) = Fingerprint::decode(rest)
            {
                saved.keys.push(SavedKey { key, fingerprint });
            }
        }
        saved
    }
}
