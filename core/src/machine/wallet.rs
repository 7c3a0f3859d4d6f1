//! The wallet and avatar-tap switching: what is known, what is shown, what is
//! under way, and which tap wins.
//!
//! ```text
//!            tap                 confirmed, no tap waits, or refused
//!   idle ──────────► sending ───────────────────────────────────────► idle
//!    │                │  ▲  │
//!    │ tap before     │  │  └─ confirmed or 412, and another card is wanted: sending
//!    │ the wallet     │  │
//!    │ is known       │  │ not in use yet, tries left
//!    ▼        lost    ▼  │
//!   asking ◄───────── asking ── in use, tries used up, or no answer ──► idle
//! ```
//!
//! One `PUT` is under way at a time. The latest tap is shown at once and is the
//! one that ends up in use, also when the backend is slow, when another webview
//! switches too, and when a reply is lost.
//!
//! # Which reply is newer
//!
//! Every load and every write gets a [`Generation`] when it begins. A wallet
//! that was asked for before the newest write, or before the load that brought
//! the wallet now known, is older than what is known and is dropped.

use std::sync::Arc;

use crate::{
    domain::{id::CardId, wallet::Wallet},
    problem::{ApiError, Outcome, ProblemCode},
    status,
};

/// How often a switch to one card is sent before the fan is told that it did not
/// succeed.
const TRIES: u8 = 3;

/// When something began, relative to all else that this machine began or learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation(u32);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A page wants the wallet as it is now. A load that is under way and not
    /// outdated serves it.
    Refresh,
    /// The answer to [`Effect::Load`].
    Loaded {
        load: Generation,
        /// As the backend describes it.
        wallet: Arc<Wallet>,
    },
    /// The other answer to [`Effect::Load`].
    LoadFailed {
        load: Generation,
        /// Why there is no wallet.
        error: ApiError,
    },
    /// The fan tapped the avatar of a card.
    Tapped(CardId),
    /// The answer to [`Effect::Switch`].
    Switched {
        attempt: Generation,
        /// The card in use, as the backend confirms it.
        current: CardId,
        /// The wallet's new revision.
        revision: String,
    },
    /// The other answer to [`Effect::Switch`].
    SwitchFailed {
        attempt: Generation,
        /// What the backend or the network said.
        error: ApiError,
    },
    /// Another write (binding cards, unlinking the phone) took effect, or may
    /// have.
    Wrote {
        /// [`WalletMachine::mark`] before it was sent.
        begun: Generation,
        /// The wallet, if the reply carried it.
        wallet: Option<Arc<Wallet>>,
    },
    /// The page is being left, or may be at any moment: it goes out of sight, or
    /// another call was answered `not_signed_in` and it leaves to sign in. What
    /// is under way is remembered, since nobody may be there for the reply.
    Leaving,
    /// The fan signed out: what is known is no longer to be shown.
    SignedOut,
    /// The fan does not want [`WalletMachine::unfinished`] any more.
    Dismissed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// `GET /wallet`, answered by [`Event::Loaded`] or [`Event::LoadFailed`].
    Load(Generation),
    /// `PUT /current-card`, answered by [`Event::Switched`] or
    /// [`Event::SwitchFailed`]. It is never repeated by the client.
    Switch {
        /// To be named in the answer.
        attempt: Generation,
        /// The card to put in use.
        card: CardId,
        /// The version of the wallet that the fan saw, for `If-Match`.
        revision: String,
    },
    /// A switch is done and nothing is under way.
    Settled {
        /// The card in use now.
        card: CardId,
        /// The card in use before the taps that led here; a tap on it undoes
        /// them.
        before: Option<CardId>,
    },
    /// A switch did not succeed. Where no later tap waits, the card that is
    /// known to be in use is shown again.
    SwitchFailed {
        /// The card that was wanted.
        card: CardId,
        /// Why.
        error: SwitchError,
    },
    /// The latest load has no result.
    LoadFailed(ApiError),
    /// Keep for the next page load, for this account, which switch is
    /// unfinished; or forget it. It is given to [`WalletMachine::new`].
    Remember(Option<CardId>),
}

/// Why a switch did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SwitchError {
    /// The card is not in use: the backend refused, or each try was lost.
    NotDone(ApiError),
    /// The card is not in use: something else changed the wallet at each try.
    WalletKeptChanging,
    /// The reply was lost, and asking what is in use failed as well; or another one
    /// was lost before, and may be made still.
    OutcomeUnknown(ApiError),
}

/// A switch that was interrupted, for the page to offer it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// Whether it happened is not known until the wallet has been loaded.
    Unknown(CardId),
    /// It did not happen.
    NotDone(CardId),
}

/// The wallet of one account, with its switching. It outlives pages.
#[derive(Debug)]
pub struct WalletMachine {
    wallet: Option<Arc<Wallet>>,
    /// The latest generation that was given out.
    latest: Generation,
    /// What began before this is older than what is known.
    known_since: Generation,
    /// The generation of `wallet` as a whole; a confirmed switch only amends it.
    described_at: Generation,
    /// The latest load, while it is under way.
    loading: Option<Generation>,
    switch: Option<Switch>,
    /// A `PUT` that was under way when the fan signed out.
    abandoned: Option<Generation>,
    unfinished: Option<Unfinished>,
    /// A `PUT` was lost, and the wallet's revision has not changed since: it may
    /// arrive late and put its card in use. The next one that is made is a new
    /// revision, and ends that.
    may_be_undone: bool,
    /// A switch was lost, and asking what is in use failed: the wallet may be
    /// wrong about it.
    is_in_doubt: bool,
}

/// A switch under way.
#[derive(Debug)]
struct Switch {
    card: CardId,
    /// A later tap, on another card than `card`.
    waiting: Option<CardId>,
    before: Option<CardId>,
    /// How often `card` was sent.
    sent: u8,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The `PUT` is under way, which names `revision`.
    Sending {
        attempt: Generation,
        revision: String,
    },
    /// The reply was lost; the wallet tells what is in use.
    AskingAfterLoss(ApiError),
    /// Nothing is sent before it is known what is in use and an abandoned `PUT`
    /// is answered.
    AwaitingWallet,
}

impl WalletMachine {
    /// Nothing known yet. `unfinished` is what [`Effect::Remember`] kept.
    #[must_use]
    pub fn new(unfinished: Option<CardId>) -> Self {
        Self {
            wallet: None,
            latest: Generation(0),
            known_since: Generation(0),
            described_at: Generation(0),
            loading: None,
            switch: None,
            abandoned: None,
            unfinished: unfinished.map(Unfinished::Unknown),
            may_be_undone: false,
            is_in_doubt: false,
        }
    }

    /// The machine of another account, for which `unfinished` was kept. It goes on
    /// counting, so that no late reply to this one is taken for one to it.
    #[must_use]
    pub fn of_another_account(&self, unfinished: Option<CardId>) -> Self {
        Self {
            latest: self.latest,
            known_since: self.latest,
            described_at: self.latest,
            ..Self::new(unfinished)
        }
    }

    /// The wallet as the backend last described it, amended by the switches that
    /// it has confirmed since. Cards are copied if a clone of this is held while
    /// a switch is confirmed.
    #[must_use]
    pub const fn wallet(&self) -> Option<&Arc<Wallet>> {
        self.wallet.as_ref()
    }

    /// The card to show as the one in use: that of the latest tap.
    #[must_use]
    pub fn shown(&self) -> Option<&CardId> {
        match &self.switch {
            Some(switch) => Some(switch.wanted()),
            None => self.confirmed(),
        }
    }

    /// Whether a switch is under way.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.switch.is_some()
    }

    /// Whether the wallet is being loaded.
    #[must_use]
    pub const fn is_loading(&self) -> bool {
        self.loading.is_some()
    }

    /// The switch that was interrupted and is not under way again.
    #[must_use]
    pub fn unfinished(&self) -> Option<&Unfinished> {
        self.unfinished.as_ref().filter(|_| !self.is_busy())
    }

    /// To be taken before a write other than a switch is sent, for
    /// [`Event::Wrote`].
    #[must_use]
    pub const fn mark(&self) -> Generation {
        self.latest
    }

    /// Takes in an event.
    pub fn on(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.take(event, &mut effects);
        effects
    }

    fn take(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Refresh => self.refresh(effects),
            Event::Loaded { load, wallet } => self.loaded(load, wallet, effects),
            Event::LoadFailed { load, error } => self.load_failed(load, error, effects),
            Event::Tapped(card) => self.tapped(card, effects),
            Event::Switched {
                attempt,
                current,
                revision,
            } => self.switched(attempt, current, revision, effects),
            Event::SwitchFailed { attempt, error } => self.switch_failed(attempt, error, effects),
            Event::Wrote { begun, wallet } => self.wrote(begun, wallet, effects),
            Event::Leaving => self.leaving(effects),
            Event::SignedOut => self.signed_out(effects),
            Event::Dismissed => {
                if !self.is_busy() {
                    self.forget_unfinished(effects);
                }
            }
        }
    }

    fn confirmed(&self) -> Option<&CardId> {
        self.wallet.as_deref()?.current_card_id.as_ref()
    }

    fn next(&mut self) -> Generation {
        self.latest.0 += 1;
        self.latest
    }

    // ---- loads ------------------------------------------------------------

    fn refresh(&mut self, effects: &mut Vec<Effect>) {
        if self.loading.is_none_or(|load| load <= self.known_since) {
            let load = self.next();
            self.loading = Some(load);
            effects.push(Effect::Load(load));
        }
    }

    fn loaded(&mut self, load: Generation, wallet: Arc<Wallet>, effects: &mut Vec<Effect>) {
        if self.loading == Some(load) {
            self.loading = None;
        }
        if load > self.known_since {
            self.learn(load, wallet, effects);
            self.answer_question(effects);
        } else if load > self.described_at {
            // Amended since, and nothing newer describes the rest.
            self.refresh(effects);
        }
    }

    fn load_failed(&mut self, load: Generation, error: ApiError, effects: &mut Vec<Effect>) {
        if self.loading != Some(load) {
            return;
        }
        self.loading = None;
        let waits_for_wallet = self
            .switch
            .take_if(|switch| !matches!(switch.stage, Stage::Sending { .. }));
        let Some(switch) = waits_for_wallet else {
            if is_session_over(&error) {
                self.leaving(effects);
            }
            effects.push(Effect::LoadFailed(error));
            return;
        };
        let card = switch.wanted().clone();
        if self.confirmed() == Some(&card) {
            self.forget_unfinished(effects);
        } else {
            self.remember(Unfinished::Unknown(card.clone()), effects);
        }
        if self.wallet.is_none() {
            effects.push(Effect::LoadFailed(error.clone()));
        }
        self.is_in_doubt |= matches!(switch.stage, Stage::AskingAfterLoss(_));
        let error = if self.is_in_doubt {
            SwitchError::OutcomeUnknown(error)
        } else {
            SwitchError::NotDone(error)
        };
        effects.push(Effect::SwitchFailed { card, error });
    }

    /// Takes over a wallet that is newer than what is known.
    fn learn(&mut self, generation: Generation, wallet: Arc<Wallet>, effects: &mut Vec<Effect>) {
        self.known_since = generation;
        self.described_at = generation;
        self.is_in_doubt = false;
        self.may_be_undone &= self.known_revision() == Some(wallet.revision.as_str());
        if !self.is_busy()
            && let Some(Unfinished::Unknown(card) | Unfinished::NotDone(card)) = &self.unfinished
        {
            if wallet.current_card_id.as_ref() == Some(card) || wallet.card(card).is_none() {
                self.forget_unfinished(effects);
            } else {
                self.unfinished = Some(Unfinished::NotDone(card.clone()));
            }
        }
        self.wallet = Some(wallet);
    }

    fn wrote(&mut self, begun: Generation, wallet: Option<Arc<Wallet>>, effects: &mut Vec<Effect>) {
        let is_newest = begun >= self.known_since;
        let now = self.next();
        match wallet {
            Some(wallet) if is_newest => {
                self.learn(now, wallet, effects);
                self.answer_question(effects);
            }
            _ => {
                self.known_since = now;
                self.refresh(effects);
            }
        }
    }

    // ---- the switch -------------------------------------------------------

    fn tapped(&mut self, card: CardId, effects: &mut Vec<Effect>) {
        let is_certain = !self.is_in_doubt && !self.may_be_undone;
        if self.shown() == Some(&card) && (self.is_busy() || is_certain) {
            return;
        }
        if let Some(switch) = &mut self.switch {
            switch.waiting = (switch.card != card).then(|| card.clone());
            if self.unfinished.is_some() {
                // The page is about to be left.
                self.remember(Unfinished::Unknown(card), effects);
            }
            return;
        }
        self.forget_unfinished(effects);
        self.switch = Some(Switch {
            card,
            waiting: None,
            before: self.confirmed().cloned(),
            sent: 0,
            stage: Stage::AwaitingWallet,
        });
        self.send(effects);
    }

    /// Sends the switch under way, as soon as it is known what is in use and no
    /// other `PUT` is under way.
    fn send(&mut self, effects: &mut Vec<Effect>) {
        let wallet = self.wallet.as_ref().filter(|_| !self.is_in_doubt);
        let Some(wallet) = wallet else {
            return self.refresh(effects);
        };
        if self.abandoned.is_some() {
            return;
        }
        let revision = wallet.revision.clone();
        let attempt = self.next();
        if let Some(switch) = &mut self.switch {
            switch.sent += 1;
            effects.push(Effect::Switch {
                attempt,
                card: switch.card.clone(),
                revision: revision.clone(),
            });
            switch.stage = Stage::Sending { attempt, revision };
        }
    }

    /// The revision that the `PUT` under way names, if that is `attempt`.
    fn sent_revision(&self, attempt: Generation) -> Option<&str> {
        match &self.switch.as_ref()?.stage {
            Stage::Sending {
                attempt: it,
                revision,
            } if *it == attempt => Some(revision),
            _ => None,
        }
    }

    fn switched(
        &mut self,
        attempt: Generation,
        current: CardId,
        revision: String,
        effects: &mut Vec<Effect>,
    ) {
        if self.sent_revision(attempt).is_none() {
            return self.abandoned_ended(attempt, effects);
        }
        let is_doubtful = self.is_doubtful(attempt, &revision);
        self.may_be_undone = false;
        self.known_since = self.next();
        if let Some(wallet) = &mut self.wallet {
            let wallet = Arc::make_mut(wallet);
            wallet.current_card_id = Some(current);
            wallet.revision = revision;
        }
        self.go_on(None, effects);
        if is_doubtful {
            self.refresh(effects);
        }
    }

    fn switch_failed(&mut self, attempt: Generation, error: ApiError, effects: &mut Vec<Effect>) {
        if self.sent_revision(attempt).is_none() {
            return self.abandoned_ended(attempt, effects);
        }
        if is_session_over(&error) {
            return self.interrupted(error, effects);
        }
        match changed_wallet(error) {
            Ok(wallet) => {
                let is_doubtful = self.is_doubtful(attempt, &wallet.revision);
                let now = self.next();
                self.learn(now, wallet, effects);
                self.go_on(None, effects);
                if is_doubtful {
                    self.refresh(effects);
                }
            }
            // Where the changed wallet did not come along, it is asked for.
            Err(error)
                if error.outcome() == Outcome::NotDone
                    && error.status() != Some(status::PRECONDITION_FAILED) =>
            {
                self.refused(error, effects);
            }
            Err(error) => {
                self.may_be_undone = true;
                if let Some(switch) = &mut self.switch {
                    switch.stage = Stage::AskingAfterLoss(error);
                }
                // The loads that are under way may have been answered before the
                // switch reached the backend.
                self.known_since = self.next();
                self.refresh(effects);
            }
        }
    }

    fn known_revision(&self) -> Option<&str> {
        Some(&self.wallet.as_deref()?.revision)
    }

    /// Whether a reply to the `PUT`, which tells of `revision`, may be older than
    /// a wallet that was learnt while it was under way.
    fn is_doubtful(&self, attempt: Generation, revision: &str) -> bool {
        let known = self.known_revision();
        known != Some(revision) && known != self.sent_revision(attempt)
    }

    fn refused(&mut self, error: ApiError, effects: &mut Vec<Effect>) {
        // The wallet shows the card as one that can be used.
        let is_outdated = matches!(
            error.code(),
            Some(
                ProblemCode::CardNotFound
                    | ProblemCode::CardFrozen
                    | ProblemCode::CardLost
                    | ProblemCode::CardExpired
            )
        );
        if let Some(switch) = &self.switch {
            let card = switch.card.clone();
            let is_in_use = self.is_surely_in_use(&card);
            if !is_in_use {
                let error = self.refusal(error);
                effects.push(Effect::SwitchFailed { card, error });
            }
            if is_in_use || switch.waiting.is_some() {
                self.go_on(None, effects);
            } else {
                self.switch = None;
                self.forget_unfinished(effects);
            }
        }
        if is_outdated {
            self.refresh(effects);
        }
    }

    /// Whether `card` is in use and will stay so, as after a try that was lost and then
    /// found to have been made.
    fn is_surely_in_use(&self, card: &CardId) -> bool {
        self.confirmed() == Some(card) && !self.may_be_undone
    }

    /// What it says of a switch that this try was refused: one that was lost before it may
    /// have been made.
    const fn refusal(&self, error: ApiError) -> SwitchError {
        if self.may_be_undone {
            SwitchError::OutcomeUnknown(error)
        } else {
            SwitchError::NotDone(error)
        }
    }

    /// The wallet answers what became of a lost switch, or lets one begin.
    fn answer_question(&mut self, effects: &mut Vec<Effect>) {
        let confirmed = self.confirmed().cloned();
        let is_settled = self.abandoned.is_none();
        let Some(switch) = &mut self.switch else {
            return;
        };
        match &switch.stage {
            Stage::Sending { .. } => {}
            Stage::AskingAfterLoss(error) => {
                let error = error.clone();
                self.go_on(Some(error), effects);
            }
            Stage::AwaitingWallet => {
                switch.before = confirmed;
                if is_settled {
                    self.go_on(None, effects);
                }
            }
        }
    }

    /// Goes on with the latest tap now that it is known what is in use. `error`
    /// is why the last try may have failed, unless the wallet had changed.
    fn go_on(&mut self, error: Option<ApiError>, effects: &mut Vec<Effect>) {
        let Some(mut switch) = self.switch.take() else {
            return;
        };
        if let Some(card) = switch.waiting.take() {
            switch.card = card;
            switch.sent = 0;
        }
        // The backend may ask for a pause, which a card not sent yet need not heed.
        let must_pause = switch.sent > 0
            && error
                .as_ref()
                .is_some_and(|error| error.retry_after().is_some());
        if self.is_surely_in_use(&switch.card) {
            self.settled(switch.card, switch.before, effects);
        } else if switch.sent < TRIES && !must_pause {
            switch.stage = Stage::AwaitingWallet;
            self.switch = Some(switch);
            self.send(effects);
        } else {
            self.forget_unfinished(effects);
            let is_in_use = self.confirmed() == Some(&switch.card);
            effects.push(Effect::SwitchFailed {
                card: switch.card,
                error: match error {
                    None => SwitchError::WalletKeptChanging,
                    Some(error) if is_in_use => SwitchError::OutcomeUnknown(error),
                    Some(error) => SwitchError::NotDone(error),
                },
            });
        }
    }

    /// `card` is in use, as was wished, where `before` was.
    fn settled(&mut self, card: CardId, before: Option<CardId>, effects: &mut Vec<Effect>) {
        self.forget_unfinished(effects);
        if before.as_ref() != Some(&card) {
            effects.push(Effect::Settled { card, before });
        }
    }

    // ---- the session ------------------------------------------------------

    fn leaving(&mut self, effects: &mut Vec<Effect>) {
        if let Some(switch) = &self.switch {
            let card = switch.wanted().clone();
            self.remember(Unfinished::Unknown(card), effects);
        }
    }

    /// The session was over before this try reached the wallet.
    fn interrupted(&mut self, error: ApiError, effects: &mut Vec<Effect>) {
        let Some(switch) = self.switch.take() else {
            return;
        };
        let card = switch.wanted().clone();
        if self.is_surely_in_use(&card) && switch.before.as_ref() != Some(&card) {
            return self.settled(card, switch.before, effects);
        }
        if self.confirmed() == Some(&card) {
            self.forget_unfinished(effects);
        } else {
            self.remember(Unfinished::NotDone(card.clone()), effects);
        }
        let error = self.refusal(error);
        effects.push(Effect::SwitchFailed { card, error });
    }

    fn remember(&mut self, unfinished: Unfinished, effects: &mut Vec<Effect>) {
        let (Unfinished::Unknown(card) | Unfinished::NotDone(card)) = &unfinished;
        effects.push(Effect::Remember(Some(card.clone())));
        self.unfinished = Some(unfinished);
    }

    fn forget_unfinished(&mut self, effects: &mut Vec<Effect>) {
        if self.unfinished.take().is_some() {
            effects.push(Effect::Remember(None));
        }
    }

    /// Nothing but the count and a `PUT` that is still under way outlives the fan.
    fn signed_out(&mut self, effects: &mut Vec<Effect>) {
        self.forget_unfinished(effects);
        self.next();
        let sending = self.switch.take().and_then(|switch| match switch.stage {
            Stage::Sending { attempt, .. } => Some(attempt),
            Stage::AskingAfterLoss(_) | Stage::AwaitingWallet => None,
        });
        *self = Self {
            abandoned: sending.or(self.abandoned),
            ..self.of_another_account(None)
        };
    }

    /// A `PUT` from before signing out was answered. What it did may show in the
    /// wallet, and the next one may be sent.
    fn abandoned_ended(&mut self, attempt: Generation, effects: &mut Vec<Effect>) {
        if self.abandoned != Some(attempt) {
            return;
        }
        self.abandoned = None;
        if self.wallet.is_some() || self.is_busy() {
            self.known_since = self.next();
            self.refresh(effects);
        }
    }
}

impl Switch {
    /// The card of the latest tap.
    fn wanted(&self) -> &CardId {
        self.waiting.as_ref().unwrap_or(&self.card)
    }
}

fn is_session_over(error: &ApiError) -> bool {
    matches!(error.code(), Some(ProblemCode::NotSignedIn { .. }))
}

/// The wallet that came with `wallet_changed`.
fn changed_wallet(error: ApiError) -> Result<Arc<Wallet>, ApiError> {
    match error {
        ApiError::Problem(problem) => match &problem.code {
            ProblemCode::WalletChanged { wallet } => Ok(Arc::clone(wallet)),
            _ => Err(ApiError::Problem(problem)),
        },
        error => Err(error),
    }
}

#[cfg(test)]
mod any_order;
#[cfg(test)]
mod tests;
