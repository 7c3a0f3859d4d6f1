//! Points in time.

use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch. The rules have no clock: the caller passes the
/// time in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    #[must_use]
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds from `now` until this time, rounded up; 0 if it has passed.
    #[must_use]
    pub const fn seconds_from(self, now: Self) -> i64 {
        let left = self.0.saturating_sub(now.0);
        if left <= 0 {
            0
        } else {
            left.saturating_add(999) / 1000
        }
    }

    /// RFC 3339 in UTC with milliseconds, as the contract requires.
    #[must_use]
    pub fn rfc3339(self) -> String {
        jiff::Timestamp::from_millisecond(self.0)
            .map(|time| format!("{time:.3}"))
            .unwrap_or_default()
    }

    /// Month, day, hour and minute in China, as in a staff code: `1123-2104`.
    pub(crate) fn china_minute(self) -> String {
        jiff::Timestamp::from_millisecond(self.0)
            .map(|time| {
                let wall = Offset::constant(8).to_datetime(time);
                format!(
                    "{:02}{:02}-{:02}{:02}",
                    wall.month(),
                    wall.day(),
                    wall.hour(),
                    wall.minute()
                )
            })
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_times_as_the_contract_does() {
        let time = Timestamp::from_milliseconds(1_795_439_045_678);
        assert_eq!(time.rfc3339(), "2026-11-23T13:04:05.678Z");
        assert_eq!(
            Timestamp::from_milliseconds(0).rfc3339(),
            "1970-01-01T00:00:00.000Z"
        );
        assert_eq!(time.china_minute(), "1123-2104");
    }
}
