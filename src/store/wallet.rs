//! The wallet of the account that the fan is in, and the switch between its
//! cards.

use core::time::Duration;
use std::sync::Arc;

use kabao_core::{
    domain::{
        card::Card,
        card_list::{Arrangement, CardList},
        id::{AccountId, CardId},
        merchant::Merchant,
        timestamp::Timestamp,
        wallet::{Lead, ShownWallet, Wallet},
    },
    machine::wallet::{
        Effect as WalletEffect, Event, Generation, SwitchError, Unfinished, WalletMachine,
    },
    problem::ApiError,
};
use leptos::{prelude::*, task::spawn_local};

use super::{backend::Backend, failure::Failure, list_place::ListPlace, session::Session};
use crate::{
    browser::{
        clock, page,
        storage::{self, Area},
    },
    context::expect_context,
};

/// How often the age of what is shown is looked at.
const LOOK_AT_CLOCK: Duration = Duration::from_secs(10);
/// Stored once the fan has switched cards and needs no hint.
const KNOWS_SWITCHING: &str = "knows-switching";

/// A switch that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The card that is in use now.
    pub card: CardId,
    /// The card that was in use before; a tap on it undoes the switch.
    pub before: Option<CardId>,
}

/// Why a switch did not happen, or may not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SwitchFailure {
    /// It did not happen.
    NotDone(Failure),
    /// It did not happen, because something else kept changing the wallet.
    WalletKeptChanging,
    /// Whether it happened is not known.
    OutcomeUnknown(Failure),
}

/// How the fan has arranged the list of cards. It is kept while another page is
/// shown.
#[derive(Clone, Copy)]
pub struct CardListControls {
    /// What is searched for.
    pub query: RwSignal<String>,
    /// An index into `SortBy::ALL`.
    pub sort: RwSignal<usize>,
    /// What follows from them, as far as they have been used.
    pub arrangement: RwSignal<Arrangement>,
    /// Where the fan is in each list that is long, by the `id` of its element.
    pub list_places: StoredValue<Vec<(&'static str, ListPlace)>>,
}

/// It is a handle: cheap to copy, the same for every component.
#[derive(Clone, Copy)]
pub struct WalletStore {
    backend: Backend,
    session: Session,
    account: StoredValue<Option<AccountId>>,
    machine: RwSignal<WalletMachine>,
    wallet: Memo<Option<Arc<Wallet>>>,
    shown: Memo<Option<CardId>>,
    /// The places of the cards that the list shows, in order. It is kept while another
    /// page is shown.
    arranged: Memo<Vec<usize>>,
    is_loading: Memo<bool>,
    failure: RwSignal<Option<Failure>>,
    switch_failure: RwSignal<Option<SwitchFailure>>,
    settled: RwSignal<Option<Settled>>,
    knows_switching: RwSignal<bool>,
    pinned: RwSignal<Vec<CardId>>,
    now: RwSignal<Timestamp>,
    pub controls: CardListControls,
}

impl WalletStore {
    pub(super) fn new(backend: Backend, session: Session) -> Self {
        let machine = RwSignal::new(WalletMachine::new(None));
        let wallet = Memo::new_with_compare(
            move |_| machine.with(|it| it.wallet().cloned()),
            looks_different,
        );
        let arrangement = RwSignal::new(Arrangement::default());
        let now = RwSignal::new(session.now());
        clock::every(LOOK_AT_CLOCK, move || now.set(session.now()));
        let store = Self {
            backend,
            session,
            account: StoredValue::new(None),
            machine,
            wallet,
            shown: Memo::new(move |_| machine.with(|it| it.shown().cloned())),
            arranged: Memo::new(move |_| {
                wallet.with(|wallet| {
                    let wallet = wallet.as_deref();
                    wallet.map_or_else(Vec::new, |it| arrangement.with(|by| by.of(it)))
                })
            }),
            is_loading: Memo::new(move |_| machine.with(WalletMachine::is_loading)),
            failure: RwSignal::new(None),
            switch_failure: RwSignal::new(None),
            settled: RwSignal::new(None),
            pinned: RwSignal::new(Vec::new()),
            knows_switching: RwSignal::new(storage::get(Area::Device, KNOWS_SWITCHING).is_some()),
            now,
            controls: CardListControls {
                query: RwSignal::new(String::new()),
                sort: RwSignal::new(0),
                arrangement,
                list_places: StoredValue::new(Vec::new()),
            },
        };
        // A page that is left may not come back, and a tap may be waiting.
        page::on_leave(move || store.dispatch(Event::Leaving));
        session.on_over(Callback::new(move |()| store.dispatch(Event::Leaving)));
        store
    }

    /// Turns to the wallet of `account`, and asks for it anew.
    pub fn open(self, account: &AccountId) {
        self.turn_to(account);
        self.refresh();
    }

    /// Turns to the wallet of `account`, and asks for it unless it is known.
    pub fn know(self, account: &AccountId) {
        self.turn_to(account);
        if !untrack(|| self.is_known()) {
            self.refresh();
        }
    }

    /// Turns to the wallet of `account`, of which nothing is known at first.
    pub(super) fn turn_to(self, account: &AccountId) {
        if self.is_of(account) {
            return;
        }
        self.account.set_value(Some(account.clone()));
        let unfinished = storage::get(Area::Session, &switch_key(account)).map(CardId::from);
        self.machine
            .update(|machine| *machine = machine.of_another_account(unfinished));
        let pinned = storage::get(Area::Device, &pins_key(account)).unwrap_or_default();
        self.pinned.set(pinned.lines().map(CardId::from).collect());
        self.failure.set(None);
        self.switch_failure.set(None);
        self.settled.set(None);
    }

    /// Whether the wallet is that of `account`. A late reply may be another's, or
    /// come when the app is gone.
    pub(super) fn is_of(self, account: &AccountId) -> bool {
        self.account
            .try_with_value(|known| known.as_ref() == Some(account))
            .unwrap_or_default()
    }

    /// Asks for the wallet anew.
    pub fn refresh(self) {
        self.dispatch(Event::Refresh);
    }

    /// Puts `card` in use. It shows at once; the latest tap wins.
    pub fn switch_to(self, card: CardId) {
        self.switch_failure.set(None);
        self.dispatch(Event::Tapped(card));
    }

    /// The fan signs out: what is known is no longer to be shown.
    pub fn forget(self) {
        self.dispatch(Event::SignedOut);
    }

    /// The fan does not want the interrupted switch any more.
    pub fn dismiss_unfinished(self) {
        self.dispatch(Event::Dismissed);
    }

    /// Tells what has happened elsewhere, and carries out what follows.
    pub(crate) fn dispatch(self, event: Event) {
        let effects = self.machine.try_update(|machine| machine.on(event));
        for effect in effects.into_iter().flatten() {
            self.perform(effect);
        }
        self.now.set(self.session.now());
    }

    /// To be taken before a write is sent elsewhere, for [`Event::Wrote`].
    pub(crate) fn mark(self) -> Generation {
        self.machine.with_untracked(WalletMachine::mark)
    }

    fn perform(self, effect: WalletEffect) {
        let Some(account) = self.account.get_value() else {
            return;
        };
        if self.session.is_refused() {
            return;
        }
        match effect {
            WalletEffect::Load(load) => {
                let call = self.backend.client().wallet(&account);
                spawn_local(async move {
                    let result = call.await;
                    if !self.is_of(&account) {
                        return;
                    }
                    self.dispatch(match result {
                        Ok(wallet) => {
                            self.failure.set(None);
                            self.forget_doubt();
                            let merchant = wallet.merchant_in_focus();
                            self.session
                                .observe_shop_phone(merchant.and_then(|it| it.phone.clone()));
                            Event::Loaded {
                                load,
                                wallet: Arc::new(wallet),
                            }
                        }
                        Err(error) => Event::LoadFailed { load, error },
                    });
                });
            }
            WalletEffect::Switch {
                attempt,
                card,
                revision,
            } => {
                let call = self.backend.client().switch(&account, &card, &revision);
                spawn_local(async move {
                    self.dispatch(match call.await {
                        Ok(switched) => Event::Switched {
                            attempt,
                            current: switched.current_card_id,
                            revision: switched.revision,
                        },
                        Err(error) => Event::SwitchFailed { attempt, error },
                    });
                });
            }
            WalletEffect::Settled { card, before } => {
                storage::set(Area::Device, KNOWS_SWITCHING, "1");
                self.knows_switching.set(true);
                self.settled.set(Some(Settled { card, before }));
            }
            WalletEffect::SwitchFailed { error, .. } => {
                let fail = |error: ApiError| self.session.fail(error);
                self.switch_failure.set(Some(match error {
                    SwitchError::NotDone(error) => SwitchFailure::NotDone(fail(error)),
                    SwitchError::OutcomeUnknown(error) => {
                        SwitchFailure::OutcomeUnknown(fail(error))
                    }
                    SwitchError::WalletKeptChanging => SwitchFailure::WalletKeptChanging,
                }));
            }
            WalletEffect::LoadFailed(error) => {
                self.failure.set(Some(self.session.fail(error)));
            }
            WalletEffect::Remember(Some(card)) => {
                storage::set(Area::Session, &switch_key(&account), card.as_str());
            }
            WalletEffect::Remember(None) => storage::remove(Area::Session, &switch_key(&account)),
        }
    }

    /// The wallet tells which card is in use, so a switch whose outcome was not
    /// known is in doubt no more.
    fn forget_doubt(self) {
        let is_in_doubt = self
            .switch_failure
            .with_untracked(|failure| matches!(failure, Some(SwitchFailure::OutcomeUnknown(_))));
        if is_in_doubt {
            self.dismiss_switch_failure();
        }
    }

    /// Reads the wallet with the card that is shown as the one in use.
    pub fn with<T>(self, read: impl FnOnce(ShownWallet<'_>) -> Option<T>) -> Option<T> {
        self.wallet.with(|wallet| {
            self.shown.with(|shown| {
                read(ShownWallet {
                    wallet: wallet.as_deref()?,
                    current: shown.as_ref(),
                })
            })
        })
    }

    /// A card and its merchant, without tracking them.
    #[must_use]
    pub fn card_untracked(self, id: &CardId) -> Option<(Card, Merchant)> {
        untrack(|| self.with(|shown| shown.wallet.described(shown.wallet.card(id)?)))
    }

    /// The card at a place in the wallet and its merchant, without tracking them.
    #[must_use]
    pub fn card_at(self, place: usize) -> Option<(Card, Merchant)> {
        untrack(|| self.with(|shown| shown.wallet.described(shown.wallet.cards.get(place)?)))
    }

    /// Whether the wallet has been loaded.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.wallet.with(Option::is_some)
    }

    #[must_use]
    pub fn is_loading(self) -> Signal<bool> {
        self.is_loading.into()
    }

    /// What the backend's clock showed when it described the wallet.
    #[must_use]
    pub fn as_of(self) -> Option<Timestamp> {
        self.machine.with(|machine| Some(machine.wallet()?.as_of))
    }

    /// What to put first.
    #[must_use]
    pub fn lead(self) -> Option<Lead> {
        self.with(|shown| Some(shown.lead()))
    }

    /// Whether the latest load has no result.
    #[must_use]
    pub fn has_failed(self) -> bool {
        self.failure.with(Option::is_some)
    }

    /// Why the latest load has no result.
    #[must_use]
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// Why the latest switch did not happen.
    #[must_use]
    pub fn switch_failure(self) -> Option<SwitchFailure> {
        self.switch_failure.get()
    }

    /// The page has told why the latest switch did not happen.
    pub fn dismiss_switch_failure(self) {
        self.switch_failure.update(|failure| *failure = None);
    }

    /// The latest switch that is done; taken once, by the page that tells of it.
    #[must_use]
    pub fn take_settled(self) -> Option<Settled> {
        let settled = self.settled.get();
        if settled.is_some() {
            self.settled.update_untracked(|settled| *settled = None);
        }
        settled
    }

    /// The card whose switch was interrupted and did not happen.
    #[must_use]
    pub fn unfinished(self) -> Option<CardId> {
        self.machine.with(|machine| match machine.unfinished()? {
            Unfinished::NotDone(card) => Some(card.clone()),
            Unfinished::Unknown(_) => None,
        })
    }

    /// The cards beside the one in use, as the fan has arranged them.
    #[must_use]
    pub fn card_list(self) -> Option<CardList> {
        self.with(|shown| {
            self.arranged.with(|arranged| {
                self.with_pinned(|pinned| Some(CardList::of(shown, arranged, pinned)))
            })
        })
    }

    /// The cards that this device keeps at the top.
    pub fn with_pinned<T>(self, read: impl FnOnce(&[CardId]) -> T) -> T {
        self.pinned.with(|pinned| read(pinned))
    }

    /// Puts a card at the top, or takes it away from there.
    pub fn toggle_pin(self, card: &CardId) {
        self.pinned.update(|pinned| {
            let count = pinned.len();
            pinned.retain(|it| it != card);
            if pinned.len() == count {
                pinned.push(card.clone());
            }
        });
        if let Some(account) = self.account.get_value() {
            let ids = self.pinned.with_untracked(|pinned| {
                let ids: Vec<_> = pinned.iter().map(CardId::as_str).collect();
                ids.join("\n")
            });
            storage::set(Area::Device, &pins_key(&account), &ids);
        }
    }

    /// The backend's clock, looked at now and then.
    #[must_use]
    pub fn now(self) -> Timestamp {
        self.now.get()
    }

    /// Whether the fan has switched cards before.
    #[must_use]
    pub fn knows_switching(self) -> bool {
        self.knows_switching.get()
    }
}

/// Whether anything has changed that a view shows. The card in use is known
/// apart, and the age of a wallet that is the same is told by
/// [`WalletStore::as_of`].
fn looks_different(old: Option<&Option<Arc<Wallet>>>, new: Option<&Option<Arc<Wallet>>>) -> bool {
    match (old.and_then(Option::as_ref), new.and_then(Option::as_ref)) {
        (Some(old), Some(new)) => !Arc::ptr_eq(old, new) && !old.looks_like(new),
        (old, new) => old.is_some() != new.is_some(),
    }
}

fn switch_key(account: &AccountId) -> String {
    format!("switch.{}", account.as_str())
}

fn pins_key(account: &AccountId) -> String {
    format!("pinned.{}", account.as_str())
}

#[must_use]
pub fn use_wallet() -> WalletStore {
    expect_context()
}
