//! Carries out avatar-tap switching for the pages that offer it.

use crate::{
    context::{AppContext, Failure},
    signal::Signal,
};
use kabao_core::{
    domain::{
        id::{AccountId, CardId},
        switching::{Effect, Switching},
        wallet::Wallet,
    },
    problem::{ApiError, Outcome, ProblemCode},
    wire::wallet::Switched,
};

/// Switching on one page: what is shown as in use, and what went wrong last.
#[derive(Clone, Copy)]
pub(crate) struct Switcher {
    app: AppContext,
    account: Signal<AccountId>,
    switching: Signal<Switching>,
    /// Why the last switch did not happen.
    pub(crate) failure: Signal<Option<Failure>>,
    /// The last switch that the backend has confirmed.
    pub(crate) settled: Signal<Option<Settled>>,
    /// The card that was in use before the taps that are being carried out.
    before: Signal<Option<CardId>>,
}

/// A switch that is done.
#[derive(Clone)]
pub(crate) struct Settled {
    /// The card that is in use now.
    pub(crate) card: CardId,
    /// The card that was in use before.
    pub(crate) before: Option<CardId>,
}

impl Switcher {
    /// Begins with what `wallet` says.
    pub(crate) fn new(app: AppContext, account: AccountId, wallet: Option<&Wallet>) -> Self {
        let switching = match wallet {
            Some(wallet) => Switching::new(wallet.current_card_id.clone(), wallet.revision.clone()),
            None => Switching::new(None, String::new()),
        };
        Self {
            app,
            account: Signal::new(account),
            switching: Signal::new(switching),
            failure: Signal::new(None),
            settled: Signal::new(None),
            before: Signal::new(None),
        }
    }

    /// The card to show as the one in use.
    pub(crate) fn shown(&self) -> Option<CardId> {
        self.switching.with(|switching| switching.shown().cloned())
    }

    /// Takes over what a freshly loaded wallet says, unless a switch is under
    /// way: its own answer is newer.
    pub(crate) fn refresh(&self, wallet: &Wallet) {
        self.switching.update(|switching| {
            if !switching.is_busy() {
                *switching =
                    Switching::new(wallet.current_card_id.clone(), wallet.revision.clone());
            }
        });
    }

    /// The fan tapped the avatar of `card`.
    pub(crate) fn tap(self, card: CardId) {
        self.failure.set(None);
        if !self.switching.with_untracked(Switching::is_busy) {
            self.before
                .set(self.switching.with_untracked(|it| it.shown().cloned()));
        }
        self.step(|switching| switching.tap(card));
    }

    /// Tells the state machine what happened, and does what it asks for.
    fn step(self, step: impl FnOnce(&mut Switching) -> Effect) {
        // Nothing is left to do once the page is gone.
        if let Some(effect) = self.switching.update(step) {
            self.perform(effect);
        }
    }

    fn perform(self, effect: Effect) {
        let Some(account) = self.account.try_get_untracked() else {
            return;
        };
        let client = self.app.client();
        match effect {
            Effect::None | Effect::RolledBack => {}
            Effect::Settled => {
                let before = self.before.get_untracked();
                let card = self.switching.with_untracked(|it| it.shown().cloned());
                // Back and forth is no switch.
                if let Some(card) = card.filter(|card| before.as_ref() != Some(card)) {
                    self.settled.set(Some(Settled { card, before }));
                }
            }
            Effect::Send { card, revision } => {
                let call = client.switch(&account, &card, &revision);
                call.then(move |result| self.answered(result));
            }
            Effect::AskWallet => {
                let call = client.wallet(&account);
                call.then(move |result| match result {
                    Ok(wallet) => self.learned(wallet, None),
                    Err(error) => {
                        self.explain(error);
                        self.step(Switching::gave_up);
                    }
                });
            }
        }
    }

    fn answered(self, result: Result<Switched, ApiError>) {
        match result {
            Ok(switched) => {
                let current = switched.current_card_id;
                self.app.amend_wallet(|wallet| {
                    wallet.current_card_id = Some(current.clone());
                    wallet.revision.clone_from(&switched.revision);
                });
                self.step(|switching| switching.accepted(current, switched.revision));
            }
            Err(error) if error.outcome() == Outcome::Unknown => self.step(Switching::lost),
            Err(error) => self.refused(error),
        }
    }

    fn refused(self, error: ApiError) {
        if let Some(ProblemCode::WalletChanged { wallet }) = error.code() {
            let wallet = (**wallet).clone();
            return self.learned(wallet, Some(error));
        }
        let effect = self.switching.update(Switching::refused);
        self.roll_back_or_go_on(effect, Some(error));
    }

    /// The backend has told what is in use now, after it refused for the reason
    /// in `refusal`, if it did.
    fn learned(self, wallet: Wallet, refusal: Option<ApiError>) {
        let current = wallet.current_card_id.clone();
        let revision = wallet.revision.clone();
        self.app.remember(wallet);
        let effect = self
            .switching
            .update(|switching| switching.learned(current, revision));
        self.roll_back_or_go_on(effect, refusal);
    }

    fn roll_back_or_go_on(self, effect: Option<Effect>, refusal: Option<ApiError>) {
        if let (Some(Effect::RolledBack), Some(error)) = (&effect, refusal) {
            self.explain(error);
        }
        if let Some(effect) = effect {
            self.perform(effect);
        }
    }

    fn explain(self, error: ApiError) {
        if let Some(account) = self.account.try_get_untracked() {
            let failure = self.app.fail(&account, error);
            self.failure.set(Some(failure));
        }
    }
}
