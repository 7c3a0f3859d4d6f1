//! Signing in again without going round in circles.

use super::timestamp::Timestamp;
use crate::percent::percent_encoded;

/// Inside WeChat the app goes to the login page by itself at most once in this
/// time, in milliseconds. A second time means that signing in does not work
/// there, and going on would be an endless loop.
const PAUSE: i64 = 60_000;

/// What the app knows when the backend says `not_signed_in`.
#[derive(Clone, Copy, Debug)]
pub struct SignedOut<'a> {
    /// Where the backend wants the fan to sign in.
    pub login_url: &'a str,
    /// The path and query of the page that the fan is on.
    pub return_to: &'a str,
    /// When the app last went to sign in by itself, by the phone's clock.
    pub last_attempt: Option<Timestamp>,
    /// The phone's clock.
    pub now: Timestamp,
    /// Which browser this is.
    pub browser: Browser,
}

/// The browsers that matter for signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Inside WeChat.
    WeChat,
    /// Anywhere else.
    Other,
}

/// What to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// Go to this address, leaving no trace in the history.
    Go(String),
    /// WeChat's login works in WeChat only: show how to open the page there.
    OpenInWeChat,
    /// It was tried a moment ago and led back here: let the fan decide.
    Stuck(String),
}

impl SignedOut<'_> {
    /// Decides.
    #[must_use]
    pub fn decide(&self) -> SignIn {
        let separator = if self.login_url.contains('?') {
            '&'
        } else {
            '?'
        };
        let url = format!(
            "{}{separator}return_to={}",
            self.login_url,
            percent_encoded(self.return_to)
        );
        if self.browser == Browser::Other && is_wechat_login(self.login_url) {
            return SignIn::OpenInWeChat;
        }
        let tried_just_now = self
            .last_attempt
            .is_some_and(|at| (0..PAUSE).contains(&self.now.since(at)));
        if tried_just_now {
            SignIn::Stuck(url)
        } else {
            SignIn::Go(url)
        }
    }
}

/// Whether `url` is a page of WeChat's own.
fn is_wechat_login(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host == "weixin.qq.com" || host.ends_with(".weixin.qq.com")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed_out<'a>() -> SignedOut<'a> {
        SignedOut {
            login_url: "/enter?account=case-2",
            return_to: "/a/case-2/claim?lang=en",
            last_attempt: None,
            now: Timestamp::from_milliseconds(1_000_000),
            browser: Browser::WeChat,
        }
    }

    const URL: &str = "/enter?account=case-2&return_to=%2Fa%2Fcase-2%2Fclaim%3Flang%3Den";

    #[test]
    fn the_fan_comes_back_to_the_same_page() {
        assert_eq!(signed_out().decide(), SignIn::Go(URL.to_owned()));
    }

    #[test]
    fn it_goes_by_itself_at_most_once_a_minute() {
        let mut page = signed_out();
        page.last_attempt = Some(page.now.plus(-59_999));
        assert_eq!(page.decide(), SignIn::Stuck(URL.to_owned()));
        page.last_attempt = Some(page.now.plus(-60_000));
        assert_eq!(page.decide(), SignIn::Go(URL.to_owned()));
        // A clock that was set back must not lock the fan out.
        page.last_attempt = Some(page.now.plus(5_000));
        assert_eq!(page.decide(), SignIn::Go(URL.to_owned()));
    }

    #[test]
    fn wechat_s_own_login_needs_wechat() {
        let mut page = signed_out();
        page.login_url = "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1";
        assert!(matches!(page.decide(), SignIn::Go(_)));
        page.browser = Browser::Other;
        assert_eq!(page.decide(), SignIn::OpenInWeChat);
        page.login_url = "https://weixin.qq.com.example/login";
        assert!(matches!(page.decide(), SignIn::Go(_)));
    }
}
