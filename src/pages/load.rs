//! What a page asks the backend for.

use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

use super::retry::Retry;
use crate::{
    api::client::Call,
    store::{
        failure::Failure,
        session::{Session, use_session},
    },
};

/// Data of one page: loaded at once, loaded anew by the fan or the page, and kept
/// when that fails. There is one call at a time, and it is aborted when the page
/// is left. It is a handle: cheap to copy.
pub(super) struct Load<T: 'static> {
    data: RwSignal<Option<T>>,
    failure: RwSignal<Option<Failure>>,
    is_busy: RwSignal<bool>,
    fetch: Callback<(), Call<T>>,
    session: Session,
    calls: CallSlot,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    /// Begins with what is known already, and asks for it anew by `fetch`.
    pub(super) fn start(
        known: Option<T>,
        fetch: impl Fn() -> Call<T> + Send + Sync + 'static,
    ) -> Self {
        let load = Self {
            data: RwSignal::new(known),
            failure: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            fetch: Callback::new(move |()| fetch()),
            session: use_session(),
            calls: CallSlot::new(),
        };
        load.reload();
        load
    }

    /// Asks anew. A call that is under way is aborted: it may have been so since
    /// before the phone slept.
    pub(super) fn reload(self) {
        self.is_busy.set(true);
        let call = self.fetch.run(());
        self.calls.spawn(async move {
            let result = call.await;
            self.is_busy.set(false);
            match result {
                Ok(data) => {
                    self.failure.set(None);
                    self.data.set(Some(data));
                }
                Err(error) => self.failure.set(Some(self.session.fail(error))),
            }
        });
    }

    /// Takes over what a write has returned. A reply that was asked for before it
    /// is not waited for.
    pub(super) fn set(self, data: T) {
        self.calls.abort();
        self.is_busy.set(false);
        self.failure.set(None);
        self.data.set(Some(data));
    }

    pub(super) const fn data(self) -> RwSignal<Option<T>> {
        self.data
    }

    /// Why the latest call has no result.
    pub(super) const fn failure(self) -> RwSignal<Option<Failure>> {
        self.failure
    }

    pub(super) fn retry(self) -> Retry {
        Retry {
            on_retry: Callback::new(move |()| self.reload()),
            is_busy: self.is_busy.into(),
        }
    }
}

/// Carries out one call at a time, for as long as the owner lives. It is a
/// handle: cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct CallSlot(StoredValue<Owner>);

impl CallSlot {
    pub(super) fn new() -> Self {
        Self(StoredValue::new(Owner::new()))
    }

    /// Carries out `task`, and aborts the one before it.
    pub(super) fn spawn(self, task: impl Future<Output = ()> + 'static) {
        self.0.with_value(|owner| {
            owner.cleanup();
            owner.with(|| spawn_local_scoped_with_cancellation(task));
        });
    }

    pub(super) fn abort(self) {
        self.0.with_value(Owner::cleanup);
    }
}
