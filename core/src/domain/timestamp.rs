//! Points in time.

use core::fmt::Write as _;

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A text that is no RFC 3339 time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimestampError;

/// How far local time is ahead of UTC, in minutes: 480 in China.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct UtcOffset(i32);

impl UtcOffset {
    /// China Standard Time, which staff codes are written in.
    pub const CHINA: Self = Self(480);

    /// An offset of `minutes` ahead of UTC.
    #[must_use]
    pub const fn from_minutes(minutes: i32) -> Self {
        Self(minutes)
    }
}

/// A date and a time of day on a wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WallTime {
    pub year: i64,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
}

const DAY: i64 = 86_400_000;

impl Timestamp {
    /// A point `milliseconds` after 1970 began.
    #[must_use]
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since 1970 began.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0
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

    /// This point, `seconds` later.
    #[must_use]
    pub fn plus_seconds(self, seconds: u32) -> Self {
        self.plus(i64::from(seconds) * 1000)
    }

    /// Whole seconds from `now` until this point, rounded up, so that a countdown
    /// shows no zero; `None` once it has come.
    #[must_use]
    pub fn seconds_from(self, now: Self) -> Option<u32> {
        let left = self.since(now);
        (left > 0).then(|| u32::try_from(left.saturating_add(999) / 1000).unwrap_or(u32::MAX))
    }

    /// Reads an RFC 3339 time such as `2026-11-23T13:04:05.678Z`. Digits after
    /// the milliseconds are dropped. A parser of our own: this one format
    /// is no reason for a diner to fetch a date crate.
    ///
    /// # Errors
    ///
    /// [`TimestampError`] if `text` has another form or names no real date.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        let bytes = text.as_bytes();
        let separators_are_right = bytes.len() >= 20
            && bytes[4] == b'-'
            && bytes[7] == b'-'
            && matches!(bytes[10], b'T' | b't' | b' ')
            && bytes[13] == b':'
            && bytes[16] == b':';
        if !separators_are_right {
            return Err(TimestampError);
        }
        let (year, month, day) = (
            number(&bytes[..4])?,
            number(&bytes[5..7])?,
            number(&bytes[8..10])?,
        );
        let (hour, minute, second) = (
            number(&bytes[11..13])?,
            number(&bytes[14..16])?,
            number(&bytes[17..19])?,
        );
        if !(1..=12).contains(&month)
            || !(1..=days_in_month(year, month)).contains(&day)
            || hour > 23
            || minute > 59
            || second > 60
        {
            return Err(TimestampError);
        }
        let mut rest = &bytes[19..];
        let mut millisecond = 0;
        if let [b'.', after @ ..] = rest {
            let count = after
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if count == 0 {
                return Err(TimestampError);
            }
            let digits = after[..count].iter().chain(b"00").take(3);
            millisecond = digits.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
            rest = &after[count..];
        }
        let offset_minutes = match rest {
            [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
                if hours > 23 || minutes > 59 {
                    return Err(TimestampError);
                }
                let minutes = hours * 60 + minutes;
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return Err(TimestampError),
        };
        let seconds = (hour * 60 + minute - offset_minutes) * 60 + second;
        Ok(Self(
            days_from_civil(year, month, day) * DAY + seconds * 1000 + millisecond,
        ))
    }

    /// What a clock on a wall shows at this point.
    #[must_use]
    pub fn wall_time(self, offset: UtcOffset) -> WallTime {
        let local = self.0.saturating_add(i64::from(offset.0) * 60_000);
        let (year, month, day) = civil_from_days(local.div_euclid(DAY));
        let minutes = local.rem_euclid(DAY) / 60_000;
        WallTime {
            year,
            month,
            day,
            hour: (minutes / 60) as u8,
            minute: (minutes % 60) as u8,
        }
    }

    /// How old data of this time is, as it is read at `now`: the time of day, with
    /// the date before it once the day is another.
    #[must_use]
    pub fn as_of(self, now: Self, offset: UtcOffset) -> String {
        let (then, now) = (self.wall_time(offset), now.wall_time(offset));
        if then.date() == now.date() {
            then.time_of_day()
        } else {
            format!("{} {}", then.date(), then.time_of_day())
        }
    }

    /// The month (from 1) and the day of the month in China on which something ends.
    #[must_use]
    pub fn month_and_day_in_china(self) -> (u8, u8) {
        let wall = self.wall_time(UtcOffset::CHINA);
        (wall.month, wall.day)
    }

    /// A day on which something begins or ends to be valid. It is China's,
    /// wherever the phone is.
    #[must_use]
    pub fn day_in_china(self) -> String {
        self.wall_time(UtcOffset::CHINA).date()
    }
}

impl WallTime {
    /// The time of day: `09:05`.
    #[must_use]
    pub fn time_of_day(&self) -> String {
        let mut text = two_digits(self.hour);
        text.push(':');
        text.push_str(&two_digits(self.minute));
        text
    }

    /// The date: `2026-11-23`.
    #[must_use]
    pub fn date(&self) -> String {
        let mut text = self.year.to_string();
        for part in [self.month, self.day] {
            text.push('-');
            text.push_str(&two_digits(part));
        }
        text
    }
}

/// `number` with a leading zero where it has one digit.
pub(crate) fn two_digits(number: u8) -> String {
    let mut text = String::with_capacity(2);
    // Writing to a String cannot fail.
    let _ = write!(text, "{number:02}");
    text
}

fn number(digits: &[u8]) -> Result<i64, TimestampError> {
    digits.iter().try_fold(0, |number, byte| match byte {
        b'0'..=b'9' => Ok(number * 10 + i64::from(byte - b'0')),
        _ => Err(TimestampError),
    })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar. Years
/// are counted from March, so that the leap day is a year's last day.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The reverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_down_in_whole_seconds() {
        let end = Timestamp::from_milliseconds(0).plus_seconds(60);
        for (passed, left) in [
            (0, Some(60)),
            (1, Some(60)),
            (1_000, Some(59)),
            (59_001, Some(1)),
            (60_000, None),
            (90_000, None),
        ] {
            let now = Timestamp::from_milliseconds(passed);
            assert_eq!(end.seconds_from(now), left, "{passed}");
        }
        let (first, last) = (i64::MIN, i64::MAX);
        let [first, last] = [first, last].map(Timestamp::from_milliseconds);
        assert_eq!(last.seconds_from(first), Some(u32::MAX));
        assert_eq!(last.plus_seconds(u32::MAX), last);
    }

    #[test]
    fn data_of_another_day_says_the_day() {
        let at = |text| Timestamp::parse(text).unwrap();
        let then = at("2026-03-01T01:43:00Z");
        assert_eq!(
            then.as_of(at("2026-03-01T15:59:59Z"), UtcOffset::CHINA),
            "09:43"
        );
        assert_eq!(
            then.as_of(at("2026-03-01T16:00:00Z"), UtcOffset::CHINA),
            "2026-03-01 09:43"
        );
        let tokyo = UtcOffset::from_minutes(540);
        assert_eq!(
            then.as_of(at("2026-03-01T15:00:00Z"), tokyo),
            "2026-03-01 10:43"
        );
    }

    #[test]
    fn the_last_second_of_a_year_is_in_that_year_in_china() {
        let end = Timestamp::parse("2026-12-31T15:59:59Z").unwrap();
        assert_eq!(end.day_in_china(), "2026-12-31");
        assert_eq!(end.plus(1_000).day_in_china(), "2027-01-01");
        assert_eq!(end.month_and_day_in_china(), (12, 31));
        assert_eq!(end.plus(1_000).month_and_day_in_china(), (1, 1));
    }

    #[test]
    fn reads_rfc_3339() {
        for (text, milliseconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-23T13:04:05.678Z", 1_795_439_045_678),
            ("2026-11-23T21:04:05.678+08:00", 1_795_439_045_678),
            ("2026-11-23T13:04:05.6Z", 1_795_439_045_600),
            ("2026-11-23T13:04:05.678901234Z", 1_795_439_045_678),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("1969-12-31T23:59:59Z", -1_000),
            ("1970-01-01t00:00:00.0009z", 0),
            ("1970-01-01 23:59:60+23:59", 60_000),
            ("1970-01-01T00:00:00-23:59", 86_340_000),
        ] {
            assert_eq!(
                Timestamp::parse(text).map(Timestamp::milliseconds),
                Ok(milliseconds),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "2026-11-23",
            "2026-11-23T13:04:05",
            "2026-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-11-00T00:00:00Z",
            "2026-11-31T00:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T13:60:05Z",
            "2026-11-23T13:04:61Z",
            "2026-11-23T13:04:05+24:00",
            "2026-11-23T13:04:05+08:60",
            "2026_11-23T13:04:05Z",
            "2026-11_23T13:04:05Z",
            "2026-11-23_13:04:05Z",
            "2026-11-23T13_04:05Z",
            "2026-11-23T13:04_05Z",
            "2026-11-23T13:04:05.Z",
            "2026-11-23T13:04:05+0800",
            "２０２６-11-23T13:04:05Z",
        ] {
            assert_eq!(Timestamp::parse(text), Err(TimestampError), "{text}");
        }
    }

    #[test]
    fn shows_the_wall_clock_of_a_place() {
        let wall = Timestamp::parse("2026-12-31T16:05:00Z")
            .unwrap()
            .wall_time(UtcOffset::CHINA);
        assert_eq!(wall.date(), "2027-01-01");
        assert_eq!(wall.time_of_day(), "00:05");
    }

    #[test]
    fn every_day_of_four_centuries_survives_the_way_there_and_back() {
        for day in -146_097..146_097 {
            let (year, month, day_of_month) = civil_from_days(day);
            assert_eq!(
                days_from_civil(year, i64::from(month), i64::from(day_of_month)),
                day
            );
        }
    }
}
