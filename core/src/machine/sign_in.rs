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

/// What happened.
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

/// What the store has to do.
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

    /// Takes in an event.
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
    let mut return_to = without_marker(return_to);
    append(&mut return_to, MARKER);
    let fragment = login_url.find('#').unwrap_or(login_url.len());
    let (page, fragment) = login_url.split_at(fragment);
    let mut url = page.to_owned();
    append(&mut url, "return_to=");
    url.push_str(&percent_encoded(&return_to));
    url.push_str(fragment);
    url
}

/// Appends a pair to the query of `address`.
fn append(address: &mut String, pair: &str) {
    if !address.contains('?') {
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
