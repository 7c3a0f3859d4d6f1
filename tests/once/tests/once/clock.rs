//! The one clock of a world: it stands still unless time is let pass.

use core::{cell::Cell, future::poll_fn, task::Poll, time::Duration};

use kabao::api::retry::{Clock, Sleep};
use kabao_core::domain::timestamp::Timestamp;

/// It goes on while a page is frozen.
pub(crate) const CLOCK: Clock = Clock {
    now: || Timestamp::from_milliseconds(now()),
    sleep,
};

thread_local! {
    static NOW: Cell<i64> = const { Cell::new(0) };
}

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    NOW.get()
}

pub(crate) fn set(milliseconds: i64) {
    NOW.set(milliseconds);
}

pub(crate) fn pass(milliseconds: i64) {
    NOW.set(NOW.get() + milliseconds);
}

/// Waits for `duration` of this clock. Who waits is asked again after each move.
fn sleep(duration: Duration) -> Sleep {
    let end = now().saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX));
    Box::pin(poll_fn(move |_| match now() >= end {
        true => Poll::Ready(()),
        false => Poll::Pending,
    }))
}
