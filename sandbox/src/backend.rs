//! The state and its store. Writes are made one at a time, each in one transaction.

use std::{
    path::Path,
    sync::{Mutex, PoisonError, RwLock},
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
    retention,
    state::State,
    timestamp::Timestamp,
};
use tokio::task::block_in_place;

use crate::{error::BackendError, store::Store};

/// The state in memory, in step with the store.
///
/// A write takes the store for as long as it lasts, and the state only for as long as it
/// takes to change it: so reads go on while a write waits for the disk, or can't be made.
#[derive(Debug)]
pub(crate) struct Backend {
    state: RwLock<State>,
    store: Mutex<Store>,
}

impl Backend {
    /// Opens the store, and adds the cases that it lacks.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, BackendError> {
        let mut store = Store::open(file)?;
        let mut state = store.load()?;
        for case in Case::ALL {
            let world = World::of(*case);
            if !state.worlds.contains_key(world.id()) {
                let changes = world.build(system_time());
                store.write(&changes)?;
                for change in &changes {
                    state.apply(change);
                }
            }
        }
        Ok(Self {
            state: RwLock::new(state),
            store: Mutex::new(store),
        })
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        // A panic can't have left the state half changed: no change of a row panics.
        look(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers a request after storing the rows that it changes.
    pub(crate) fn answer(&self, request: &Request) -> Result<Reply, BackendError> {
        let world = self.read(|state| world_of(state, request));
        if !request.method.is_write() {
            let entropy = entropy()?;
            let (reply, changes) = self.read(|state| {
                let now = time_in(state, world.as_ref());
                handle(state, request, now, entropy)
            });
            // Signing in changes rows although it is a GET.
            if changes.is_empty() {
                return Ok(reply);
            }
        }
        self.change(world.as_ref(), |state, now, entropy| {
            handle(state, request, now, entropy)
        })
    }

    /// Makes a change at the world's present time. When it returns, the change is on the
    /// disk; if it fails, nothing was changed.
    pub(crate) fn change<T>(
        &self,
        world: Option<&WorldId>,
        change: impl FnOnce(&State, Timestamp, Entropy) -> (T, Vec<Change>),
    ) -> Result<T, BackendError> {
        let entropy = entropy()?;
        // Whoever waits for the disk gives the processor to others.
        block_in_place(|| {
            let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
            let (result, changes) =
                self.read(|state| change(state, time_in(state, world), entropy));
            store.write(&changes)?;
            let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
            for change in &changes {
                state.apply(change);
            }
            Ok(result)
        })
    }

    /// Deletes what may be kept no longer.
    pub(crate) fn tidy(&self) -> Result<(), BackendError> {
        let worlds: Vec<WorldId> = self.read(|state| state.worlds.keys().cloned().collect());
        for world in worlds {
            self.change(Some(&world), |state, now, _| {
                ((), retention::due(state, &world, now))
            })?;
        }
        Ok(())
    }
}

fn entropy() -> Result<Entropy, BackendError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)?;
    Ok(Entropy::from_seed(seed))
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
