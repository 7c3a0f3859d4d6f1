//! WeChat's browser, and what its built-in bridge does. Every browser has to do
//! without the bridge, so nothing depends on it.

use js_sys::Object;
use leptos::prelude::on_cleanup;
use wasm_bindgen::{JsCast, closure::Closure};

use kabao_core::machine::sign_in::Browser;

use super::object;

/// Which browser the app runs in.
#[must_use]
pub fn browser() -> Browser {
    let is_wechat = web_sys::window()
        .and_then(|window| window.navigator().user_agent().ok())
        .is_some_and(|agent| agent.split([' ', '/']).any(|word| word == "MicroMessenger"));
    if is_wechat {
        Browser::WeChat
    } else {
        Browser::Other
    }
}

/// Takes sharing and copying the link out of WeChat's menu, for as long as the
/// part of the page that asks for it is there.
pub fn hide_share_menu() {
    call("hideOptionMenu");
    on_cleanup(|| call("showOptionMenu"));
}

/// Closes the page, which leads back to the account's chat.
pub fn close_window() {
    call("closeWindow");
}

/// Calls a function of the bridge: now, or when the bridge is there.
fn call(function: &'static str) {
    if browser() != Browser::WeChat || call_now(function) {
        return;
    }
    let when_ready = Closure::once_into_js(move || {
        call_now(function);
    });
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        let _ = document
            .add_event_listener_with_callback("WeixinJSBridgeReady", when_ready.unchecked_ref());
    }
}

/// Calls a function of the bridge, and says whether the bridge was there.
fn call_now(function: &str) -> bool {
    let bridge =
        web_sys::window().and_then(|window| object::property::<Object>(&window, "WeixinJSBridge"));
    let Some(bridge) = bridge else {
        return false;
    };
    object::call(&bridge, "call", &[function.into()]);
    true
}
