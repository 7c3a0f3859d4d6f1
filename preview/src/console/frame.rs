//! The frame with the customer's phone, and what the page lends to the rules.

use kabao_preview::backend::Surroundings;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::phone::{self, PLAY, RESTART};

/// The identifier of the frame.
pub(super) const FRAME: &str = "phone";

/// The rules have neither clock nor dice; the page lends them its own.
pub(super) fn surroundings() -> Surroundings {
    Surroundings {
        now: || js_sys::Date::now() as i64,
        seed: || {
            let mut seed = [0; 32];
            if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
                let _ = crypto.get_random_values_with_u8_array(&mut seed);
            }
            seed
        },
    }
}

/// Lets the app on the phone begin anew, if it has begun at all.
pub(super) fn restart_phone() {
    call_phone(RESTART);
}

/// Lets the customer do on the phone what they would, up to the end. Returns whether
/// the phone is there.
pub(super) fn play_phone() -> bool {
    call_phone(PLAY)
}

fn call_phone(name: &str) -> bool {
    document()
        .get_element_by_id(FRAME)
        .and_then(|frame| frame.dyn_into::<web_sys::HtmlIFrameElement>().ok())
        .and_then(|frame| frame.content_window())
        .is_some_and(|frame| phone::call(&frame, name))
}
