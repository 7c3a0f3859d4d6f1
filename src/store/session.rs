//! Whose session it is: signing in and out, the fan, and the backend's clock.

use core::{mem::discriminant, time::Duration};

use kabao_core::{
    domain::{
        id::{AccountId, FanId},
        phone::Phone,
        server_clock::ServerClock,
        staff_code::staff_code,
        support::Support,
        timestamp::Timestamp,
    },
    machine::sign_in::{
        Arrival, Effect as SignInEffect, Event, Moment, SignInMachine, SignInState, has_marker,
        without_marker,
    },
    problem::{ApiError, ProblemCode},
};
use leptos::prelude::*;

use super::failure::Failure;
use crate::{
    browser::{
        clock, page,
        storage::{self, Area},
        wechat,
    },
    context::expect_context,
    router::Router,
};

/// Under which the time of the last attempt to sign in is stored.
const ATTEMPTED_AT: &str = "signing-in";
/// How long leaving the page may take before that has failed.
const LEAVING: Duration = Duration::from_secs(10);

/// It is a handle: cheap to copy, the same for every component.
#[derive(Clone, Copy)]
pub struct Session {
    router: Router,
    machine: RwSignal<SignInMachine>,
    /// Told when the session is over, before the page is left.
    on_over: StoredValue<Option<Callback<()>>>,
    /// Runs while the page is being left.
    leaving: StoredValue<Option<TimeoutHandle>>,
    clock: StoredValue<ServerClock>,
    /// The fan whose data the pages show.
    fan: StoredValue<Option<FanId>>,
    has_another_fan: RwSignal<bool>,
    /// The phone of the shop whose wallet was seen, for problems that only the
    /// app has noticed.
    shop_phone: StoredValue<Option<Phone>>,
}

impl Session {
    pub(super) fn new(router: Router) -> Self {
        let arrival = if has_marker(&router.query()) {
            Arrival::FromSignIn(clock::instant())
        } else {
            Arrival::Direct
        };
        let last_attempt = storage::get(Area::Session, ATTEMPTED_AT)
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_milliseconds);
        let machine = SignInMachine::new(wechat::browser(), arrival, last_attempt);
        let session = Self {
            router,
            machine: RwSignal::new(machine),
            on_over: StoredValue::new(None),
            leaving: StoredValue::new(None),
            clock: StoredValue::new(ServerClock::observed(clock::now(), clock::instant())),
            fan: StoredValue::new(None),
            has_another_fan: RwSignal::new(false),
            shop_phone: StoredValue::new(None),
        };
        // Back has brought the page out of the browser's cache.
        page::on_restored(move || session.dispatch(Event::StillHere));
        on_cleanup(move || session.await_leaving(None));
        session
    }

    /// Calls `act` when the session turns out to be over, before the page is left
    /// for signing in.
    pub(super) fn on_over(self, act: Callback<()>) {
        self.on_over.set_value(Some(act));
    }

    /// Tells what has happened, and carries out what follows. Only another state
    /// is news for the pages: every reply says that the fan is signed in. What
    /// belongs to a state does not change while it lasts, but for where signing in
    /// leads, which no page shows.
    pub(crate) fn dispatch(self, event: Event) {
        let effect = self.machine.try_maybe_update(|machine| {
            let before = discriminant(machine.state());
            let effect = machine.on(event);
            (before != discriminant(machine.state()), effect)
        });
        match effect.flatten() {
            None => {}
            Some(SignInEffect::Leave { url, attempted_at }) => {
                let attempted_at = attempted_at.milliseconds().to_string();
                storage::set(Area::Session, ATTEMPTED_AT, &attempted_at);
                self.router.leave_for(&url);
                let still_here = move || self.dispatch(Event::StillHere);
                self.await_leaving(set_timeout_with_handle(still_here, LEAVING).ok());
            }
            Some(SignInEffect::RemoveMarker) => self.router.rewrite_query(without_marker),
            Some(SignInEffect::ForgetAttempt) => storage::remove(Area::Session, ATTEMPTED_AT),
            Some(SignInEffect::Reload) => page::reload(),
        }
    }

    fn await_leaving(self, timer: Option<TimeoutHandle>) {
        let before = self
            .leaving
            .try_update_value(|leaving| core::mem::replace(leaving, timer));
        if let Some(before) = before.flatten() {
            before.clear();
        }
    }

    /// What is known of the session.
    pub fn with_state<T>(self, read: impl FnOnce(&SignInState) -> T) -> T {
        self.machine.with(|machine| read(machine.state()))
    }

    /// The fan asks to sign in, after that has failed by itself or after signing
    /// out.
    pub fn sign_in(self) {
        self.dispatch(Event::SignInRequested { now: self.moment() });
    }

    /// What a failed call means for the page. Where the session is over, this
    /// sends the fan to sign in, and back to the very same page.
    #[must_use]
    pub fn fail(self, error: ApiError) -> Failure {
        if matches!(error.code(), Some(ProblemCode::AnotherFan)) {
            self.refuse_another_fan();
        }
        let Some(ProblemCode::NotSignedIn { login_url }) = error.code() else {
            return Failure::Call(error);
        };
        if let Some(tell) = self.on_over.get_value() {
            tell.run(());
        }
        self.dispatch(Event::NotSignedIn {
            login_url: login_url.clone(),
            return_to: self.router.here(),
            now: self.moment(),
        });
        Failure::NotSignedIn
    }

    /// Whom to turn to where the backend names nobody, with a staff code for the
    /// problem of this number.
    #[must_use]
    pub fn local_support(self, number: u8) -> Support {
        let route = self.router.route_untracked();
        let account = route.account().map_or("", AccountId::as_str);
        Support {
            phone: self.shop_phone.get_value(),
            provider: None,
            staff_code: staff_code(number, self.now(), account),
        }
    }

    /// What the backend's clock shows now, as far as its replies have told.
    #[must_use]
    pub fn now(self) -> Timestamp {
        self.clock.get_value().now(clock::instant())
    }

    fn moment(self) -> Moment {
        Moment {
            instant: clock::instant(),
            server: self.now(),
        }
    }

    /// Whether somebody else has signed in since, in another tab. What the pages
    /// show is then no longer to be seen, and nothing is sent for it.
    #[must_use]
    pub fn has_another_fan(self) -> bool {
        self.has_another_fan.get()
    }

    /// The same without tracking it, for the other parts of the store: they send
    /// and keep nothing from then on.
    pub(super) fn is_refused(self) -> bool {
        self.has_another_fan.get_untracked()
    }

    fn refuse_another_fan(self) {
        storage::clear();
        self.has_another_fan.set(true);
    }

    pub(super) fn fan(self) -> Option<FanId> {
        self.fan.try_get_value().flatten()
    }

    pub(super) fn observe_fan(self, fan: FanId) {
        self.dispatch(Event::Succeeded);
        match self.fan() {
            None => {
                self.fan.try_set_value(Some(fan));
            }
            Some(known) if known == fan => {}
            Some(_) => self.refuse_another_fan(),
        }
    }

    pub(super) fn observe_server_time(self, server_time: Timestamp) {
        let clock = ServerClock::observed(server_time, clock::instant());
        self.clock.try_set_value(clock);
    }

    pub(super) fn observe_shop_phone(self, phone: Option<Phone>) {
        self.shop_phone.try_set_value(phone);
    }
}

/// The session.
///
/// # Panics
///
/// Outside the app, where nothing has provided it.
#[must_use]
pub fn use_session() -> Session {
    expect_context()
}
