use leptos::prelude::*;

use crate::store::wallet::WalletStore;

/// Trying again, and whether that is under way.
#[derive(Clone, Copy)]
pub(crate) struct Retry {
    pub(crate) on_retry: Callback<()>,
    pub(crate) is_busy: Signal<bool>,
}

impl Retry {
    /// Asking for the wallet anew.
    pub(crate) fn of_wallet(wallet: WalletStore) -> Self {
        Self {
            on_retry: Callback::new(move |()| wallet.refresh()),
            is_busy: wallet.is_loading(),
        }
    }
}
