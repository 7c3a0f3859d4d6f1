//! The phone's clock, and waiting.

use core::time::Duration;

use leptos::prelude::{on_cleanup, set_interval_with_handle};
use wasm_bindgen_futures::JsFuture;

use kabao_core::domain::{
    instant::Instant,
    timestamp::{Timestamp, UtcOffset},
};

/// What the phone's calendar shows. It may be wrong; see `ServerClock`.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::from_milliseconds(js_sys::Date::now() as i64)
}

/// The page's monotonic clock, which durations are measured with. Where there
/// is none it stands still.
#[must_use]
pub fn instant() -> Instant {
    let performance = web_sys::window().and_then(|window| window.performance());
    Instant::from_milliseconds(performance.map_or(0.0, |clock| clock.now()) as i64)
}

/// The phone's time zone.
#[must_use]
pub fn utc_offset() -> UtcOffset {
    UtcOffset::from_minutes(-js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// Calls `tick` every `period` for as long as the part of the page that asked
/// for it is on the screen.
pub fn every(period: Duration, tick: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(tick, period) {
        on_cleanup(move || handle.clear());
    }
}

/// Waits for `duration`.
pub async fn sleep(duration: Duration) {
    let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(promise).await;
}
