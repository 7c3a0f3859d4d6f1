//! Whose session a page believes in, as the app's store keeps it.

use kabao_core::{
    domain::{id::FanId, instant::Instant, server_clock::ServerClock, timestamp::Timestamp},
    machine::sign_in::{Arrival, Browser, Effect, Event, Moment, SignInMachine},
    problem::{ApiError, ProblemCode},
};

use crate::clock;

pub(crate) struct Session {
    machine: SignInMachine,
    clock: ServerClock,
    fan: Option<FanId>,
    /// Whether the page's address says that it comes from signing in.
    pub(crate) is_marked: bool,
    /// Where the page is to be left for, and what it keeps of that for the visit.
    pub(crate) leave: Option<(String, Timestamp)>,
}

/// What the browser's monotonic clock shows.
fn instant() -> Instant {
    Instant::from_milliseconds(clock::now())
}

impl Session {
    pub(crate) fn new(is_marked: bool, last_attempt: Option<Timestamp>) -> Self {
        let arrival = match is_marked {
            true => Arrival::FromSignIn(instant()),
            false => Arrival::Direct,
        };
        let calendar = Timestamp::from_milliseconds(clock::now());
        Self {
            machine: SignInMachine::new(Browser::WeChat, arrival, last_attempt),
            clock: ServerClock::observed(calendar, instant()),
            fan: None,
            is_marked,
            leave: None,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now(instant())
    }

    fn moment(&self) -> Moment {
        Moment {
            instant: instant(),
            server: self.now(),
        }
    }

    pub(crate) fn fan(&self) -> Option<FanId> {
        self.fan.clone()
    }

    pub(crate) fn observe_server_time(&mut self, time: Timestamp) {
        self.clock = ServerClock::observed(time, instant());
    }

    pub(crate) fn observe_fan(&mut self, fan: &FanId) {
        self.take(Event::Succeeded);
        let known = self.fan.get_or_insert_with(|| fan.clone());
        assert_eq!(known, fan, "a phone is one person's");
    }

    /// The fan asks to sign in, where the page offers it.
    pub(crate) fn sign_in(&mut self) {
        self.take(Event::SignInRequested { now: self.moment() });
    }

    /// Whether the call has failed because the session is over. The page is then left, if
    /// that was not tried a moment ago.
    pub(crate) fn fail(&mut self, error: &ApiError, here: &str) -> bool {
        let Some(ProblemCode::NotSignedIn { login_url }) = error.code() else {
            return false;
        };
        self.take(Event::NotSignedIn {
            login_url: login_url.clone(),
            return_to: here.to_owned(),
            now: self.moment(),
        });
        true
    }

    fn take(&mut self, event: Event) {
        match self.machine.on(event) {
            Some(Effect::Leave { url, attempted_at }) => self.leave = Some((url, attempted_at)),
            Some(Effect::RemoveMarker) => self.is_marked = false,
            Some(Effect::ForgetAttempt | Effect::Reload) => unreachable!("nobody signs out"),
            None => {}
        }
    }
}
