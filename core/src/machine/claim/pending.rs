//! Idempotency keys whose outcome is not known.

use super::{
    call::Write,
    saved::{Fingerprint, SavedKey},
};
use crate::domain::{
    claim::{Claim, Progress},
    idempotency_key::IdempotencyKey,
};

/// At most one key for each action: what was asked for before with another body
/// has been given up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PendingKeys(Vec<PendingKey>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct PendingKey {
    key: IdempotencyKey,
    body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    Known(Write),
    /// From before a reload.
    Restored(Fingerprint),
}

/// Whether a key was sent before. If so, the reply may be the one of then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyUse {
    First,
    Again,
}

impl PendingKeys {
    pub(super) fn restored(keys: Vec<SavedKey>) -> Self {
        let restore = |SavedKey { key, fingerprint }| PendingKey {
            key,
            body: Body::Restored(fingerprint),
        };
        Self(keys.into_iter().map(restore).collect())
    }

    /// What may outlive a reload.
    pub(super) fn saved(&self) -> Vec<SavedKey> {
        let save = |pending: &PendingKey| {
            Some(SavedKey {
                key: pending.key.clone(),
                fingerprint: match &pending.body {
                    Body::Known(write) => Fingerprint::of(write)?,
                    Body::Restored(fingerprint) => fingerprint.clone(),
                },
            })
        };
        self.0.iter().filter_map(save).collect()
    }

    /// The key to send `write` with: its own if it has one, else `fresh`.
    pub(super) fn key_for(
        &mut self,
        write: &Write,
        fresh: IdempotencyKey,
    ) -> (IdempotencyKey, KeyUse) {
        let known = self.0.iter_mut().find(|pending| pending.is_for(write));
        if let Some(pending) = known {
            pending.body = Body::Known(write.clone());
            return (pending.key.clone(), KeyUse::Again);
        }
        self.0.retain(|pending| !pending.is_of_kind(write));
        self.0.push(PendingKey {
            key: fresh.clone(),
            body: Body::Known(write.clone()),
        });
        (fresh, KeyUse::First)
    }

    /// The outcome of `write` is known.
    pub(super) fn forget(&mut self, write: &Write) {
        self.0.retain(|pending| !pending.is_for(write));
    }

    /// Forgets the keys whose outcome `claim` shows.
    pub(super) fn settle(&mut self, claim: &Claim) {
        self.0.retain(|pending| !pending.is_settled_by(claim));
    }
}

impl PendingKey {
    fn is_for(&self, write: &Write) -> bool {
        match &self.body {
            Body::Known(known) => known == write,
            Body::Restored(fingerprint) => Fingerprint::of(write).as_ref() == Some(fingerprint),
        }
    }

    fn is_of_kind(&self, write: &Write) -> bool {
        matches!(
            (&self.body, write),
            (
                Body::Known(Write::Open { .. }) | Body::Restored(Fingerprint::Open { .. }),
                Write::Open { .. }
            ) | (
                Body::Known(Write::Resend { .. }) | Body::Restored(Fingerprint::Resend { .. }),
                Write::Resend { .. }
            ) | (Body::Known(Write::Verify { .. }), Write::Verify { .. })
                | (
                    Body::Known(Write::Bind { .. }) | Body::Restored(Fingerprint::Bind { .. }),
                    Write::Bind { .. }
                )
        )
    }

    fn is_settled_by(&self, shown: &Claim) -> bool {
        let is_code_sent = matches!(shown.progress, Progress::CodeSent(_));
        let is_verified = matches!(shown.progress, Progress::Verified(_));
        match &self.body {
            Body::Known(Write::Open { phone, .. }) => phone.masked() == shown.phone_masked,
            Body::Restored(Fingerprint::Open { phone_masked, .. }) => {
                *phone_masked == shown.phone_masked
            }
            Body::Known(Write::Resend { claim, .. } | Write::Verify { claim, .. })
            | Body::Restored(Fingerprint::Resend { claim, .. }) => {
                *claim != shown.id || !is_code_sent
            }
            Body::Known(Write::Bind { claim, .. })
            | Body::Restored(Fingerprint::Bind { claim, .. }) => *claim != shown.id || !is_verified,
        }
    }
}
