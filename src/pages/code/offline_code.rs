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
        Self {
            wallet: use_wallet(),
            card: StoredValue::new(card.clone()),
            storage_key: StoredValue::new(code_key(account, card)),
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
        if !is_unreachable(failure) || self.is_refused.get_value() {
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

fn is_unreachable(failure: &Failure) -> bool {
    match failure {
        Failure::Call(error) => {
            error.is_transient() && !matches!(error.code(), Some(ProblemCode::RateLimited))
        }
        Failure::NotSignedIn => false,
    }
}

/// Keeps on the device, for as long as the owner lives, which card is in use and
/// what identifies the member with it: the next time there may be no network.
pub(in crate::pages) fn keep_current(wallet: WalletStore) {
    let current = Memo::new(move |_| {
        wallet.with(|shown| Some((shown.wallet.account.id.clone(), shown.card().cloned())))
    });
    Effect::new(move || {
        let Some((account, card)) = current.get() else {
            return;
        };
        let key = current_key(&account);
        let Some(card) = card.filter(|card| card.status.is_usable()) else {
            storage::remove(Area::Device, &key);
            return;
        };
        storage::set(Area::Device, &key, card.id.as_str());
        if let Some(payload) = card.offline_payload {
            storage::set(Area::Device, &code_key(&account, &card.id), &payload);
        }
    });
}

/// The card that was last known to be in use, where `failure` leaves no way to
/// learn which one it is now.
pub(super) fn last_current(account: &AccountId, failure: &Failure) -> Option<CardId> {
    is_unreachable(failure).then_some(())?;
    storage::get(Area::Device, &current_key(account)).map(CardId::from)
}

fn code_key(account: &AccountId, card: &CardId) -> String {
    format!("offline-code.{}.{}", account.as_str(), card.as_str())
}

fn current_key(account: &AccountId) -> String {
    format!("current-card.{}", account.as_str())
}
