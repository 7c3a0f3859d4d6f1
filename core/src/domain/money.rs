//! Money.

use core::fmt;

/// An amount in fen (分, a hundredth of a yuan). It may be negative: a card can
/// be overdrawn, and that is shown as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    #[must_use]
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The amount with its sign, also when it is a gain: `+¥38.00`.
    #[must_use]
    pub fn signed(self) -> String {
        let plus = if self.0 > 0 { "+" } else { "" };
        format!("{plus}{self}")
    }

    /// The sum of two amounts. At the limits of the type it stays there.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What an amount shows `elapsed` milliseconds after it began to count up from
    /// nothing, where it takes `whole`: fast at first, and slower as it comes near.
    #[must_use]
    pub fn counted_up(self, elapsed: i64, whole: i64) -> Self {
        let whole = i128::from(whole.max(1));
        let left = (whole - i128::from(elapsed)).clamp(0, whole);
        let missing = i128::from(self.0) * left * left * left / (whole * whole * whole);
        // It is between nothing and the amount, so it fits.
        Self(
            self.0
                .saturating_sub(i64::try_from(missing).unwrap_or_default()),
        )
    }
}

/// As printed on a receipt, in both languages: `¥1,280.50`, `-¥5.00`.
impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let sign = if self.is_negative() { "-" } else { "" };
        let yuan = thousands(fen / 100);
        write!(formatter, "{sign}¥{yuan}.{:02}", fen % 100)
    }
}

/// Writes a number with a comma between thousands: `12,800`, `-1,000`.
#[must_use]
pub fn grouped(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", thousands(number.unsigned_abs()))
}

/// Writes a number as [`grouped`] does, with its sign also when it is a gain.
#[must_use]
pub fn signed(number: i64) -> String {
    let plus = if number > 0 { "+" } else { "" };
    format!("{plus}{}", grouped(number))
}

fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gain_has_a_sign_too() {
        assert_eq!(Money::from_fen(3_800).signed(), "+¥38.00");
        assert_eq!(Money::from_fen(-3_800).signed(), "-¥38.00");
        assert_eq!(Money::from_fen(0).signed(), "¥0.00");
        assert_eq!(signed(1_200), "+1,200");
        assert_eq!(signed(-1), "-1");
        assert_eq!(signed(0), "0");
    }

    #[test]
    fn prints_as_on_a_receipt() {
        for (fen, text) in [
            (0, "¥0.00"),
            (5, "¥0.05"),
            (12_800, "¥128.00"),
            (128_050, "¥1,280.50"),
            (-500, "-¥5.00"),
            (100_000_000, "¥1,000,000.00"),
            (i64::MIN, "-¥92,233,720,368,547,758.08"),
        ] {
            assert_eq!(Money::from_fen(fen).to_string(), text);
        }
    }

    #[test]
    fn an_amount_counts_up_to_itself_and_no_further() {
        for fen in [0, 1, 9_000, -500, 9_999_999_999, i64::MAX, i64::MIN] {
            let amount = Money::from_fen(fen);
            assert_eq!(amount.counted_up(-5, 1_000), Money::default(), "{fen}");
            assert_eq!(amount.counted_up(0, 1_000), Money::default(), "{fen}");
            assert_eq!(amount.counted_up(1_000, 1_000), amount, "{fen}");
            assert_eq!(amount.counted_up(i64::MAX, 1_000), amount, "{fen}");
            let mut last = 0;
            for elapsed in 0..=1_000 {
                let Money(shown) = amount.counted_up(elapsed, 1_000);
                let is_onwards = if fen < 0 {
                    shown <= last
                } else {
                    shown >= last
                };
                assert!(is_onwards, "{fen} after {elapsed} ms");
                last = shown;
            }
        }
    }

    #[test]
    fn adds_without_overflow() {
        let most = Money::from_fen(i64::MAX);
        assert_eq!(most.plus(Money::from_fen(1)), most);
        assert_eq!(
            Money::from_fen(-300).plus(Money::from_fen(100)),
            Money::from_fen(-200)
        );
    }
}
