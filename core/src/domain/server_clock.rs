//! The backend's clock, as seen from a phone whose calendar may be wrong.

use super::{instant::Instant, timestamp::Timestamp};

/// What the backend's clock shows, carried forward from its last reply by the
/// page's monotonic clock. Every countdown and expiry is computed with it, so
/// that a calendar that is ten minutes off, or moved while a timer runs,
/// changes none of them.
///
/// The latest observation always wins. That is also how a monotonic clock that
/// stood still while the phone slept is put right: by the next reply, or, if
/// the caller knows how long it slept, by
/// `ServerClock::observed(clock.now(instant).plus(slept), instant)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerClock {
    server_time: Timestamp,
    observed_at: Instant,
}

impl ServerClock {
    /// The clock after a reply that carried `server_time` arrived at
    /// `received_at`: when it arrived, not when it was read, which for the boot
    /// script's early reply can be seconds later. The time that it was under way
    /// is ignored: countdowns end later by that while, and a resend asked for too
    /// early would be refused.
    ///
    /// Before the first reply the phone's calendar may stand in for
    /// `server_time`.
    #[must_use]
    pub const fn observed(server_time: Timestamp, received_at: Instant) -> Self {
        Self {
            server_time,
            observed_at: received_at,
        }
    }

    /// What the backend's clock shows at `instant`.
    #[must_use]
    pub const fn now(self, instant: Instant) -> Timestamp {
        self.server_time.plus(instant.since(self.observed_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_milliseconds(43_200_000);

    fn instant(milliseconds: i64) -> Instant {
        Instant::from_milliseconds(milliseconds)
    }

    #[test]
    fn goes_on_from_the_last_reply() {
        let clock = ServerClock::observed(NOON, instant(2_000));
        assert_eq!(clock.now(instant(2_000)), NOON);
        assert_eq!(clock.now(instant(7_000)), NOON.plus(5_000));
    }

    #[test]
    fn a_reply_after_a_sleep_that_stopped_the_clock_wins() {
        let before = ServerClock::observed(NOON, instant(2_000));
        // The phone slept for ten minutes, of which the page's clock saw none.
        assert_eq!(before.now(instant(3_000)), NOON.plus(1_000));
        let after = ServerClock::observed(NOON.plus(601_000), instant(3_000));
        assert_eq!(after.now(instant(4_000)), NOON.plus(602_000));
    }
}
