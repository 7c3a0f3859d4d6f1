//! The phone number under which a fan looks for an old card.

use core::fmt;

use super::digits::{ascii_digit, is_separator};

/// Digits of a mainland mobile number.
const LENGTH: usize = 11;

/// A mainland mobile number: eleven digits, the first 1, the second 3 to 9.
///
/// Number segments are deliberately not listed: carriers keep adding new ones.
/// `Debug` shows the masked form, so that a number never reaches a log.
#[derive(Clone, PartialEq, Eq)]
pub struct MobileNumber(String);

/// Why something typed is not a mobile number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MobileNumberError {
    /// Nothing was typed.
    Empty,
    /// Fewer than eleven digits.
    TooShort,
    /// More than eleven digits.
    TooLong,
    /// Eleven digits that no mainland mobile number begins with.
    NotMobile,
    /// A country code other than +86. Codes are only sent within the mainland.
    OtherCountry,
    /// A character that has no place in a phone number.
    UnexpectedCharacter,
}

impl MobileNumber {
    /// Reads a number as people type or paste it: with spaces, dashes,
    /// full-width digits, and with +86, 0086 or 86 before it.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it, in the terms of [`MobileNumberError`].
    pub fn parse(typed: &str) -> Result<Self, MobileNumberError> {
        let mut digits = String::with_capacity(LENGTH);
        let mut has_plus = false;
        for character in typed.chars() {
            if let Some(digit) = ascii_digit(character) {
                digits.push(digit);
            } else if matches!(character, '+' | '＋') && digits.is_empty() && !has_plus {
                has_plus = true;
            } else if !is_separator(character) {
                return Err(MobileNumberError::UnexpectedCharacter);
            }
        }
        if digits.is_empty() {
            return Err(MobileNumberError::Empty);
        }
        let national = match country(&digits, has_plus) {
            Country::Mainland(national) => national,
            Country::Other => return Err(MobileNumberError::OtherCountry),
        };
        match national.len() {
            length if length < LENGTH => Err(MobileNumberError::TooShort),
            length if length > LENGTH => Err(MobileNumberError::TooLong),
            _ if national.starts_with('1') && !national[1..].starts_with(['0', '1', '2']) => {
                Ok(Self(national.to_owned()))
            }
            _ => Err(MobileNumberError::NotMobile),
        }
    }

    /// The eleven digits, for the request body and for nothing else.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The form that may be shown and kept: `138****8000`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}****{}", &self.0[..3], &self.0[7..])
    }
}

impl fmt::Debug for MobileNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.masked())
    }
}

/// The country that a number is of, by what it begins with.
enum Country<'a> {
    /// What comes after +86, 0086 or 86, or all of it. No mobile number of the
    /// mainland begins with 86.
    Mainland(&'a str),
    /// A number of another country is never cut down to one of the mainland: the
    /// SMS would go to a stranger.
    Other,
}

fn country(digits: &str, has_plus: bool) -> Country<'_> {
    let international = if has_plus {
        Some(digits)
    } else {
        digits.strip_prefix("00")
    };
    match international {
        Some(digits) => match digits.strip_prefix("86") {
            Some(national) => Country::Mainland(national),
            // Still being typed.
            None if "86".starts_with(digits) => Country::Mainland(""),
            None => Country::Other,
        },
        None => Country::Mainland(digits.strip_prefix("86").unwrap_or(digits)),
    }
}

/// What the phone field shows while somebody types: the digits in groups of
/// 3-4-4. The prefix of the mainland is dropped once the number behind it is
/// whole. Nothing else is dropped, so that a number that is too long, or of
/// another country, is refused as what it is.
#[must_use]
pub fn group_while_typing(typed: &str) -> String {
    let digits: String = typed.chars().filter_map(ascii_digit).collect();
    let has_plus = typed.trim_start().starts_with(['+', '＋']);
    let Country::Mainland(national) = country(&digits, has_plus) else {
        return typed.to_owned();
    };
    let mut text = String::with_capacity(LENGTH + 6);
    if national.len() != LENGTH {
        let prefix = &digits[..digits.len() - national.len()];
        if has_plus {
            text.push('+');
        }
        text.push_str(prefix);
        if !prefix.is_empty() && !national.is_empty() {
            text.push(' ');
        }
    }
    for (index, digit) in national.chars().enumerate() {
        if index == 3 || index == 7 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_people_write_a_number() {
        for typed in [
            "13800138000",
            "138 0013 8000",
            "138-0013-8000",
            "+86 138 0013 8000",
            "+8613800138000",
            "0086-138-0013-8000",
            "8613800138000",
            "１３８００１３８０００",
            " ＋86 (138) 0013.8000 ",
            "\u{202D}138\u{2011}0013\u{2011}8000\u{202C}",
        ] {
            assert_eq!(
                MobileNumber::parse(typed).map(|number| number.digits().to_owned()),
                Ok("13800138000".to_owned()),
                "{typed}"
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (typed, error) in [
            ("", MobileNumberError::Empty),
            ("  - ", MobileNumberError::Empty),
            ("1380013800", MobileNumberError::TooShort),
            ("138001380000", MobileNumberError::TooLong),
            ("12800138000", MobileNumberError::NotMobile),
            ("01012345678", MobileNumberError::NotMobile),
            ("+1 415 555 0100", MobileNumberError::OtherCountry),
            ("+852 9123 4567", MobileNumberError::OtherCountry),
            ("00852 9123 4567", MobileNumberError::OtherCountry),
            ("17951 13800138000", MobileNumberError::TooLong),
            ("1380013800a", MobileNumberError::UnexpectedCharacter),
            ("138+00138000", MobileNumberError::UnexpectedCharacter),
        ] {
            assert_eq!(MobileNumber::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn never_prints_the_whole_number() {
        let number = MobileNumber::parse("13800138000").unwrap();
        assert_eq!(number.masked(), "138****8000");
        assert_eq!(format!("{number:?}"), "138****8000");
    }

    #[test]
    fn groups_what_is_typed() {
        for (typed, shown) in [
            ("", ""),
            ("138", "138"),
            ("1380", "138 0"),
            ("13800138", "138 0013 8"),
            ("13800138000", "138 0013 8000"),
            ("+86 138-0013-8000", "138 0013 8000"),
            ("１３８００１３８０００", "138 0013 8000"),
            // Too long is too long: nothing is cut off.
            ("138001380009999", "138 0013 80009999"),
            ("86", "86"),
            ("+1 415 555 0100", "+1 415 555 0100"),
            ("00852 9123 4567", "00852 9123 4567"),
        ] {
            assert_eq!(group_while_typing(typed), shown, "{typed}");
        }
    }

    /// Types `keys` one by one into a field that is reformatted after each.
    fn typed_key_by_key(keys: &str) -> String {
        keys.chars().fold(String::new(), |mut shown, key| {
            shown.push(key);
            group_while_typing(&shown)
        })
    }

    #[test]
    fn a_prefix_of_the_mainland_is_dropped_once_the_number_is_whole() {
        for keys in ["+8613800138000", "8613800138000", "008613800138000"] {
            assert_eq!(typed_key_by_key(keys), "138 0013 8000", "{keys}");
        }
        assert_eq!(typed_key_by_key("+86138"), "+86 138");
    }

    #[test]
    fn a_foreign_number_typed_key_by_key_never_becomes_one_of_the_mainland() {
        for keys in ["+14155550100", "+85291234567", "0085291234567"] {
            let shown = typed_key_by_key(keys);
            assert_eq!(
                MobileNumber::parse(&shown),
                Err(MobileNumberError::OtherCountry),
                "{keys} shows {shown}"
            );
        }
    }

    #[test]
    fn a_digit_typed_into_a_full_number_is_one_too_many() {
        let shown = group_while_typing("138 90013 8000");
        assert_eq!(shown, "138 9001 38000");
        assert_eq!(MobileNumber::parse(&shown), Err(MobileNumberError::TooLong));
    }
}
