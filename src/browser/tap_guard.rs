//! Keeps the second of two fast taps from what has come under the finger with
//! the first.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent};

use super::listener::{self, Phase};

/// Two taps within this time are one for whoever makes them, in milliseconds.
/// Android counts 300 and Windows 500; nobody has read in half a second what has
/// just come under the finger.
const DOUBLE_TAP: f64 = 500.0;
/// For how long after a tap that counts the ones behind it may be its double, in
/// milliseconds: who goes on tapping means what is there now.
const BURST: f64 = 1_000.0;
/// How far apart the two may be, in CSS pixels: half a fingertip.
const FINGERTIP: i32 = 24;
/// What reacts to a tap.
const CONTROLS: &str = "a, button, input, label";

struct Tap {
    /// Milliseconds since the page was loaded.
    at: f64,
    /// The same for the latest one that was taken for its double.
    last_at: f64,
    x: i32,
    y: i32,
    control: Element,
}

/// For as long as the owner lives, a tap that follows another one in the same
/// place counts only if it hits what the first one hit, and else it takes the
/// focus nowhere either. Clicks from a keyboard, a screen reader or a script have
/// no place and always count.
pub fn install() {
    let last = StoredValue::new_local(None::<Tap>);
    // Where a tap begins, the browser moves the focus.
    guard("mousedown", move |tap| {
        let follows = |first: &Tap| first.is_followed_by(&tap);
        last.try_with_value(|last| last.as_ref().is_some_and(follows)) == Some(true)
    });
    guard("click", move |tap| {
        let is_stray = last.try_update_value(|last| match last {
            // It still belongs to the first one, and so may the next.
            Some(first) if first.is_followed_by(&tap) => {
                first.last_at = tap.at;
                true
            }
            _ => {
                *last = Some(tap);
                false
            }
        });
        is_stray == Some(true)
    });
}

/// For as long as the owner lives, takes away each event of this name for which
/// `is_stray` holds.
fn guard(name: &'static str, is_stray: impl Fn(Tap) -> bool + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    listener::listen(window, name, Phase::Capture, move |event| {
        if Tap::of(&event).is_some_and(&is_stray) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
}

impl Tap {
    fn of(event: &Event) -> Option<Self> {
        let event = event.dyn_ref::<MouseEvent>()?;
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let control = target.closest(CONTROLS).ok().flatten();
        (event.detail() > 0).then(|| Self {
            at: event.time_stamp(),
            last_at: event.time_stamp(),
            x: event.client_x(),
            y: event.client_y(),
            control: control.unwrap_or(target),
        })
    }

    /// Whether `next` was meant for what this one hit, and hits something else.
    fn is_followed_by(&self, next: &Self) -> bool {
        next.at - self.last_at < DOUBLE_TAP
            && next.at - self.at < BURST
            && (next.x - self.x).abs() <= FINGERTIP
            && (next.y - self.y).abs() <= FINGERTIP
            // A tap on a label is followed by a click on the field inside.
            && !self.control.contains(Some(&next.control))
    }
}
