//! Events that Leptos has no listener for.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// When a listener gets an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// On its way down, before the listeners of what it was raised on.
    Capture,
    Bubble,
}

/// Calls `act` with every event of this name, for as long as the owner lives.
pub(super) fn listen(
    target: impl Into<EventTarget>,
    name: &'static str,
    phase: Phase,
    act: impl Fn(Event) + 'static,
) {
    let target = target.into();
    let is_capturing = phase == Phase::Capture;
    let listener = Closure::<dyn Fn(Event)>::new(act);
    let function: js_sys::Function = listener
        .as_ref()
        .unchecked_ref::<js_sys::Function>()
        .clone();
    let _ = target.add_event_listener_with_callback_and_bool(name, &function, is_capturing);
    // The owner drops the closure after the cleanup has removed the listener.
    let _closure = StoredValue::new_local(listener);
    on_cleanup(move || {
        let _ = target.remove_event_listener_with_callback_and_bool(name, &function, is_capturing);
    });
}
