//! The state and its store. Requests are answered one at a time, each in one
//! transaction.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use kabao_rules::{
    cases::{Case, World},
    change::Change,
    entropy::Entropy,
    handle,
    id::{AccountId, MerchantId, WorldId},
    reply::Reply,
    request::Request,
    state::State,
    timestamp::Timestamp,
};

use crate::{error::BackendError, store::Store};

/// The state in memory, in step with the store.
#[derive(Debug)]
pub(crate) struct Backend {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    state: State,
    store: Store,
}

impl Inner {
    /// Stores the changes before it applies them.
    fn commit(&mut self, changes: &[Change]) -> Result<(), BackendError> {
        self.store.write(changes)?;
        for change in changes {
            self.state.apply(change);
        }
        Ok(())
    }
}

impl Backend {
    /// Opens the store, and adds the cases that it lacks.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, BackendError> {
        let store = Store::open(file)?;
        let mut inner = Inner {
            state: store.load()?,
            store,
        };
        for case in Case::ALL {
            let world = World::of(*case);
            if !inner.state.worlds.contains_key(world.id()) {
                inner.commit(&world.build(system_time()))?;
            }
        }
        Ok(Self {
            inner: Mutex::new(inner),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic can't have left the state and the store out of step: changes are
        // applied only after they were stored.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock().state)
    }

    /// Answers a request after storing the rows that it changes.
    pub(crate) fn answer(&self, request: &Request) -> Result<Reply, BackendError> {
        let world = self.read(|state| world_of(state, request));
        self.change(world.as_ref(), |state, now, entropy| {
            handle(state, request, now, entropy)
        })
    }

    /// Makes a change at the world's present time.
    pub(crate) fn change<T>(
        &self,
        world: Option<&WorldId>,
        change: impl FnOnce(&State, Timestamp, Entropy) -> (T, Vec<Change>),
    ) -> Result<T, BackendError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        let mut inner = self.lock();
        let now = time_in(&inner.state, world);
        let (result, changes) = change(&inner.state, now, Entropy::from_seed(seed));
        inner.commit(&changes)?;
        Ok(result)
    }
}

/// The world's present time; tests may set its clock.
pub(crate) fn time_in(state: &State, world: Option<&WorldId>) -> Timestamp {
    let offset = world
        .and_then(|world| state.worlds.get(world))
        .map_or(0, |world| world.clock_offset);
    system_time().plus_seconds(offset)
}

fn system_time() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_milliseconds(i64::try_from(since.as_millis()).unwrap_or_default())
}

/// The world that a request is about.
pub(crate) fn world_of(state: &State, request: &Request) -> Option<WorldId> {
    let by_account = |account: &str| {
        state
            .accounts
            .get(&AccountId::from(account))
            .map(|account| account.world.clone())
    };
    let by_merchant = |merchant: &str| {
        state
            .merchants
            .get(&MerchantId::from(merchant))
            .map(|merchant| merchant.world.clone())
    };
    let segments: Vec<&str> = request.path.split('/').skip(1).collect();
    let parameter = |name: &str| {
        request
            .query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    };
    match segments.as_slice() {
        ["api", "v1", "accounts", account, ..] | ["wechat", "callback", account] => {
            by_account(account)
        }
        ["api", "v1", "tables", code] => by_merchant(state.tables.get(*code)?.merchant.as_str()),
        ["enter"] => parameter("merchant")
            .and_then(by_merchant)
            .or_else(|| parameter("account").and_then(by_account)),
        _ => None,
    }
}
