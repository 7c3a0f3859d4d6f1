//! How much room there is.

use kabao_core::domain::thousandths::Thousandths;
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::listener::{self, Phase};

/// Calls `on_resize` with the width of an element's content box, in CSS pixels:
/// now and whenever its size changes, for as long as the owner lives.
pub fn observe_width(element: &web_sys::Element, on_resize: impl Fn(f64) + 'static) {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let entry = entries.get(entries.length().saturating_sub(1));
        let content = entry
            .unchecked_into::<web_sys::ResizeObserverEntry>()
            .content_rect();
        on_resize(content.width());
    });
    let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref());
    // The owner drops the closure after the cleanup has stopped the observer.
    let _callback = StoredValue::new_local(callback);
    if let Ok(observer) = observer {
        observer.observe(element);
        on_cleanup(move || observer.disconnect());
    }
}

/// What a page is shown on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// How much of the page can be seen, in CSS pixels.
    pub width: f64,
    pub height: f64,
    /// Device pixels for each CSS pixel.
    pub pixel_ratio: f64,
}

/// The screen, for as long as the owner lives: a phone is turned, a desktop's page
/// is zoomed or moved to a screen of another density.
#[must_use]
pub fn screen() -> ReadSignal<Screen> {
    let (screen, set_screen) = signal(look_at_screen());
    let look = move || set_screen.set(look_at_screen());
    let listener = window_event_listener(ev::resize, move |_| look());
    on_cleanup(move || listener.remove());
    let pixel_ratio = Memo::new(move |_| (screen.get().pixel_ratio * 1_000.0) as u32);
    // A change of the density alone resizes nothing. A query is for one density, or
    // for those between two neighbouring thousandths.
    Effect::new(move || {
        let least = pixel_ratio.get();
        let (least, most) = (Thousandths(least), Thousandths(least.saturating_add(1)));
        let query = format!("(min-resolution: {least}dppx) and (max-resolution: {most}dppx)");
        let query = web_sys::window().and_then(|window| window.match_media(&query).ok()?);
        if let Some(query) = query {
            listener::listen(query, "change", Phase::Bubble, move |_| look());
        }
    });
    screen
}

fn look_at_screen() -> Screen {
    let window = web_sys::window();
    let side = |read: fn(&web_sys::Window) -> Result<JsValue, JsValue>| {
        let side = window.as_ref().and_then(|window| read(window).ok());
        side.and_then(|side| side.as_f64()).unwrap_or(f64::INFINITY)
    };
    Screen {
        width: side(web_sys::Window::inner_width),
        height: side(web_sys::Window::inner_height),
        pixel_ratio: window
            .as_ref()
            .map_or(1.0, web_sys::Window::device_pixel_ratio),
    }
}
