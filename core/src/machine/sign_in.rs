//! Signing in and out without going round in circles.
//!
//! ```text
//!                 not_signed_in                    came back, or still there
//!   signed in ──────────────────► leaving ─────────────────────────────────► failed
//!    │  ▲  │                        ▲                                         │ │
//!    │  │  └─ a minute has not      └──────────── the fan asks ───────────────┘ │
//!    │  │     passed ──► failed                                                 │
//!    │  └──────────────── a call succeeds ──────────────────────────────────────┘
//!    │ sign out
//!    ▼
//!   signing out ──► signed out
//! ```
//!
//! # How a loop is noticed
//!
//! Signing in is a round of page loads, so whether it was tried a moment ago has
//! to survive one. Storage may be denied. `window.name` and `document.referrer`
//! are cleared or cut on the way over WeChat's host, and `history.state` belongs
//! to an entry that is replaced. The address survives: the backend accepts only
//! own paths in `return_to` and keeps their query. So the page asks to be sent
//! back to its own address with the marker `signin=1`, and takes the marker out
//! of the address once a call has succeeded. For a minute after its start, by
//! its own monotonic clock, a page that came back with it does not go to sign in
//! by itself again.
//!
//! A backend that drops the query is covered by the time of the last attempt,
//! where it can be stored: the backend's time, which a phone's calendar does not
//! move.

use crate::{
    domain::{instant::Instant, timestamp::Timestamp, url::HttpUrl},
    percent::percent_encoded,
    problem::ApiError,
};

/// The app goes to sign in by itself at most once in this time, in milliseconds.
const PAUSE: i64 = 60_000;

/// The part of a query that marks a page as come back from signing in.
const MARKER: &str = "signin=1";
/// The longest address that a backend returns to, in bytes: with a longer query, such as
/// one that somebody else has appended, the page comes back without it.
const LONGEST_RETURN: usize = 512;

/// The browsers that matter for signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    WeChat,
    Other,
}

/// How the page was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// From a menu, a link, or by a reload.
    Direct,
    /// With the marker of [`has_marker`] in its address; when it was started.
    FromSignIn(Instant),
}

/// Now, by the two clocks that cannot be set on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub instant: Instant,
    /// What the backend's clock shows.
    pub server: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A call was answered `not_signed_in`.
    NotSignedIn {
        login_url: HttpUrl,
        /// The path and query of the screen that is shown.
        return_to: String,
        now: Moment,
    },
    /// A call that needs a session succeeded.
    Succeeded,
    /// The fan wants to sign in.
    SignInRequested {
        now: Moment,
    },
    /// The page is still there some seconds after [`Effect::Leave`], or there
    /// again (`pageshow`).
    StillHere,
    /// The fan signs out. The store forgets local data and sends the call.
    SignOutRequested,
    /// Signing out is done. That the session was over already counts as done
    /// (`Policy::fulfilled_by`).
    SignedOut,
    SignOutFailed(ApiError),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep `attempted_at` for this visit, if the browser lets it, and leave for
    /// `url` without a trace in the history. Send [`Event::StillHere`] if the
    /// page is not gone after ten seconds.
    Leave {
        url: String,
        attempted_at: Timestamp,
    },
    /// Take the marker out of the address, with [`without_marker`].
    RemoveMarker,
    /// Forget `attempted_at`: the next sign-in is a new one.
    ForgetAttempt,
    /// Load the page anew, without anything that it holds.
    Reload,
}

/// What is known of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInState {
    /// No reply has said otherwise.
    SignedIn,
    /// The page is about to be left.
    Leaving,
    /// WeChat's login works in WeChat only: show how to open the page there.
    OpenInWeChat,
    /// Signing in was tried a moment ago and did not hold: let the fan decide.
    Failed {
        /// Leads to signing in.
        url: String,
    },
    SigningOut,
    /// Signing out has no result.
    SignOutFailed(ApiError),
    SignedOut,
}

/// Decides when to leave for signing in.
#[derive(Debug)]
pub struct SignInMachine {
    browser: Browser,
    state: SignInState,
    /// The address bears the marker.
    is_marked: bool,
    /// Until when the page counts as just come back.
    came_back_until: Option<Instant>,
    last_attempt: Option<Timestamp>,
    /// Where [`SignInState::Leaving`] leads.
    url: String,
}

impl SignInMachine {
    /// `last_attempt` is what [`Effect::Leave`] kept.
    #[must_use]
    pub fn new(browser: Browser, arrival: Arrival, last_attempt: Option<Timestamp>) -> Self {
        let came_back_until = match arrival {
            Arrival::Direct => None,
            Arrival::FromSignIn(started) => Some(started.plus(PAUSE)),
        };
        Self {
            browser,
            state: SignInState::SignedIn,
            is_marked: came_back_until.is_some(),
            came_back_until,
            last_attempt,
            url: String::new(),
        }
    }

    #[must_use]
    pub const fn state(&self) -> &SignInState {
        &self.state
    }

    pub fn on(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::NotSignedIn {
                login_url,
                return_to,
                now,
            } => self.not_signed_in(&login_url, &return_to, now),
            Event::Succeeded => self.succeeded(),
            Event::SignInRequested { now } => match &self.state {
                SignInState::Failed { url } => {
                    let url = url.clone();
                    Some(self.leave(url, now))
                }
                SignInState::SignedOut => Some(Effect::Reload),
                _ => None,
            },
            Event::StillHere => {
                if self.state == SignInState::Leaving {
                    let url = core::mem::take(&mut self.url);
                    self.state = SignInState::Failed { url };
                }
                None
            }
            Event::SignOutRequested => {
                self.state = SignInState::SigningOut;
                None
            }
            Event::SignedOut => self.signed_out(),
            Event::SignOutFailed(error) => {
                self.state = SignInState::SignOutFailed(error);
                None
            }
        }
    }

    fn not_signed_in(
        &mut self,
        login_url: &HttpUrl,
        return_to: &str,
        now: Moment,
    ) -> Option<Effect> {
        match self.state {
            // A second call of the same moment; or the fan has just chosen not to
            // be signed in.
            SignInState::Leaving | SignInState::SigningOut | SignInState::SignedOut => None,
            SignInState::SignOutFailed(_) => self.signed_out(),
            SignInState::SignedIn | SignInState::OpenInWeChat | SignInState::Failed { .. } => {
                if self.browser == Browser::Other && is_wechat(login_url) {
                    self.state = SignInState::OpenInWeChat;
                    return None;
                }
                let url = sign_in_url(login_url.as_str(), return_to);
                if self.was_tried_just_now(now) {
                    self.state = SignInState::Failed { url };
                    None
                } else {
                    Some(self.leave(url, now))
                }
            }
        }
    }

    fn was_tried_just_now(&self, now: Moment) -> bool {
        let came_back = self.came_back_until.is_some_and(|end| now.instant < end);
        let is_recent = |at| (0..PAUSE).contains(&now.server.since(at));
        came_back || self.last_attempt.is_some_and(is_recent)
    }

    fn leave(&mut self, url: String, now: Moment) -> Effect {
        self.state = SignInState::Leaving;
        self.last_attempt = Some(now.server);
        self.url.clone_from(&url);
        Effect::Leave {
            url,
            attempted_at: now.server,
        }
    }

    fn succeeded(&mut self) -> Option<Effect> {
        match self.state {
            SignInState::SignedIn | SignInState::OpenInWeChat | SignInState::Failed { .. } => {
                self.state = SignInState::SignedIn;
                core::mem::take(&mut self.is_marked).then_some(Effect::RemoveMarker)
            }
            // Asked for while the session lasted.
            _ => None,
        }
    }

    fn signed_out(&mut self) -> Option<Effect> {
        self.state = SignInState::SignedOut;
        self.came_back_until = None;
        self.last_attempt = None;
        Some(Effect::ForgetAttempt)
    }
}

/// Whether `query`, the part of an address behind `?`, bears the marker of a page
/// that comes back from signing in.
#[must_use]
pub fn has_marker(query: &str) -> bool {
    query.split('&').any(|pair| pair == MARKER)
}

/// `address`, a path with or without a query, without the marker.
#[must_use]
pub fn without_marker(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else {
        return address.to_owned();
    };
    let mut address = path.to_owned();
    for pair in query.split('&').filter(|pair| *pair != MARKER) {
        append(&mut address, pair);
    }
    address
}

/// `login_url`, which leads back to `return_to` with the marker.
fn sign_in_url(login_url: &str, return_to: &str) -> String {
    let mut return_to = match return_to.split_once('?') {
        Some((path, _)) if return_to.len() >= LONGEST_RETURN - MARKER.len() => path.to_owned(),
        _ => without_marker(return_to),
    };
    append(&mut return_to, MARKER);
    let mut parts = login_url.splitn(2, '#');
    let mut url = parts.next().unwrap_or_default().to_owned();
    append(&mut url, "return_to=");
    url.push_str(&percent_encoded(&return_to));
    if let Some(fragment) = parts.next() {
        url.push('#');
        url.push_str(fragment);
    }
    url
}

/// Appends a pair to the query of `address`.
fn append(address: &mut String, pair: &str) {
    if !address.bytes().any(|byte| byte == b'?') {
        address.push('?');
    } else if !address.ends_with(['?', '&']) {
        address.push('&');
    }
    address.push_str(pair);
}

/// Whether `url` is a page of WeChat's own.
fn is_wechat(url: &HttpUrl) -> bool {
    let host = url.host().and_then(|host| host.split(':').next());
    host.is_some_and(|host| {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        host == "weixin.qq.com" || host.ends_with(".weixin.qq.com")
    })
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    const LOGIN: &str = "/enter?account=case-2";
    const URL: &str = "/enter?account=case-2&return_to=%2Fa%2Fcase-2%3Flang%3Den%26signin%3D1";

    /// `milliseconds` after some start.
    fn at(milliseconds: i64) -> Moment {
        Moment {
            instant: Instant::from_milliseconds(milliseconds),
            server: Timestamp::from_milliseconds(1_000_000).plus(milliseconds),
        }
    }

    fn not_signed_in(login_url: &str, now: Moment) -> Event {
        Event::NotSignedIn {
            login_url: HttpUrl::parse(login_url).expect("an address"),
            return_to: "/a/case-2?lang=en".to_owned(),
            now,
        }
    }

    fn leave(now: Moment) -> Option<Effect> {
        Some(Effect::Leave {
            url: URL.to_owned(),
            attempted_at: now.server,
        })
    }

    fn failed() -> SignInState {
        SignInState::Failed {
            url: URL.to_owned(),
        }
    }

    fn in_wechat(arrival: Arrival, last_attempt: Option<Timestamp>) -> SignInMachine {
        SignInMachine::new(Browser::WeChat, arrival, last_attempt)
    }

    #[test]
    fn two_calls_of_one_moment_lead_to_one_redirect() {
        let mut machine = in_wechat(Arrival::Direct, None);
        assert_eq!(machine.on(not_signed_in(LOGIN, at(0))), leave(at(0)));
        assert_eq!(machine.on(not_signed_in(LOGIN, at(0))), None);
        assert_eq!(*machine.state(), SignInState::Leaving);
        assert_eq!(machine.on(Event::Succeeded), None, "asked for before");
        assert_eq!(*machine.state(), SignInState::Leaving);
    }

    #[test]
    fn a_page_that_came_back_does_not_leave_again_within_a_minute() {
        let arrival = Arrival::FromSignIn(at(0).instant);
        let mut machine = in_wechat(arrival, None);
        assert_eq!(machine.on(not_signed_in(LOGIN, at(59_999))), None);
        assert_eq!(*machine.state(), failed());
        assert_eq!(
            machine.on(not_signed_in(LOGIN, at(60_000))),
            leave(at(60_000))
        );
    }

    #[test]
    fn a_stored_attempt_counts_where_the_backend_drops_the_marker() {
        let mut machine = in_wechat(Arrival::Direct, Some(at(0).server));
        assert_eq!(machine.on(not_signed_in(LOGIN, at(59_999))), None);
        assert_eq!(*machine.state(), failed());
        assert_eq!(
            machine.on(not_signed_in(LOGIN, at(60_000))),
            leave(at(60_000))
        );
        // An attempt in the future is none.
        let mut machine = in_wechat(Arrival::Direct, Some(at(1).server));
        assert_eq!(machine.on(not_signed_in(LOGIN, at(0))), leave(at(0)));
    }

    #[test]
    fn success_takes_the_marker_away_once_and_still_counts_the_minute() {
        let mut machine = in_wechat(Arrival::FromSignIn(at(0).instant), None);
        assert_eq!(machine.on(Event::Succeeded), Some(Effect::RemoveMarker));
        assert_eq!(machine.on(Event::Succeeded), None);
        assert_eq!(machine.on(not_signed_in(LOGIN, at(1_000))), None);
        assert_eq!(*machine.state(), failed());
        assert_eq!(machine.on(Event::Succeeded), None);
        assert_eq!(*machine.state(), SignInState::SignedIn);

        let mut machine = in_wechat(Arrival::Direct, None);
        assert_eq!(machine.on(Event::Succeeded), None, "there is no marker");
    }

    #[test]
    fn the_fan_can_always_try_again() {
        let mut machine = in_wechat(Arrival::FromSignIn(at(0).instant), None);
        let request = Event::SignInRequested { now: at(2_000) };
        assert_eq!(machine.on(request.clone()), None, "nothing is wrong");
        machine.on(not_signed_in(LOGIN, at(1_000)));
        assert_eq!(machine.on(request), leave(at(2_000)));
        assert_eq!(*machine.state(), SignInState::Leaving);
    }

    #[test]
    fn a_page_that_could_not_be_left_offers_to_sign_in() {
        let mut machine = in_wechat(Arrival::Direct, None);
        assert_eq!(machine.on(Event::StillHere), None);
        assert_eq!(*machine.state(), SignInState::SignedIn);
        machine.on(not_signed_in(LOGIN, at(0)));
        assert_eq!(machine.on(Event::StillHere), None);
        assert_eq!(*machine.state(), failed());
        assert_eq!(machine.on(not_signed_in(LOGIN, at(10_000))), None);
        assert_eq!(*machine.state(), failed());
    }

    #[test]
    fn wechat_s_own_login_needs_wechat() {
        for (login_url, needs_wechat) in [
            ("https://open.weixin.qq.com/connect?appid=wx1", true),
            ("https://OPEN.WeiXin.QQ.com:443/connect", true),
            ("https://weixin.qq.com./connect", true),
            ("https://weixin.qq.com.example/login", false),
            ("https://notweixin.qq.com/login", false),
            (LOGIN, false),
        ] {
            let mut machine = SignInMachine::new(Browser::Other, Arrival::Direct, None);
            let effect = machine.on(not_signed_in(login_url, at(0)));
            let is_open_in_wechat = *machine.state() == SignInState::OpenInWeChat;
            assert_eq!(is_open_in_wechat, needs_wechat, "{login_url}");
            assert_eq!(effect.is_none(), needs_wechat, "{login_url}");

            let mut machine = in_wechat(Arrival::Direct, None);
            let effect = machine.on(not_signed_in(login_url, at(0)));
            assert!(matches!(effect, Some(Effect::Leave { .. })), "{login_url}");
        }
    }

    #[test]
    fn a_session_found_elsewhere_ends_the_wait_for_wechat() {
        let mut machine = SignInMachine::new(Browser::Other, Arrival::Direct, None);
        machine.on(not_signed_in("https://open.weixin.qq.com/", at(0)));
        assert_eq!(machine.on(Event::Succeeded), None);
        assert_eq!(*machine.state(), SignInState::SignedIn);
    }

    #[test]
    fn who_signs_out_is_not_signed_in_again() {
        let mut machine = in_wechat(Arrival::FromSignIn(at(0).instant), Some(at(0).server));
        assert_eq!(machine.on(Event::SignOutRequested), None);
        assert_eq!(machine.on(not_signed_in(LOGIN, at(1_000))), None);
        assert_eq!(*machine.state(), SignInState::SigningOut);
        assert_eq!(machine.on(Event::SignedOut), Some(Effect::ForgetAttempt));
        assert_eq!(machine.on(not_signed_in(LOGIN, at(2_000))), None);
        assert_eq!(machine.on(Event::Succeeded), None, "asked for before");
        assert_eq!(*machine.state(), SignInState::SignedOut);
        let request = Event::SignInRequested { now: at(3_000) };
        assert_eq!(machine.on(request), Some(Effect::Reload));
    }

    #[test]
    fn signing_out_without_a_result_is_told_until_the_session_is_known_to_be_over() {
        let mut machine = in_wechat(Arrival::Direct, None);
        machine.on(Event::SignOutRequested);
        assert_eq!(machine.on(Event::SignOutFailed(ApiError::Offline)), None);
        let state = SignInState::SignOutFailed(ApiError::Offline);
        assert_eq!(*machine.state(), state);
        assert_eq!(machine.on(Event::Succeeded), None);
        assert_eq!(*machine.state(), state);
        let effect = machine.on(not_signed_in(LOGIN, at(0)));
        assert_eq!(effect, Some(Effect::ForgetAttempt));
        assert_eq!(*machine.state(), SignInState::SignedOut);
    }

    #[test]
    fn the_way_back_is_put_where_it_belongs() {
        let mut long = format!("/a/x/claim?signin=1&q={}", "z".repeat(480));
        assert!(sign_in_url("/enter", &long).ends_with("zz%26signin%3D1"));
        long.push_str("zzzzzzzzzz");
        assert_eq!(
            sign_in_url("/enter", &long),
            "/enter?return_to=%2Fa%2Fx%2Fclaim%3Fsignin%3D1",
            "longer than a backend takes, it is the path alone"
        );
        for (login_url, return_to, url) in [
            ("/enter", "/a/x", "/enter?return_to=%2Fa%2Fx%3Fsignin%3D1"),
            ("/enter?", "/a/x", "/enter?return_to=%2Fa%2Fx%3Fsignin%3D1"),
            (
                "/enter?a=1&",
                "/a/x?",
                "/enter?a=1&return_to=%2Fa%2Fx%3Fsignin%3D1",
            ),
            (
                "https://open.weixin.qq.com/c?a=1#wechat_redirect",
                "/a/x?signin=1&lang=en",
                "https://open.weixin.qq.com/c?a=1\
                 &return_to=%2Fa%2Fx%3Flang%3Den%26signin%3D1#wechat_redirect",
            ),
        ] {
            assert_eq!(sign_in_url(login_url, return_to), url);
        }
    }

    #[test]
    fn the_marker_is_one_pair_of_the_query() {
        for (query, is_marked, address) in [
            ("signin=1", true, "/a/x"),
            ("lang=en&signin=1", true, "/a/x?lang=en"),
            ("signin=1&lang=en", true, "/a/x?lang=en"),
            ("lang=en", false, "/a/x?lang=en"),
            ("signin=12&xsignin=1", false, "/a/x?signin=12&xsignin=1"),
        ] {
            assert_eq!(has_marker(query), is_marked, "{query}");
            assert_eq!(without_marker(&format!("/a/x?{query}")), address);
        }
        assert_eq!(without_marker("/a/x"), "/a/x");
    }

    /// What the browser and the backend let survive a page load.
    #[derive(Clone, Copy, Debug)]
    struct Surroundings {
        has_storage: bool,
        keeps_query: bool,
    }

    /// Milliseconds until a reply arrives, and whether there was a session.
    type Reply = (i64, bool);

    /// When the app left by itself while it was given `replies`, on the server's
    /// clock.
    fn departures(surroundings: Surroundings, replies: &[Reply]) -> Vec<i64> {
        let mut departures = Vec::new();
        let mut now = 0;
        let mut page_start = 0;
        let mut machine = in_wechat(Arrival::Direct, None);
        for (delay, has_session) in replies {
            now += delay;
            let moment = Moment {
                instant: Instant::from_milliseconds(now - page_start),
                server: at(now).server,
            };
            let event = if *has_session {
                Event::Succeeded
            } else {
                not_signed_in(LOGIN, moment)
            };
            if let Some(Effect::Leave { attempted_at, .. }) = machine.on(event.clone()) {
                departures.push(now);
                assert_eq!(machine.on(event), None, "a second call of this moment");
                now += 700;
                page_start = now;
                let arrival = if surroundings.keeps_query {
                    Arrival::FromSignIn(Instant::from_milliseconds(0))
                } else {
                    Arrival::Direct
                };
                let stored = surroundings.has_storage.then_some(attempted_at);
                machine = in_wechat(arrival, stored);
            }
        }
        departures
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn it_leaves_by_itself_at_most_once_a_minute(
            (has_storage, keeps_query) in
                prop_oneof![Just((true, true)), Just((true, false)), Just((false, true))],
            replies in vec((0_i64..40_000, any::<bool>()), 0..60),
        ) {
            let surroundings = Surroundings { has_storage, keeps_query };
            let departures = departures(surroundings, &replies);
            for pair in departures.windows(2) {
                prop_assert!(pair[1] - pair[0] >= PAUSE, "{departures:?}");
            }
        }
    }

    #[test]
    fn without_storage_and_cookie_it_leaves_once() {
        let surroundings = Surroundings {
            has_storage: false,
            keeps_query: true,
        };
        assert_eq!(departures(surroundings, &[(100, false); 91]), [100]);
    }
}
