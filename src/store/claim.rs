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
    problem::{ApiError, ProblemCode},
};
use leptos::{prelude::*, task::spawn_local};

use super::{backend::Backend, session::Session, wallet::WalletStore};
use crate::browser::{
    random,
    storage::{self, Area},
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

/// It is a handle: cheap to copy, the same for every component.
#[derive(Clone, Copy)]
pub(crate) struct ClaimStore {
    backend: Backend,
    session: Session,
    wallet: WalletStore,
    account: StoredValue<Option<AccountId>>,
    state: RwSignal<ClaimState>,
    /// When the latest calls began.
    calls: StoredValue<Vec<(CallId, Generation)>>,
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
            calls: StoredValue::new(Vec::new()),
            toast: RwSignal::new(None),
        };
        let summary =
            Memo::new(move |_| wallet.with(|shown| Some(WalletSummary::of(shown.wallet))));
        Effect::new(move || {
            if let Some(summary) = summary.get() {
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
            self.state.set(ClaimState::new(Saved::decode(&saved)));
        }
        let is_begun = use_claim_slot().is_begun;
        self.dispatch(if is_begun.get_value() {
            is_begun.set_value(false);
            Event::Begun
        } else {
            Event::Opened
        });
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
        let key = IdempotencyKey::from_random_bytes(random::bytes());
        let now = self.session.now();
        let effects = self.state.try_update(|state| state.on(event, now, key));
        for effect in effects.into_iter().flatten() {
            self.perform(effect);
        }
    }

    fn perform(self, effect: ClaimEffect) {
        let Some(account) = self.account.get_value() else {
            return;
        };
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
            ClaimEffect::WalletChanged { call, wallet } => {
                let begun = self.begun(call);
                self.learn_wallet(begun, wallet.map(|wallet| Arc::new(*wallet)));
            }
            ClaimEffect::Toast(toast) => self.toast.set(Some(toast)),
            ClaimEffect::SignIn { login_url } => {
                let _ = self
                    .session
                    .fail(ApiError::from(ProblemCode::NotSignedIn { login_url }));
            }
            ClaimEffect::AnotherFan => self.session.refuse_another_fan(),
        }
    }

    fn read(self, account: AccountId, call: CallId, read: Read) {
        let client = self.backend.client();
        self.begin(call);
        spawn_local(async move {
            let result = match read {
                Read::Wallet => client.wallet(&account).await.map(|wallet| {
                    let summary = WalletSummary::of(&wallet);
                    self.learn_wallet(self.begun(call), Some(Arc::new(wallet)));
                    Reply::Wallet(summary)
                }),
                Read::Claim(claim) => client.claim(&account, &claim).await.map(Reply::Claim),
            };
            self.dispatch(Event::Replied { call, result });
        });
    }

    fn write(self, account: AccountId, call: CallId, write: Write, key: IdempotencyKey) {
        let client = self.backend.client();
        self.begin(call);
        spawn_local(async move {
            let result = match write {
                Write::Open {
                    phone,
                    terms_version,
                    captcha,
                } => client
                    .open_claim(&account, &phone, &terms_version, captcha.as_ref(), &key)
                    .await
                    .map(Reply::Claim),
                Write::Resend { claim, captcha, .. } => client
                    .resend(&account, &claim, captcha.as_ref(), &key)
                    .await
                    .map(Reply::Claim),
                Write::Verify { claim, code } => client
                    .verify(&account, &claim, &code, &key)
                    .await
                    .map(Reply::Claim),
                Write::Bind { claim, binding } => client
                    .bind(&account, &claim, &binding, &key)
                    .await
                    .map(|bound| Reply::Bound(Box::new(bound))),
            };
            self.dispatch(Event::Replied { call, result });
        });
    }

    /// Notes when a call begins, relative to what happens to the wallet.
    fn begin(self, call: CallId) {
        let mark = self.wallet.mark();
        self.calls.update_value(|calls| {
            // Two calls at most are under way: one of the step, one that was left.
            if calls.len() >= 8 {
                calls.remove(0);
            }
            calls.push((call, mark));
        });
    }

    fn begun(self, call: CallId) -> Generation {
        let begun = self.calls.with_value(|calls| {
            let found = calls.iter().find(|(begun, _)| *begun == call);
            found.map(|(_, mark)| *mark)
        });
        begun.unwrap_or_else(|| self.wallet.mark())
    }

    fn learn_wallet(self, begun: Generation, wallet: Option<Arc<Wallet>>) {
        self.wallet.dispatch(WalletEvent::Wrote { begun, wallet });
    }
}

/// Under which what outlives a reload is stored.
fn key(account: &AccountId) -> String {
    format!("claim.{}", account.as_str())
}
