//! The page as a whole: its address, its language, its title, its life.

use crate::signal::Signal;
use leptos::{
    ev,
    prelude::{on_cleanup, window_event_listener},
    task::spawn_local,
};
use wasm_bindgen::{JsCast, closure::Closure};

/// Leaves for `url` and leaves no trace in the history.
pub fn leave_for(url: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(url);
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// The page's whole address, for the QR code that opens it in WeChat.
#[must_use]
pub fn address() -> String {
    web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default()
}

/// The fan's languages, the preferred one first.
#[must_use]
pub fn languages() -> Vec<String> {
    web_sys::window()
        .map(|window| {
            window
                .navigator()
                .languages()
                .iter()
                .filter_map(|language| language.as_string())
                .collect()
        })
        .unwrap_or_default()
}

/// Sets the language of the document, for screen readers and fonts.
pub fn set_language(tag: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Sets the title, which WeChat shows above the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Whether the browser believes that it has a network.
#[must_use]
pub fn online() -> Signal<bool> {
    let is_online = || web_sys::window().is_none_or(|window| window.navigator().on_line());
    let online = Signal::new(is_online());
    for listener in [
        window_event_listener(ev::online, move |_| online.set(true)),
        window_event_listener(ev::offline, move |_| online.set(false)),
    ] {
        on_cleanup(move || listener.remove());
    }
    online
}

/// Moves the focus to the element with this `id`, so that a screen reader reads
/// on from there.
fn focus(id: &str) {
    let element = document()
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Moves the focus to the element with this `id` once it is on the page.
pub fn focus_soon(id: &'static str) {
    spawn_local(async move { focus(id) });
}

/// Copies `text`, and says whether the browser took it. It has to be called in
/// the tap itself.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into());
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    let written = window.navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(written).await.is_ok()
}

/// Does `act` when Escape is pressed, for as long as the part of the page that
/// asked for it is on the screen.
pub fn on_escape(act: impl Fn() + 'static) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            act();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Calls `act` whenever the page comes back into view: after another app was in
/// front, or when Back has brought it out of the browser's cache.
pub fn on_return(act: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let is_visible = document().is_some_and(|document| !document.hidden());
        let is_restored = event
            .dyn_ref::<web_sys::PageTransitionEvent>()
            .is_none_or(web_sys::PageTransitionEvent::persisted);
        if is_visible && is_restored {
            act();
        }
    });
    let listener: js_sys::Function = callback
        .as_ref()
        .unchecked_ref::<js_sys::Function>()
        .clone();
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("pageshow", &listener);
        let _ = window.add_event_listener_with_callback("online", &listener);
    }
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback("visibilitychange", &listener);
    }
    // The owner of the page drops the closure, after the listeners are gone.
    let _kept = Signal::new(callback);
    on_cleanup(move || {
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback("pageshow", &listener);
            let _ = window.remove_event_listener_with_callback("online", &listener);
        }
        if let Some(document) = document() {
            let _ = document.remove_event_listener_with_callback("visibilitychange", &listener);
        }
    });
}

/// Calls `act` whenever the page goes out of view, before anything else is in
/// front of it.
pub fn on_leave(act: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(move || {
        if document().is_some_and(|document| document.hidden()) {
            act();
        }
    });
    let function: js_sys::Function = listener
        .as_ref()
        .unchecked_ref::<js_sys::Function>()
        .clone();
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback("visibilitychange", &function);
    }
    // The owner of the page drops the closure, after the listener is gone.
    let _kept = Signal::new(listener);
    on_cleanup(move || {
        if let Some(document) = document() {
            let _ = document.remove_event_listener_with_callback("visibilitychange", &function);
        }
    });
}

/// Device pixels for each CSS pixel.
#[must_use]
pub fn pixel_ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio())
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}
