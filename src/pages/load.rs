//! What a page asks the backend for.

use kabao_core::problem::ApiError;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

use super::retry::Retry;
use crate::{
    api::client::Call,
    browser::page,
    store::{
        failure::Failure,
        session::{Session, use_session},
    },
};

/// Data of one page: loaded at once, loaded anew by the fan and whenever the page
/// comes back into view, and kept when that fails. It is a handle: cheap to copy.
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
        page::on_return(move || load.reload());
        load
    }

    /// Asks anew. A call that is under way is aborted: it may have been so since
    /// before the phone slept.
    pub(super) fn reload(self) {
        self.is_busy.set(true);
        let call = self.fetch.run(());
        self.calls.spawn(async move {
            match call.await {
                Ok(data) => self.set(data),
                Err(error) => self.fail(error),
            }
        });
    }

    /// Takes over what a call has returned. An older one is not waited for.
    pub(super) fn set(self, data: T) {
        self.end();
        self.failure.set(None);
        self.data.set(Some(data));
    }

    /// A call has no result.
    pub(super) fn fail(self, error: ApiError) {
        self.end();
        self.failure.set(Some(self.session.fail(error)));
    }

    fn end(self) {
        self.calls.abort();
        self.is_busy.set(false);
    }

    /// What is known.
    pub(super) const fn data(self) -> RwSignal<Option<T>> {
        self.data
    }

    /// Whether something is known and has not been refused since.
    pub(super) fn is_shown(self) -> bool {
        let is_refused = self.failure.with(|failure| {
            let failure = failure.as_ref();
            failure.is_some_and(Failure::is_refusal)
        });
        self.data.with(Option::is_some) && !is_refused
    }

    /// Why the latest call has no result.
    pub(super) fn failure(self) -> Option<Failure> {
        self.failure.get()
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
