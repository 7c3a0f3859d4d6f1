//! Keeps the screen from going dark.

use js_sys::Promise;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{object, page};

/// Keeps the screen on for as long as the owner lives. Browsers that can't (iOS
/// before 16.4) go dark as they always do. The browser lets go whenever the page
/// is hidden, so it is asked again when the page is back; one lock is held at a
/// time.
pub fn keep_screen_on() {
    let lock = StoredValue::new_local(Lock::None);
    let ask = move || {
        let may_ask = lock.try_update_value(|lock| match lock {
            Lock::Held(held) if !is_released(held) => false,
            Lock::Asked => false,
            Lock::None | Lock::Held(_) => {
                *lock = Lock::Asked;
                true
            }
        });
        if may_ask != Some(true) {
            return;
        }
        spawn_local(async move {
            let granted = request().await;
            let next = granted.clone().map_or(Lock::None, Lock::Held);
            let is_gone = lock.try_update_value(|lock| *lock = next).is_none();
            if let Some(granted) = granted.filter(|_| is_gone) {
                // The page was left while the browser was thinking.
                release(&granted);
            }
        });
    };
    ask();
    page::on_return(ask);
    on_cleanup(move || {
        let lock = lock.try_update_value(|lock| core::mem::replace(lock, Lock::None));
        if let Some(Lock::Held(lock)) = lock {
            release(&lock);
        }
    });
}

/// The lock on the screen, as far as it has been granted.
enum Lock {
    None,
    Asked,
    Held(JsValue),
}

fn is_released(lock: &JsValue) -> bool {
    object::property::<JsValue>(lock, "released").is_some_and(|released| released.is_truthy())
}

/// web-sys has the wake lock only among what is not stable yet.
async fn request() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let wake_lock = object::property::<JsValue>(&navigator, "wakeLock")?;
    let promise = object::call(&wake_lock, "request", &["screen".into()])?;
    JsFuture::from(promise.dyn_into::<Promise>().ok()?)
        .await
        .ok()
}

fn release(lock: &JsValue) {
    object::call(lock, "release", &[]);
}
