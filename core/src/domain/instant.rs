//! Points on a clock that nobody can set.

/// A point on the page's monotonic clock (`performance.now()`), in
/// milliseconds. Its zero means nothing, so that only differences can be used,
/// and a phone's calendar that is moved while a timer runs changes none.
///
/// Engines differ in whether the clock goes on while the phone sleeps; see
/// [`ServerClock`](super::server_clock::ServerClock) for how that is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

impl Instant {
    /// A point from what `performance.now()` shows.
    #[must_use]
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds from `earlier` to this point; negative if it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// This point, moved by `milliseconds`.
    #[must_use]
    pub const fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }
}
