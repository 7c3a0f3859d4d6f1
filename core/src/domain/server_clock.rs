//! The backend's clock, as seen from a phone whose own clock may be wrong.

use super::timestamp::Timestamp;

/// How far the backend's clock is ahead of the phone's. Every countdown and
/// every expiry is computed with it, so that a phone whose clock is ten minutes
/// off counts down like any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerClock {
    ahead: i64,
}

impl ServerClock {
    /// The clock after a reply that carried `server_time` came in at
    /// `received_at` of the phone's clock. The reply was under way for a while,
    /// which is ignored: it makes countdowns end later by that while, and a
    /// resend asked for too early would be refused.
    #[must_use]
    pub const fn observed(server_time: Timestamp, received_at: Timestamp) -> Self {
        Self {
            ahead: server_time.since(received_at),
        }
    }

    /// What the backend's clock shows when the phone's shows `local`.
    #[must_use]
    pub const fn now(self, local: Timestamp) -> Timestamp {
        local.plus(self.ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_that_is_ten_minutes_slow_shows_the_same_time() {
        let received_at = Timestamp::from_milliseconds(1_000_000);
        let server_time = received_at.plus(600_000);
        let clock = ServerClock::observed(server_time, received_at);
        assert_eq!(clock.now(received_at.plus(5_000)), server_time.plus(5_000));
    }
}
