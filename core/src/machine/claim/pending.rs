//! Idempotency keys whose outcome is not known.

use super::{
    call::Write,
    saved::{Fingerprint, SavedKey},
};
use crate::domain::{
    claim::{Claim, Progress},
    id::ClaimId,
    idempotency_key::IdempotencyKey,
};

/// A key for each write that may have taken effect. The fan may change a body and
/// change it back, so that a write which was given up is sent once more: it is
/// the same write for as long as nobody knows what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PendingKeys(Vec<PendingKey>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct PendingKey {
    key: IdempotencyKey,
    body: Body,
    /// The claim that was shown last before it was sent: what this claim shows
    /// says nothing about a write that opens one.
    shown_before: Option<ClaimId>,
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
        let restore = |saved: SavedKey| PendingKey {
            key: saved.key,
            body: Body::Restored(saved.fingerprint),
            shown_before: saved.shown_before,
        };
        Self(keys.into_iter().map(restore).collect())
    }

    /// What may outlive a reload. Of two numbers with the same masked form that is
    /// the later one: they could not be told apart.
    pub(super) fn saved(&self) -> Vec<SavedKey> {
        let mut saved: Vec<SavedKey> = Vec::new();
        for pending in &self.0 {
            let fingerprint = match &pending.body {
                Body::Known(write) => Fingerprint::of(write),
                Body::Restored(fingerprint) => Some(fingerprint.clone()),
            };
            let Some(fingerprint) = fingerprint else {
                continue;
            };
            saved.retain(|earlier| earlier.fingerprint != fingerprint);
            saved.push(SavedKey {
                key: pending.key.clone(),
                fingerprint,
                shown_before: pending.shown_before.clone(),
            });
        }
        saved
    }

    /// The key to send `write` with: its own if it has one, else `fresh`.
    pub(super) fn key_for(
        &mut self,
        write: &Write,
        fresh: IdempotencyKey,
        shown_before: Option<&ClaimId>,
    ) -> (IdempotencyKey, KeyUse) {
        let known = self.0.iter().find(|pending| pending.is_for(write));
        if let Some(pending) = known {
            return (pending.key.clone(), KeyUse::Again);
        }
        self.0.push(PendingKey {
            key: fresh.clone(),
            body: Body::Known(write.clone()),
            shown_before: shown_before.cloned(),
        });
        (fresh, KeyUse::First)
    }

    /// The outcome of `write` is known.
    pub(super) fn forget(&mut self, write: &Write) {
        self.0.retain(|pending| !pending.is_for(write));
    }

    /// It is known whether `claim` was bound.
    pub(super) fn forget_bindings_of(&mut self, claim: &ClaimId) {
        self.0.retain(|pending| pending.binds() != Some(claim));
    }

    /// Whether it is not known what became of a binding of `claim`.
    pub(super) fn has_binding_of(&self, claim: &ClaimId) -> bool {
        self.0.iter().any(|pending| pending.binds() == Some(claim))
    }

    /// Forgets the keys whose outcome `claim` shows, and those of calls that
    /// can't be made any longer now that it is `claim` which is open.
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

    /// The claim whose cards it binds.
    const fn binds(&self) -> Option<&ClaimId> {
        match &self.body {
            Body::Known(Write::Bind { claim, .. })
            | Body::Restored(Fingerprint::Bind { claim, .. }) => Some(claim),
            Body::Known(_) | Body::Restored(_) => None,
        }
    }

    fn is_settled_by(&self, shown: &Claim) -> bool {
        // A claim that is bound is shown again at times, and was opened long ago.
        let is_new = self.shown_before.as_ref() != Some(&shown.id)
            && !matches!(shown.progress, Progress::Bound(_));
        let opened = |phone_masked: &str| is_new && shown.phone_masked == phone_masked;
        let sent_at = match &shown.progress {
            Progress::CodeSent(sent) => Some(sent.resend_at),
            _ => None,
        };
        match &self.body {
            Body::Known(Write::Open { phone, .. }) => opened(&phone.masked()),
            Body::Restored(Fingerprint::Open { phone_masked, .. }) => opened(phone_masked),
            Body::Known(Write::Resend { claim, after, .. })
            | Body::Restored(Fingerprint::Resend { claim, after }) => {
                *claim != shown.id || sent_at != Some(*after)
            }
            Body::Known(Write::Verify { claim, .. }) => *claim != shown.id || sent_at.is_none(),
            Body::Known(Write::Bind { claim, .. })
            | Body::Restored(Fingerprint::Bind { claim, .. }) => {
                let is_over = matches!(shown.progress, Progress::Bound(_) | Progress::Expired);
                *claim == shown.id && is_over
            }
        }
    }
}
