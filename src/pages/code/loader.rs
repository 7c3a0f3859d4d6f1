//! Keeps a member code fresh.

use core::time::Duration;

use kabao_core::{
    domain::{
        id::{AccountId, CardId},
        member_code::{CodeMode, MemberCode},
        timestamp::Timestamp,
    },
    problem::{ApiError, ProblemCode},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{
        clock, page,
        storage::{self, Area},
    },
    pages::retry::Retry,
    store::{
        backend::{Backend, use_backend},
        failure::Failure,
        session::{Session, use_session},
    },
};

/// How often the clock is looked at.
const TICK: Duration = Duration::from_millis(500);
/// Milliseconds before a code that could not be loaded is asked for again.
const RETRY: i64 = 5_000;

/// What is on the screen.
#[derive(Clone, PartialEq)]
pub(super) enum Shown {
    Loading,
    Code(String),
    /// What identifies the member while there is no network.
    Offline(String),
    Failed(Failure),
}

/// It is a handle: cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct CodeLoader {
    backend: Backend,
    session: Session,
    key: StoredValue<(AccountId, CardId)>,
    /// The last code, and when it came.
    code: RwSignal<Option<(MemberCode, Timestamp)>>,
    failure: RwSignal<Option<Failure>>,
    is_loading: RwSignal<bool>,
    /// The backend's clock.
    now: RwSignal<Timestamp>,
    /// When the code is asked for again.
    next_load: StoredValue<Option<Timestamp>>,
    /// Whether the page is out of view. A rotating code that is then on the
    /// screen may be an old one when the page is back.
    is_hidden: RwSignal<bool>,
}

impl CodeLoader {
    /// Loads the code of `card` now and whenever it has to be another one, for as
    /// long as the owner lives and the page is in view.
    pub(super) fn start(account: AccountId, card: CardId) -> Self {
        let session = use_session();
        let loader = Self {
            backend: use_backend(),
            session,
            key: StoredValue::new((account, card)),
            code: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_loading: RwSignal::new(false),
            now: RwSignal::new(session.now()),
            next_load: StoredValue::new(None),
            is_hidden: RwSignal::new(false),
        };
        loader.load();
        page::on_leave(move || loader.is_hidden.set(true));
        page::on_return(move || {
            loader.now.set(session.now());
            loader.is_hidden.set(false);
            loader.load();
        });
        clock::every(TICK, move || loader.tick());
        loader
    }

    pub(super) fn retry(self) -> Retry {
        Retry {
            on_retry: Callback::new(move |()| self.load()),
            is_busy: self.is_loading.into(),
        }
    }

    fn load(self) {
        if self.is_loading.get_untracked() {
            return;
        }
        self.is_loading.set(true);
        let (account, card) = self.key.get_value();
        let call = self.backend.client().code(&account, &card);
        spawn_local(async move {
            let result = call.await;
            if self.is_loading.try_set(false).is_some() {
                // The page is gone.
                return;
            }
            let now = self.session.now();
            self.now.set(now);
            match result {
                Ok(code) => self.received(code, now),
                Err(error) => self.failed(error, now),
            }
        });
    }

    fn received(self, code: MemberCode, now: Timestamp) {
        self.next_load.set_value(code.refresh_at(now));
        self.store_offline_code(code.offline_payload.as_deref());
        self.failure.set(None);
        self.code.set(Some((code, now)));
    }

    fn failed(self, error: ApiError, now: Timestamp) {
        let is_transient = error.is_transient();
        if !is_transient && error.status().is_some() {
            // The backend refuses the card: nothing of it is to be shown.
            self.store_offline_code(None);
            self.code.set(None);
        }
        let wait = error
            .retry_after()
            .map_or(RETRY, |seconds| i64::from(seconds) * 1000);
        self.next_load
            .set_value(is_transient.then(|| now.plus(wait)));
        self.failure.set(Some(self.session.fail(error)));
    }

    fn tick(self) {
        if self.is_hidden.get_untracked() {
            return;
        }
        let now = self.session.now();
        self.now.set(now);
        if self.next_load.get_value().is_some_and(|at| at <= now) {
            self.load();
        }
    }

    pub(super) fn shown(self) -> Shown {
        let now = self.now.get();
        let is_hidden = self.is_hidden.get();
        let valid = self.code.with(|code| {
            let (code, received_at) = code.as_ref()?;
            let may_be_old = is_hidden && code.mode == CodeMode::Rotating;
            (code.is_valid(*received_at, now) && !may_be_old).then(|| code.payload.clone())
        });
        match (valid, self.failure.get()) {
            (Some(payload), _) => Shown::Code(payload),
            (None, Some(failure)) => match self.offline_code(&failure) {
                Some(payload) => Shown::Offline(payload),
                None => Shown::Failed(failure),
            },
            (None, None) => Shown::Loading,
        }
    }

    /// Seconds until the code changes, and the share of its life that is left.
    pub(super) fn time_left(self) -> Option<(u32, f64)> {
        let now = self.now.get();
        self.code.with(|code| {
            let (code, received_at) = code.as_ref()?;
            if code.mode == CodeMode::Static {
                return None;
            }
            let end = code.dies_at(*received_at)?;
            let life = end.since(*received_at).max(1);
            let left = end.since(now).clamp(0, life);
            let seconds = u32::try_from((left + 999) / 1000).unwrap_or_default();
            Some((seconds, left as f64 / life as f64))
        })
    }

    /// What identifies the member while the backend can't be reached.
    fn offline_code(self, failure: &Failure) -> Option<String> {
        let is_unreachable = match failure {
            Failure::Call(error) => {
                error.is_transient() && error.code() != Some(&ProblemCode::RateLimited)
            }
            Failure::NotSignedIn => false,
        };
        if !is_unreachable {
            return None;
        }
        storage::get(Area::Device, &self.offline_key())
    }

    fn store_offline_code(self, payload: Option<&str>) {
        let key = self.offline_key();
        match payload {
            Some(payload) => {
                storage::set(Area::Device, &key, payload);
            }
            None => storage::remove(Area::Device, &key),
        }
    }

    /// Under which the card's offline code is stored. It identifies the member
    /// and can't pay.
    fn offline_key(self) -> String {
        self.key.with_value(|(account, card)| {
            format!("offline-code.{}.{}", account.as_str(), card.as_str())
        })
    }
}
