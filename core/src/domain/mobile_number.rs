//! The phone number under which a fan looks for an old card.

use core::fmt;

use super::digits::{ascii_digit, is_plus, is_separator};

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
    /// full-width digits, with +86, 0086 or 86 before it, and as a link: `tel:`.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it, in the terms of [`MobileNumberError`].
    pub fn parse(typed: &str) -> Result<Self, MobileNumberError> {
        let Reading {
            digits,
            has_plus,
            words,
        } = read(typed);
        if words != Words::None {
            return Err(MobileNumberError::UnexpectedCharacter);
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

/// What a text holds of a phone number.
struct Reading {
    digits: String,
    /// Whether a plus is before the first digit, behind whatever else: `(+1)`.
    has_plus: bool,
    words: Words,
}

/// What a text has that is neither a digit nor parts digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    None,
    /// One character before or behind the digits, which a key has slipped in.
    Slip,
    /// Anything else. Whose number the digits are is not known then: it may be
    /// `美国 1-415-555-0100`.
    Some,
}

fn read(typed: &str) -> Reading {
    let mut reading = Reading {
        digits: String::with_capacity(LENGTH),
        has_plus: false,
        words: Words::None,
    };
    let mut is_over = false;
    for character in without_label(typed).chars() {
        if let Some(digit) = ascii_digit(character) {
            reading.digits.push(digit);
            if is_over {
                reading.words = Words::Some;
            }
        } else if is_plus(character) && reading.digits.is_empty() && !reading.has_plus {
            reading.has_plus = true;
        } else if !is_separator(character) {
            is_over |= !reading.digits.is_empty();
            reading.words = match reading.words {
                Words::None => Words::Slip,
                Words::Slip | Words::Some => Words::Some,
            };
        }
    }
    reading
}

/// What people and links write before a number, in lower case.
const LABELS: [&str; 6] = ["手机号码", "手机号", "手机", "电话", "phone", "tel"];

/// What is behind the label of a number or the scheme of a link.
fn without_label(typed: &str) -> &str {
    let text = typed.trim_start_matches(is_separator);
    let behind = LABELS.iter().find_map(|label| {
        let start = text.get(..label.len())?;
        start
            .eq_ignore_ascii_case(label)
            .then(|| &text[label.len()..])
    });
    behind.map_or(text, |text| {
        text.trim_start_matches(|letter| is_separator(letter) || matches!(letter, ':' | '：' | '/'))
    })
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
/// whole, and so are a label before it and a key that slipped. Nothing else is
/// dropped, so that a number that is too long, or of another country, or among
/// words, is refused as what it is.
#[must_use]
pub fn group_while_typing(typed: &str) -> String {
    let Reading {
        digits,
        has_plus,
        words,
    } = read(typed);
    let national = match country(&digits, has_plus) {
        Country::Mainland(national) if words != Words::Some => national,
        _ => return typed.to_owned(),
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
    use proptest::prelude::*;

    use super::*;

    /// Numbers of other countries, as they are written and copied.
    const FOREIGN: [&str; 9] = [
        "+14155550100",
        "+85291234567",
        "0085291234567",
        "(+1) 415 555 0100",
        "（＋1）415-555-0100",
        "\u{202A}+1 415 555 0100\u{202C}",
        "\u{2066}+1\u{A0}415\u{A0}555\u{A0}0100\u{2069}",
        "\u{2795}1 415 555 0100",
        "tel:+14155550100",
    ];

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
            "\u{2066}138\u{A0}0013\u{2212}8000\u{2069}\u{200E}\u{61C}",
            "138\u{FE63}0013\u{2E3A}8000",
            "tel:+8613800138000",
            "TEL:138-0013-8000",
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
            ("+8", MobileNumberError::TooShort),
            ("008", MobileNumberError::TooShort),
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
        for keys in FOREIGN {
            let shown = typed_key_by_key(keys);
            assert_eq!(
                MobileNumber::parse(&shown),
                Err(MobileNumberError::OtherCountry),
                "{keys} shows {shown}"
            );
        }
    }

    #[test]
    fn a_foreign_number_pasted_never_becomes_one_of_the_mainland() {
        for pasted in FOREIGN {
            let shown = group_while_typing(pasted);
            assert_eq!(
                MobileNumber::parse(&shown),
                Err(MobileNumberError::OtherCountry),
                "{pasted} shows {shown}"
            );
        }
        for pasted in ["Phone: +1 415 555 0100", "+tel 1 415 555 0100"] {
            let shown = group_while_typing(pasted);
            assert!(
                MobileNumber::parse(&shown).is_err(),
                "{pasted} shows {shown}"
            );
        }
    }

    #[test]
    fn digits_are_joined_across_no_words() {
        for pasted in [
            "138 0013 or 8000",
            "138+00138000",
            "2 个号码：138 0013 800",
            "尾号1380013，验证码 8000",
        ] {
            let shown = group_while_typing(pasted);
            assert_eq!(
                MobileNumber::parse(&shown),
                Err(MobileNumberError::UnexpectedCharacter),
                "{pasted} shows {shown}"
            );
        }
        assert_eq!(group_while_typing("电话：13800138000。"), "138 0013 8000");
    }

    proptest! {
        /// What people paste: digits, separators, signs, words.
        #[test]
        fn a_number_is_in_the_text_as_it_is_read(
            pasted in "([0-9０-９]|1[3-9][0-9]{2,9}|86|00|[-+ ()．\u{A0}\u{2011}\u{2066}]|tel:|[a号：]){0,14}"
        ) {
            for shown in [pasted.clone(), group_while_typing(&pasted)] {
                if let Ok(number) = MobileNumber::parse(&shown) {
                    let kept = pasted.chars().filter(|letter| !is_separator(*letter));
                    let run: String = kept
                        .map(|letter| ascii_digit(letter).unwrap_or(letter))
                        .collect();
                    prop_assert!(run.contains(number.digits()), "{} in {}", number.digits(), run);
                }
            }
        }
    }

    #[test]
    fn a_number_among_words_is_nobodys() {
        for pasted in [
            "美国 1-415-555-0100",
            "USA 1 415 555 0100",
            "1-415-555-0100 (USA)",
            "+86 (1) 415 555 0100 USA",
        ] {
            let shown = group_while_typing(pasted);
            assert_eq!(shown, pasted);
            assert_eq!(
                MobileNumber::parse(&shown),
                Err(MobileNumberError::UnexpectedCharacter),
                "{pasted}"
            );
        }
        for labelled in [
            "手机：13800138000",
            "Tel. 13800138000",
            "tel://+8613800138000",
        ] {
            assert_eq!(group_while_typing(labelled), "138 0013 8000", "{labelled}");
        }
        assert_eq!(group_while_typing("138a"), "138");
    }

    #[test]
    fn a_digit_typed_into_a_full_number_is_one_too_many() {
        let shown = group_while_typing("138 90013 8000");
        assert_eq!(shown, "138 9001 38000");
        assert_eq!(MobileNumber::parse(&shown), Err(MobileNumberError::TooLong));
    }
}
