//! The claim that is under way.

use std::sync::Arc;

use kabao_core::{
    domain::{
        id::AccountId, idempotency_key::IdempotencyKey, timestamp::Timestamp, wallet::Wallet,
    },
    machine::{
        claim::{
            call::{CallId, Read, Write},
            effect::{Effect as ClaimEffect, Toast as ClaimToast},
            event::{Event, Reply, WalletSummary},
            saved::Saved,
            state::ClaimState,
        },
        wallet::{Event as WalletEvent, Generation},
    },
};
use leptos::{prelude::*, task::spawn_local};

use super::{backend::Backend, session::Session, wallet::WalletStore};
use crate::{
    api,
    browser::{
        random,
        storage::{self, Area},
    },
    context::expect_context,
};

/// Where the claim's store is made when a page first needs it. What is shipped
/// has its machine in a lazy module, so nothing before that may name it.
#[derive(Clone, Copy)]
pub(crate) struct ClaimSlot {
    /// The owner of the app, which outlives every page.
    owner: StoredValue<Owner>,
    store: StoredValue<Option<ClaimStore>>,
    is_begun: StoredValue<bool>,
}

impl ClaimSlot {
    pub(super) fn new() -> Self {
        Self {
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            store: StoredValue::new(None),
            is_begun: StoredValue::new(false),
        }
    }

    /// The fan asks for a claim on purpose: the claim page, when it is shown
    /// next, does not begin with the result of the last one.
    pub(crate) fn begin(self) {
        self.is_begun.set_value(true);
    }
}

#[must_use]
pub(crate) fn use_claim_slot() -> ClaimSlot {
    expect_context()
}

/// What has brought the fan to the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// A button: whoever has tapped it wants to type.
    Tap,
    /// The address, as after a reload: a keyboard that comes up by itself would
    /// cover what is to be read first.
    Address,
}

/// It is a handle: cheap to copy, the same for every component.
#[derive(Clone, Copy)]
pub(crate) struct ClaimStore {
    backend: Backend,
    session: Session,
    wallet: WalletStore,
    account: StoredValue<Option<AccountId>>,
    state: RwSignal<ClaimState>,
    arrival: StoredValue<Arrival>,
    /// The latest short message.
    pub(crate) toast: RwSignal<Option<ClaimToast>>,
}

/// The store of the claim, made if need be.
#[must_use]
pub(crate) fn use_claim() -> ClaimStore {
    let slot = use_claim_slot();
    if let Some(store) = slot.store.get_value() {
        return store;
    }
    let parts = (expect_context(), expect_context(), expect_context());
    let store = slot
        .owner
        .with_value(|owner| owner.with(|| ClaimStore::new(parts)));
    slot.store.set_value(Some(store));
    store
}

impl ClaimStore {
    fn new((backend, session, wallet): (Backend, Session, WalletStore)) -> Self {
        let store = Self {
            backend,
            session,
            wallet,
            account: StoredValue::new(None),
            state: RwSignal::new(ClaimState::new(Saved::default())),
            arrival: StoredValue::new(Arrival::Address),
            toast: RwSignal::new(None),
        };
        let summary =
            Memo::new(move |_| wallet.with(|shown| Some(WalletSummary::of(shown.wallet))));
        Effect::new(move || {
            if let Some(summary) = summary.get()
                && store.has_wallet()
            {
                store.dispatch(Event::WalletUpdated(summary));
            }
        });
        store
    }

    /// Turns to the claim in `account`, at the step where it stands.
    pub(crate) fn open(self, account: &AccountId) {
        if self
            .account
            .with_value(|known| known.as_ref() != Some(account))
        {
            let saved = storage::get(Area::Session, &key(account)).unwrap_or_default();
            self.account.set_value(Some(account.clone()));
            self.state
                .update(|state| *state = state.of_another_account(Saved::decode(&saved)));
        }
        // The page may have been opened without the wallet before it.
        self.wallet.turn_to(account);
        let is_begun = use_claim_slot().is_begun;
        let (arrival, event) = if is_begun.get_value() {
            (Arrival::Tap, Event::Begun)
        } else {
            (Arrival::Address, Event::Opened)
        };
        is_begun.set_value(false);
        self.arrival.set_value(arrival);
        self.dispatch(event);
    }

    /// What has brought the fan to the number, asked once each time: within the
    /// claim only buttons lead back to it.
    pub(crate) fn take_arrival(self) -> Arrival {
        let arrival = self.arrival.get_value();
        self.arrival.set_value(Arrival::Tap);
        arrival
    }

    /// Reads the claim as it stands.
    pub(crate) fn with<T>(self, read: impl FnOnce(&ClaimState) -> T) -> T {
        self.state.with(read)
    }

    /// Whether a write of the claim is under way.
    pub(crate) fn is_busy(self) -> Signal<bool> {
        Signal::derive(move || self.with(ClaimState::is_busy))
    }

    /// What the backend's clock shows now.
    pub(crate) fn now(self) -> Timestamp {
        self.session.now()
    }

    /// Tells what has happened, and carries out what follows.
    pub(crate) fn dispatch(self, event: Event) {
        self.dispatch_since(self.wallet.mark(), event);
    }

    /// The same for what the backend was asked at `begun`, relative to what has
    /// happened to the wallet.
    fn dispatch_since(self, begun: Generation, event: Event) {
        let key = IdempotencyKey::from_random_bytes(random::bytes());
        let now = self.session.now();
        let effects = self.state.try_update(|state| state.on(event, now, key));
        for effect in effects.into_iter().flatten() {
            self.perform(begun, effect);
        }
    }

    fn perform(self, begun: Generation, effect: ClaimEffect) {
        let Some(account) = self.account.get_value() else {
            return;
        };
        if self.session.is_refused() {
            return;
        }
        match effect {
            ClaimEffect::Read { call, read } => self.read(account, call, read),
            ClaimEffect::Write { call, write, key } => self.write(account, call, write, key),
            ClaimEffect::Save(saved) => {
                let saved = saved.encode();
                if saved.is_empty() {
                    storage::remove(Area::Session, &self::key(&account));
                } else {
                    storage::set(Area::Session, &self::key(&account), &saved);
                }
            }
            ClaimEffect::WalletChanged(wallet) => {
                self.learn_wallet(&account, begun, wallet.map(|wallet| Arc::new(*wallet)));
            }
            ClaimEffect::Toast(toast) => self.toast.set(Some(toast)),
            ClaimEffect::SessionFailed(error) => {
                let _ = self.session.fail(error);
            }
        }
    }

    fn read(self, account: AccountId, call: CallId, read: Read) {
        let client = self.backend.client();
        let begun = self.wallet.mark();
        spawn_local(async move {
            let result = match read {
                Read::Wallet => client.wallet(&account).await.map(|wallet| {
                    let summary = WalletSummary::of(&wallet);
                    self.learn_wallet(&account, begun, Some(Arc::new(wallet)));
                    Reply::Wallet(summary)
                }),
                Read::Claim(claim) => client.claim(&account, &claim).await.map(Reply::Claim),
            };
            self.dispatch_since(begun, Event::Replied { call, result });
        });
    }

    fn write(self, account: AccountId, call: CallId, write: Write, key: IdempotencyKey) {
        let client = self.backend.client();
        let begun = self.wallet.mark();
        spawn_local(async move {
            let result = api::claim::write(client, account, write, key).await;
            self.dispatch_since(begun, Event::Replied { call, result });
        });
    }

    /// Whether the store's wallet is that of the claim's account.
    fn has_wallet(self) -> bool {
        self.account
            .with_value(|account| account.as_ref().is_some_and(|it| self.wallet.is_of(it)))
    }

    fn learn_wallet(self, account: &AccountId, begun: Generation, wallet: Option<Arc<Wallet>>) {
        if self.wallet.is_of(account) {
            self.wallet.dispatch(WalletEvent::Wrote { begun, wallet });
        }
    }
}

/// Under which what outlives a reload is stored.
fn key(account: &AccountId) -> String {
    format!("claim.{}", account.as_str())
}
