//! Keeps the screen from going dark.

use js_sys::{Function, Promise, Reflect};
use leptos::{prelude::on_cleanup, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page;
use crate::signal::Signal;

/// Keeps the screen on for as long as the part of the page that asks for it is
/// there. Browsers that can't (iOS before 16.4) go dark as they always do. The
/// browser lets go whenever the page is hidden, so it is asked again when the
/// page is back.
pub fn keep_screen_on() {
    let held = Signal::new(None::<JsValue>);
    let ask = move || {
        spawn_local(async move {
            if let Some(lock) = request().await
                && held.update(|held| held.replace(lock.clone())).is_none()
            {
                // The page was left while the browser was thinking.
                release(&lock);
            }
        });
    };
    ask();
    page::on_return(ask);
    on_cleanup(move || {
        if let Some(lock) = held.update(Option::take).flatten() {
            release(&lock);
        }
    });
}

async fn request() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let wake_lock = Reflect::get(&navigator, &"wakeLock".into()).ok()?;
    let request: Function = method(&wake_lock, "request")?;
    let promise: Promise = request
        .call1(&wake_lock, &"screen".into())
        .ok()?
        .dyn_into()
        .ok()?;
    JsFuture::from(promise).await.ok()
}

fn release(lock: &JsValue) {
    if let Some(release) = method(lock, "release") {
        let _ = release.call0(lock);
    }
}

/// A method of an object that may not be there. web-sys has the wake lock only
/// among what is not stable yet.
fn method(object: &JsValue, name: &str) -> Option<Function> {
    if !object.is_object() {
        return None;
    }
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}
