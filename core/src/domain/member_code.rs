//! The code that a shop scans.

use super::{money::Money, timestamp::Timestamp};

/// Whether a member code changes with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeMode {
    /// It stays the same.
    Static,
    /// It changes; an old one is refused.
    Rotating,
}

/// A use of a card's code at a till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastUse {
    /// When it was, by the backend's clock. Two uses are told apart by it.
    pub at: Timestamp,
    /// What the code was used for, such as 消费.
    pub title: String,
    /// What was spent.
    pub amount: Money,
    /// The points that it earned, where the merchant gives points.
    pub points: Option<i64>,
}

/// A member code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberCode {
    /// 12 to 18 digits, an even number of them.
    pub payload: String,
    /// Whether it changes.
    pub mode: CodeMode,
    /// When it ends, by the backend's clock.
    pub expires_at: Option<Timestamp>,
    /// Seconds after which to ask for the next one.
    pub refresh_after: Option<u32>,
    /// What may be shown without a network. It identifies the member and can't
    /// pay.
    pub offline_payload: Option<String>,
    /// The last time that a code of the card was used at a till: once another one
    /// is told, the code on the screen has been taken.
    pub last_use: Option<LastUse>,
}

/// Milliseconds before a rotating code ends at which the next one is asked for,
/// so that it is there in time.
const LEAD: i64 = 3_000;
/// Milliseconds after which a rotating code is replaced whose backend does not
/// say when.
const DEFAULT_LIFE: i64 = 30_000;

impl MemberCode {
    /// When the code may no longer be shown, by the backend's clock: the earlier
    /// of its end and the time of its refresh. A static code without an end
    /// never ends.
    #[must_use]
    pub fn dies_at(&self, received_at: Timestamp) -> Option<Timestamp> {
        let refresh = self
            .refresh_after
            .map(|seconds| received_at.plus_seconds(seconds));
        let told = match (self.expires_at, refresh) {
            (Some(end), Some(refresh)) => Some(end.min(refresh)),
            (end, refresh) => end.or(refresh),
        };
        match self.mode {
            CodeMode::Static => self.expires_at,
            CodeMode::Rotating => Some(told.unwrap_or_else(|| received_at.plus(DEFAULT_LIFE))),
        }
    }

    /// When to ask for the next code: a little before this one ends, and never in
    /// the first half of its life.
    #[must_use]
    pub fn refresh_at(&self, received_at: Timestamp) -> Option<Timestamp> {
        let end = self.dies_at(received_at)?;
        let life = end.since(received_at);
        Some(end.plus(-LEAD.min(life / 2)))
    }

    /// Whether the code, received at `received_at`, may be shown at `now`.
    #[must_use]
    pub fn is_valid(&self, received_at: Timestamp, now: Timestamp) -> bool {
        self.dies_at(received_at).is_none_or(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_milliseconds(milliseconds)
    }

    fn code(mode: CodeMode, expires_at: Option<i64>, refresh_after: Option<u32>) -> MemberCode {
        MemberCode {
            payload: "123456789012".to_owned(),
            mode,
            expires_at: expires_at.map(at),
            refresh_after,
            offline_payload: None,
            last_use: None,
        }
    }

    #[test]
    fn a_rotating_code_ends_at_the_earlier_of_its_two_times() {
        let both = code(CodeMode::Rotating, Some(43_000), Some(14));
        assert_eq!(both.dies_at(at(0)), Some(at(14_000)));
        assert!(both.is_valid(at(0), at(13_999)));
        assert!(!both.is_valid(at(0), at(14_000)));
        let early = code(CodeMode::Rotating, Some(10_000), Some(14));
        assert_eq!(early.dies_at(at(0)), Some(at(10_000)));
    }

    #[test]
    fn a_rotating_code_that_names_no_time_is_replaced_all_the_same() {
        let no_refresh = code(CodeMode::Rotating, Some(60_000), None);
        assert_eq!(no_refresh.refresh_at(at(0)), Some(at(57_000)));
        let neither = code(CodeMode::Rotating, None, None);
        assert_eq!(neither.dies_at(at(5_000)), Some(at(35_000)));
    }

    #[test]
    fn the_next_code_is_asked_for_in_time_but_not_at_once() {
        let short = code(CodeMode::Rotating, None, Some(4));
        assert_eq!(short.refresh_at(at(0)), Some(at(2_000)));
        let dead = code(CodeMode::Rotating, Some(-1_000), Some(4));
        assert!(!dead.is_valid(at(0), at(0)));
    }

    #[test]
    fn a_static_code_ends_only_when_it_says_so() {
        assert_eq!(code(CodeMode::Static, None, None).dies_at(at(0)), None);
        let ends = code(CodeMode::Static, Some(60_000), None);
        assert!(ends.is_valid(at(0), at(59_999)));
        assert!(!ends.is_valid(at(0), at(60_000)));
    }
}
