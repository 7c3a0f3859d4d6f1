//! WeChat's browser.

use crate::domain::sign_in::Browser;

/// Which browser the app runs in.
#[must_use]
pub fn browser() -> Browser {
    let is_wechat = web_sys::window()
        .and_then(|window| window.navigator().user_agent().ok())
        .is_some_and(|agent| agent.contains("MicroMessenger"));
    if is_wechat {
        Browser::WeChat
    } else {
        Browser::Other
    }
}
