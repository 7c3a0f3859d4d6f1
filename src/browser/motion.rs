//! Things that move to where they are now.
//!
//! A card is moved by a transform in every browser. A View Transition would look
//! the same, but takes its picture of the old page first and lets the page change
//! with the next frame, and no tap reaches the page until it is over: not the one on
//! the member code either, which is often the next. Measured in Chromium with eight
//! cards at a quarter of the processor's speed, medians of 12: the new card is drawn
//! 81 ms after the tap, and with a View Transition after 133 ms.

use kabao_core::domain::{instant::Instant, money::Money};
use leptos::{prelude::*, task::spawn_local};

use super::{clock, object};

/// How long a card is on its way, in milliseconds.
const DURATION: u32 = 320;

/// For how long an amount counts up, in milliseconds.
const COUNTS_FOR: i64 = 1_100;

/// Once the page has been drawn anew, lets what is inside the element with this
/// `id` slide into its place from where `from` is now. It is in its place at once
/// where the person wants less motion, or the browser can't.
pub fn slide_from(from: &impl AsRef<web_sys::Element>, id: &'static str) {
    if wants_less_motion() {
        return;
    }
    let before = from.as_ref().get_bounding_client_rect().top();
    spawn_local(async move {
        let moved = super::page::element(id).and_then(|place| place.first_element_child());
        let Some(moved) = moved else {
            return;
        };
        // Whole pixels: what writes fractions would add 6.5 KB to the first module.
        let distance = (before - moved.get_bounding_client_rect().top()) as i32;
        let frames =
            format!(r#"[{{"transform":"translateY({distance}px)"}},{{"transform":"none"}}]"#);
        let timing = format!(r#"{{"duration":{DURATION},"easing":"cubic-bezier(0.2,0.8,0.2,1)"}}"#);
        if let (Ok(frames), Ok(timing)) =
            (js_sys::JSON::parse(&frames), js_sys::JSON::parse(&timing))
        {
            object::call(&moved, "animate", &[frames, timing]);
        }
    });
}

/// What an amount shows on its way up to `total`. It is there at once where the
/// person wants less motion.
#[must_use]
pub fn count_up(total: Money) -> Signal<Money> {
    if wants_less_motion() {
        return Signal::stored(total);
    }
    let shown = RwSignal::new(Money::default());
    count_on(shown, total, clock::instant());
    shown.into()
}

/// Shows with the next frame what has been counted since `begun`, and goes on until
/// it is all there or nobody looks any more.
fn count_on(shown: RwSignal<Money>, total: Money, begun: Instant) {
    request_animation_frame(move || {
        let elapsed = clock::instant().since(begun);
        let is_gone = shown
            .try_set(total.counted_up(elapsed, COUNTS_FOR))
            .is_some();
        if !is_gone && elapsed < COUNTS_FOR {
            count_on(shown, total, begun);
        }
    });
}

fn wants_less_motion() -> bool {
    web_sys::window()
        .and_then(|window| {
            window
                .match_media("(prefers-reduced-motion: reduce)")
                .ok()?
        })
        .is_some_and(|query| query.matches())
}
