//! When another SMS may be asked for.

use super::timestamp::Timestamp;

/// Counts down to the moment from which the backend sends another code. It
/// holds a point in time and no ticks, so a reload or a killed app changes
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResendTimer {
    resend_at: Timestamp,
}

impl ResendTimer {
    /// A timer that ends at `resend_at` of the backend's clock.
    #[must_use]
    pub const fn until(resend_at: Timestamp) -> Self {
        Self { resend_at }
    }

    /// When the wait is over, by the backend's clock.
    #[must_use]
    pub const fn ends_at(self) -> Timestamp {
        self.resend_at
    }

    /// Whole seconds still to wait, rounded up, or `None` when a resend is
    /// allowed. `now` is the backend's clock.
    #[must_use]
    pub fn seconds_left(self, now: Timestamp) -> Option<u32> {
        let left = self.resend_at.since(now);
        (left > 0).then(|| u32::try_from(left.saturating_add(999) / 1000).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_down_in_whole_seconds() {
        let sent_at = Timestamp::from_milliseconds(0);
        let timer = ResendTimer::until(sent_at.plus(60_000));
        assert_eq!(timer.seconds_left(sent_at), Some(60));
        assert_eq!(timer.seconds_left(sent_at.plus(1)), Some(60));
        assert_eq!(timer.seconds_left(sent_at.plus(59_001)), Some(1));
        assert_eq!(timer.seconds_left(sent_at.plus(60_000)), None);
        assert_eq!(timer.seconds_left(sent_at.plus(90_000)), None);
    }
}
