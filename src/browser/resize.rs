//! How much room an element has.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};

/// Calls `on_resize` with the width and the height of an element's content box,
/// in CSS pixels: now and whenever they change, for as long as the owner lives.
pub fn observe(element: &web_sys::Element, on_resize: impl Fn(f64, f64) + 'static) {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let entry = entries.get(entries.length().saturating_sub(1));
        let content = entry
            .unchecked_into::<web_sys::ResizeObserverEntry>()
            .content_rect();
        on_resize(content.width(), content.height());
    });
    let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref());
    // The owner drops the closure after the cleanup has stopped the observer.
    let _callback = StoredValue::new_local(callback);
    if let Ok(observer) = observer {
        observer.observe(element);
        on_cleanup(move || observer.disconnect());
    }
}
