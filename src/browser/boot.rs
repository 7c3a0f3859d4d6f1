//! What the boot script in `index.html` has begun before the app was there.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A reply to the request that the boot script sent early.
#[derive(Clone, Debug)]
pub struct EarlyReply {
    /// The HTTP status.
    pub status: u16,
    /// The body's text.
    pub body: String,
}

/// Tells the boot script that the app is on the screen, so that it does not
/// show the page for phones that can't run it.
pub fn app_is_ready() {
    if let Some(window) = web_sys::window() {
        let _ = js_sys::Reflect::set(&window, &"kabaoReady".into(), &JsValue::TRUE);
    }
}

/// The reply to a `GET` of `path`, if the boot script has asked for it. It can
/// be taken once. `None` inside means that it did not arrive.
#[must_use]
pub fn take_early_reply(path: &str) -> Option<impl Future<Output = Option<EarlyReply>> + use<>> {
    let window = web_sys::window()?;
    let name = JsValue::from_str("kabaoEarly");
    let early = js_sys::Reflect::get(&window, &name).ok()?;
    if early.is_undefined() {
        return None;
    }
    let early_path = js_sys::Reflect::get(&early, &"path".into()).ok()?;
    if early_path.as_string().as_deref() != Some(path) {
        return None;
    }
    let _ = js_sys::Reflect::set(&window, &name, &JsValue::UNDEFINED);
    let promise: js_sys::Promise = js_sys::Reflect::get(&early, &"reply".into())
        .ok()?
        .dyn_into()
        .ok()?;
    Some(async move {
        let reply = JsFuture::from(promise).await.ok()?;
        let status = js_sys::Reflect::get(&reply, &"status".into())
            .ok()?
            .as_f64()?;
        let body = js_sys::Reflect::get(&reply, &"body".into())
            .ok()?
            .as_string()?;
        Some(EarlyReply {
            status: status as u16,
            body,
        })
    })
}
