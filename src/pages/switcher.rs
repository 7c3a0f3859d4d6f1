//! Carries out avatar-tap switching for the pages that offer it.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::problem::{ApiError, ProblemCode},
    context::{AppContext, Failure},
    domain::{
        card::{AccountId, CardId},
        switching::{Effect, Switching},
        wallet::Wallet,
    },
};

/// Switching on one page: what is shown as in use, and what went wrong last.
#[derive(Clone, Copy)]
pub(crate) struct Switcher {
    app: AppContext,
    account: StoredValue<AccountId>,
    switching: RwSignal<Switching>,
    /// Why the last switch did not happen.
    pub(crate) failure: RwSignal<Option<Failure>>,
    on_settled: Callback<CardId>,
}

impl Switcher {
    /// Begins with what `wallet` says. `on_settled` is told of every switch that
    /// the backend has confirmed.
    pub(crate) fn new(
        app: AppContext,
        account: AccountId,
        wallet: Option<&Wallet>,
        on_settled: Callback<CardId>,
    ) -> Self {
        let switching = match wallet {
            Some(wallet) => Switching::new(wallet.current_card_id.clone(), wallet.revision.clone()),
            None => Switching::new(None, String::new()),
        };
        Self {
            app,
            account: StoredValue::new(account),
            switching: RwSignal::new(switching),
            failure: RwSignal::new(None),
            on_settled,
        }
    }

    /// The card to show as the one in use.
    pub(crate) fn shown(&self) -> Option<CardId> {
        self.switching.with(|switching| switching.shown().cloned())
    }

    /// Takes over what a freshly loaded wallet says, unless a switch is under
    /// way: its own answer is newer.
    pub(crate) fn refresh(&self, wallet: &Wallet) {
        let _ = self.switching.try_update(|switching| {
            if !switching.is_busy() {
                *switching =
                    Switching::new(wallet.current_card_id.clone(), wallet.revision.clone());
            }
        });
    }

    /// The fan tapped the avatar of `card`.
    pub(crate) fn tap(self, card: CardId) {
        self.failure.set(None);
        let effect = self.switching.try_update(|switching| switching.tap(card));
        spawn_local(async move { self.perform(effect.unwrap_or(Effect::None)).await });
    }

    async fn perform(self, first: Effect) {
        let client = self.app.client();
        let Some(account) = self.account.try_get_value() else {
            return;
        };
        let mut effect = first;
        loop {
            let next = match effect {
                Effect::None => return,
                Effect::RolledBack => return,
                Effect::Settled => {
                    if let Some(Some(card)) = self
                        .switching
                        .try_with_untracked(|switching| switching.shown().cloned())
                    {
                        let _ = self.on_settled.try_run(card);
                    }
                    return;
                }
                Effect::Send { card, revision } => {
                    match client.switch(&account, &card, &revision).await {
                        Ok(switched) => {
                            let current = CardId::from(switched.current_card_id);
                            self.app.amend_wallet(|wallet| {
                                wallet.current_card_id = Some(current.clone());
                                wallet.revision.clone_from(&switched.revision);
                            });
                            self.step(|switching| switching.accepted(current, switched.revision))
                        }
                        Err(ApiError::Offline | ApiError::Timeout) => self.step(Switching::lost),
                        Err(error) => self.refused(error),
                    }
                }
                Effect::AskWallet => match client.wallet(&account).await {
                    Ok(wallet) => self.learned(wallet),
                    Err(error) => {
                        self.explain(error);
                        self.step(Switching::gave_up)
                    }
                },
            };
            // Nothing is left to do once the page is gone.
            let Some(next) = next else { return };
            effect = next;
        }
    }

    fn refused(self, error: ApiError) -> Option<Effect> {
        if let ApiError::Problem(problem) = &error
            && let ProblemCode::WalletChanged { wallet } = &problem.code
        {
            let wallet = (**wallet).clone();
            let next = self.learned(wallet);
            if next == Some(Effect::RolledBack) {
                self.explain(error);
            }
            return next;
        }
        let next = self.step(Switching::refused);
        if next == Some(Effect::RolledBack) {
            self.explain(error);
        }
        next
    }

    fn learned(self, wallet: Wallet) -> Option<Effect> {
        let current = wallet.current_card_id.clone();
        let revision = wallet.revision.clone();
        self.app.remember(wallet);
        self.step(|switching| switching.learned(current, revision))
    }

    fn explain(self, error: ApiError) {
        if let Some(account) = self.account.try_get_value() {
            let failure = self.app.fail(&account, error);
            let _ = self.failure.try_set(Some(failure));
        }
    }

    fn step(self, step: impl FnOnce(&mut Switching) -> Effect) -> Option<Effect> {
        self.switching.try_update(step)
    }
}
