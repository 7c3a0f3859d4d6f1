//! Fractions for style sheets.

use core::fmt;

/// A number in thousandths, written as style sheets want it. What prints floating-point
/// numbers is large, and the member code would wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thousandths(pub u32);

impl Thousandths {
    /// `part` of `whole` parts of it, rounded up.
    #[must_use]
    pub fn share(self, part: u32, whole: u32) -> Self {
        let share = (u64::from(self.0) * u64::from(part)).div_ceil(u64::from(whole.max(1)));
        Self(u32::try_from(share).unwrap_or(u32::MAX))
    }
}

impl fmt::Display for Thousandths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_with_three_decimals() {
        assert_eq!(Thousandths(0).to_string(), "0.000");
        assert_eq!(Thousandths(1_002).to_string(), "1.002");
        assert_eq!(Thousandths(320_250).to_string(), "320.250");
    }

    #[test]
    fn a_share_is_rounded_up() {
        assert_eq!(Thousandths(242_002).share(44, 121), Thousandths(88_001));
        assert_eq!(Thousandths(u32::MAX).share(2, 1), Thousandths(u32::MAX));
    }
}
