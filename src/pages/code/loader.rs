//! Keeps a member code fresh.

use core::time::Duration;

use kabao_core::{
    domain::{
        id::{AccountId, CardId},
        member_code::{CodeMode, LastUse, MemberCode},
        thousandths::Thousandths,
        timestamp::Timestamp,
    },
    problem::{ApiError, ProblemCode},
};
use leptos::prelude::*;

use super::offline_code::OfflineCode;
use crate::{
    browser::{clock, page},
    pages::{load::CallSlot, retry::Retry},
    store::{
        backend::{Backend, use_backend},
        failure::Failure,
        session::{Session, use_session},
        wallet::{WalletStore, use_wallet},
    },
};

/// How often the clock is looked at.
const TICK: Duration = Duration::from_millis(250);
/// Seconds before a code that could not be loaded is asked for again.
const RETRY: u32 = 5;
/// Seconds after which the code is asked for again while it is shown, to learn
/// what the till has done with it: one after the other, the last one for good.
const POLLS: [u32; 8] = [3, 3, 4, 5, 8, 12, 20, 30];
/// Milliseconds between two codes, whatever the backend says of their lives.
const PAUSE: i64 = 1_000;
/// For so many milliseconds at most the page may have been out of view, by the
/// phone's calendar, for a rotating code to be shown again. While a phone sleeps,
/// its monotonic clock may stand still.
const GLANCE: i64 = 5_000;

/// What is on the screen.
#[derive(Clone, PartialEq)]
pub(super) enum Shown {
    Loading,
    Code(String),
    /// What identifies the member while there is no network.
    Offline(String),
    Failed(Failure),
}

/// A code, and when it came by the backend's clock.
struct Received {
    code: MemberCode,
    at: Timestamp,
}

/// It is a handle: cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct CodeLoader {
    backend: Backend,
    session: Session,
    calls: CallSlot,
    key: StoredValue<(AccountId, CardId)>,
    offline_code: OfflineCode,
    code: RwSignal<Option<Received>>,
    failure: RwSignal<Option<Failure>>,
    is_busy: RwSignal<bool>,
    /// The backend's clock.
    now: RwSignal<Timestamp>,
    /// When the code is asked for again.
    next_load: StoredValue<Option<Timestamp>>,
    /// How often the till has been asked about since the page came into view.
    polls: StoredValue<usize>,
    /// When it is asked about again.
    next_poll: StoredValue<Option<Timestamp>>,
    /// When the code was used before it was shown, once that is known.
    used_before: StoredValue<Option<Option<Timestamp>>>,
    last_use: RwSignal<Option<LastUse>>,
    wallet: WalletStore,
    /// Since when the page is out of view, by the phone's calendar.
    hidden_since: RwSignal<Option<Timestamp>>,
}

impl CodeLoader {
    /// Loads the code of `card` now and whenever it has to be another one, for as
    /// long as the owner lives and the page is in view.
    pub(super) fn start(account: AccountId, card: CardId) -> Self {
        let session = use_session();
        let loader = Self {
            backend: use_backend(),
            session,
            calls: CallSlot::new(),
            offline_code: OfflineCode::new(&account, &card),
            key: StoredValue::new((account, card)),
            code: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            now: RwSignal::new(session.now()),
            next_load: StoredValue::new(None),
            polls: StoredValue::new(0),
            next_poll: StoredValue::new(None),
            used_before: StoredValue::new(None),
            last_use: RwSignal::new(None),
            wallet: use_wallet(),
            hidden_since: RwSignal::new(None),
        };
        loader.load();
        page::on_leave(move || loader.hidden_since.set(Some(clock::now())));
        page::on_return(move || loader.returned());
        clock::every(TICK, move || loader.tick());
        loader
    }

    pub(super) fn retry(self) -> Retry {
        Retry {
            on_retry: Callback::new(move |()| self.load()),
            is_busy: self.is_busy.into(),
        }
    }

    /// Asks for the code. A call that is under way is aborted: it may have been so
    /// since before the phone slept.
    fn load(self) {
        self.is_busy.set(true);
        let call = self
            .key
            .with_value(|(account, card)| self.backend.client().code(account, card));
        self.calls.spawn(async move {
            let result = call.await;
            let now = self.session.now();
            self.is_busy.set(false);
            self.now.set(now);
            match result {
                Ok(code) => self.received(code, now),
                Err(error) => self.failed(error, now),
            }
        });
    }

    fn received(self, code: MemberCode, now: Timestamp) {
        let next_load = code.refresh_at(now).map(|at| at.max(now.plus(PAUSE)));
        self.next_load.set_value(next_load);
        self.offline_code.set(code.offline_payload.as_deref());
        self.plan_poll(now);
        self.observe_use(code.last_use.as_ref());
        self.failure.set(None);
        self.code.set(Some(Received { code, at: now }));
    }

    fn plan_poll(self, now: Timestamp) {
        let poll = self.polls.get_value();
        let wait = POLLS[poll.min(POLLS.len() - 1)];
        self.polls.set_value(poll + 1);
        self.next_poll.set_value(Some(now.plus_seconds(wait)));
    }

    /// A use that was not there when the code was first shown is news, and has
    /// changed what is on the card.
    fn observe_use(self, last_use: Option<&LastUse>) {
        let at = last_use.map(|last_use| last_use.at);
        let Some(before) = self.used_before.get_value() else {
            self.used_before.set_value(Some(at));
            return;
        };
        if at.is_some() && at != before {
            self.used_before.set_value(Some(at));
            self.last_use.set(last_use.cloned());
            self.wallet.refresh();
        }
    }

    fn failed(self, error: ApiError, now: Timestamp) {
        let wait = error.retry_after().unwrap_or(RETRY);
        let next_load = error.is_transient().then(|| now.plus_seconds(wait));
        self.next_load.set_value(next_load);
        self.next_poll.set_value(None);
        if is_about_card(&error) {
            self.offline_code.refuse();
        }
        let failure = self.session.fail(error);
        if failure.is_refusal() {
            self.code.set(None);
        }
        self.failure.set(Some(failure));
    }

    /// The page is in view again, or the network is back.
    fn returned(self) {
        let hidden_since = self.hidden_since.get_untracked();
        self.hidden_since.set(None);
        let away = hidden_since.map_or(0, |since| clock::now().since(since));
        if !(0..=GLANCE).contains(&away) {
            self.code.update(|code| {
                *code = code.take().filter(|it| it.code.mode == CodeMode::Static);
            });
        }
        self.now.set(self.session.now());
        self.polls.set_value(0);
        self.load();
    }

    fn tick(self) {
        if self.hidden_since.get_untracked().is_some() {
            return;
        }
        let now = self.session.now();
        self.now.set(now);
        let times = [self.next_load.get_value(), self.next_poll.get_value()];
        let is_due = times.into_iter().flatten().any(|at| at <= now);
        if is_due && !self.is_busy.get_untracked() {
            self.load();
        }
    }

    pub(super) fn shown(self) -> Shown {
        let now = self.now.get();
        let is_hidden = self.hidden_since.get().is_some();
        let valid = self.code.with(|received| {
            let Received { code, at } = received.as_ref()?;
            // The last thing that a browser draws of a page is what it shows
            // first when the page is back.
            let may_be_old = is_hidden && code.mode == CodeMode::Rotating;
            (code.is_valid(*at, now) && !may_be_old).then(|| code.payload.clone())
        });
        match (valid, self.failure.get()) {
            (Some(payload), _) => Shown::Code(payload),
            (None, Some(failure)) => match self.offline_code.get(&failure) {
                Some(payload) => Shown::Offline(payload),
                None => Shown::Failed(failure),
            },
            (None, None) => Shown::Loading,
        }
    }

    /// What the till has done with the code since it is shown.
    pub(super) fn last_use(self) -> Option<LastUse> {
        self.last_use.get()
    }

    /// Seconds until the code changes, and the share of its life that is left.
    pub(super) fn time_left(self) -> Option<(u32, Thousandths)> {
        let now = self.now.get();
        self.code.with(|received| {
            let Received { code, at } = received.as_ref()?;
            if code.mode == CodeMode::Static {
                return None;
            }
            let end = code.dies_at(*at)?;
            let life = end.since(*at).max(1);
            let left = end.since(now).clamp(0, life);
            let seconds = end.seconds_from(now).unwrap_or_default();
            let share = u32::try_from(left * 1_000 / life).unwrap_or_default();
            Some((seconds, Thousandths(share)))
        })
    }
}

/// Whether the backend says that there is no code for this card.
fn is_about_card(error: &ApiError) -> bool {
    matches!(
        error.code(),
        Some(
            ProblemCode::CardNotFound
                | ProblemCode::CardFrozen
                | ProblemCode::CardLost
                | ProblemCode::CardExpired
        )
    )
}
