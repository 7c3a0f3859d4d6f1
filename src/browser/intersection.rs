//! Whether an element is on the screen.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};

/// Calls `on_intersect` whenever an element comes into view, for as long as the
/// owner lives.
pub fn observe(element: &web_sys::Element, on_intersect: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let is_seen = entries.iter().any(|entry| {
            entry
                .unchecked_into::<web_sys::IntersectionObserverEntry>()
                .is_intersecting()
        });
        if is_seen {
            on_intersect();
        }
    });
    let observer = web_sys::IntersectionObserver::new(callback.as_ref().unchecked_ref());
    // The owner drops the closure after the cleanup has stopped the observer.
    let _callback = StoredValue::new_local(callback);
    if let Ok(observer) = observer {
        observer.observe(element);
        on_cleanup(move || observer.disconnect());
    }
}
