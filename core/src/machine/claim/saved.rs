//! What of a claim outlives a reload: idempotency keys whose outcome is not
//! known, and which claim was being bound.
//!
//! Nothing of it is personal: of a phone number only the masked form is kept,
//! and of an SMS code nothing at all.

use super::call::Write;
use crate::{
    domain::{
        claim::Binding,
        id::{CardId, ClaimId},
        idempotency_key::IdempotencyKey,
        timestamp::Timestamp,
    },
    percent::{percent_decoded, percent_encoded},
};

/// What the store keeps for the visit (`sessionStorage`) as [`Saved::encode`]
/// writes it, and hands to the next machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    pub keys: Vec<SavedKey>,
    /// The claim that was bound last, or whose binding is under way.
    pub last_bound: Option<ClaimId>,
}

/// A key that the backend may have seen, and what it was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedKey {
    pub key: IdempotencyKey,
    pub fingerprint: Fingerprint,
    /// The claim that was shown last before it was sent.
    pub shown_before: Option<ClaimId>,
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
            } => line(&["open", phone_masked, terms_version]),
            Self::Resend { claim, after } => {
                let after = after.milliseconds().to_string();
                line(&["resend", claim.as_str(), &after])
            }
            Self::Bind {
                claim,
                binding: Binding::Cards(cards),
            } => {
                let mut fields = vec!["bind", claim.as_str()];
                fields.extend(cards.iter().map(CardId::as_str));
                line(&fields)
            }
            Self::Bind {
                claim,
                binding: Binding::NewCard,
            } => line(&["open-new", claim.as_str()]),
        }
    }

    fn decode(fields: &[String]) -> Option<Self> {
        let (kind, fields) = fields.split_first()?;
        match (kind.as_str(), fields) {
            ("open", [phone_masked, terms_version]) => Some(Self::Open {
                phone_masked: phone_masked.clone(),
                terms_version: terms_version.clone(),
            }),
            ("resend", [claim, after]) => Some(Self::Resend {
                claim: ClaimId::from(claim.clone()),
                after: Timestamp::from_milliseconds(after.parse().ok()?),
            }),
            ("bind", [claim, cards @ ..]) if !cards.is_empty() => Some(Self::Bind {
                claim: ClaimId::from(claim.clone()),
                binding: Binding::Cards(cards.iter().cloned().map(CardId::from).collect()),
            }),
            ("open-new", [claim]) => Some(Self::Bind {
                claim: ClaimId::from(claim.clone()),
                binding: Binding::NewCard,
            }),
            _ => None,
        }
    }
}

/// Fields with tabs between them. They are encoded, because an identifier of the
/// backend's may hold a tab or a line break.
fn line(fields: &[&str]) -> String {
    let fields: Vec<_> = fields.iter().map(|field| percent_encoded(field)).collect();
    fields.join("\t")
}

/// The reverse of [`line()`], if `text` is one.
fn fields(text: &str) -> Option<Vec<String>> {
    text.split('\t').map(percent_decoded).collect()
}

impl Saved {
    /// The text to keep; empty if there is nothing to keep.
    #[must_use]
    pub fn encode(&self) -> String {
        let bound = self.last_bound.iter();
        let bound = bound.map(|claim| line(&["bound", claim.as_str()]));
        let keys = self.keys.iter().map(|saved| {
            let shown_before = saved.shown_before.as_ref().map_or("", ClaimId::as_str);
            let key = line(&[saved.key.as_str(), shown_before]);
            format!("{key}\t{}", saved.fingerprint.encode())
        });
        let lines: Vec<_> = bound.chain(keys).collect();
        lines.join("\n")
    }

    /// Reads what [`Saved::encode`] wrote. Lines that it did not write are
    /// passed over, since anything may have changed the storage.
    #[must_use]
    pub fn decode(text: &str) -> Self {
        let mut saved = Self::default();
        for fields in text.lines().filter_map(fields) {
            match fields.as_slice() {
                [first, claim] if first == "bound" => {
                    saved.last_bound = Some(ClaimId::from(claim.clone()));
                }
                [key, shown_before, fingerprint @ ..] => {
                    let shown_before = Some(shown_before).filter(|claim| !claim.is_empty());
                    saved
                        .keys
                        .extend(IdempotencyKey::parse(key).and_then(|key| {
                            Some(SavedKey {
                                key,
                                fingerprint: Fingerprint::decode(fingerprint)?,
                                shown_before: shown_before.cloned().map(ClaimId::from),
                            })
                        }));
                }
                _ => {}
            }
        }
        saved
    }
}
