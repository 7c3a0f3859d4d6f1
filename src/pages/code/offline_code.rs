//! What identifies the member while the backend can't be reached.

use kabao_core::{
    domain::id::{AccountId, CardId},
    problem::ProblemCode,
};
use leptos::prelude::*;

use crate::{
    browser::storage::{self, Area},
    store::{
        failure::Failure,
        wallet::{WalletStore, use_wallet},
    },
};

/// A card's offline code. It comes with the wallet and with every member code,
/// and is stored on the device, because it can't pay. It is a handle: cheap to
/// copy.
#[derive(Clone, Copy)]
pub(super) struct OfflineCode {
    wallet: WalletStore,
    card: StoredValue<CardId>,
    storage_key: StoredValue<String>,
    /// The backend has refused the card since the wallet came.
    is_refused: StoredValue<bool>,
}

impl OfflineCode {
    pub(super) fn new(account: &AccountId, card: &CardId) -> Self {
        let storage_key = format!("offline-code.{}.{}", account.as_str(), card.as_str());
        Self {
            wallet: use_wallet(),
            card: StoredValue::new(card.clone()),
            storage_key: StoredValue::new(storage_key),
            is_refused: StoredValue::new(false),
        }
    }

    /// Takes over what came with a member code.
    pub(super) fn set(self, payload: Option<&str>) {
        self.is_refused.set_value(false);
        self.storage_key.with_value(|key| match payload {
            Some(payload) => {
                storage::set(Area::Device, key, payload);
            }
            None => storage::remove(Area::Device, key),
        });
    }

    /// The card may not be shown any longer, without a network either.
    pub(super) fn refuse(self) {
        self.is_refused.set_value(true);
        self.storage_key
            .with_value(|key| storage::remove(Area::Device, key));
    }

    /// The code to show when the member code can't be had because of `failure`:
    /// only while the backend can't be reached.
    pub(super) fn get(self, failure: &Failure) -> Option<String> {
        let is_unreachable = match failure {
            Failure::Call(error) => {
                error.is_transient() && error.code() != Some(&ProblemCode::RateLimited)
            }
            Failure::NotSignedIn => false,
        };
        if !is_unreachable || self.is_refused.get_value() {
            return None;
        }
        let known = self
            .card
            .with_value(|id| self.wallet.with(|shown| shown.wallet.card(id).cloned()));
        match known {
            Some(card) if !card.status.is_usable() => None,
            Some(card) if card.offline_payload.is_some() => card.offline_payload,
            _ => self
                .storage_key
                .with_value(|key| storage::get(Area::Device, key)),
        }
    }
}
