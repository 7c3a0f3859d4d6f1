//! A shop's or a provider's phone, which a tap calls.

use super::digits::{ascii_digit, is_separator};

/// A number that may be dialled from a link: digits, dashes, and at most one
/// `+`, at its start. `*` and `#` are refused: they make service codes, which
/// change a phone's settings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone(String);

/// A text that is not a number to dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneError;

/// The shortest number a shop has: a service number such as 95017.
const FEWEST_DIGITS: usize = 5;

/// The longest number there is, by ITU-T E.164.
const MOST_DIGITS: usize = 15;

impl Phone {
    /// Reads a number as shops write it. Blanks, brackets and dots become
    /// dashes: `（028）8555 0188` is `028-8555-0188`.
    ///
    /// # Errors
    ///
    /// [`PhoneError`] for any other character, and for fewer than 5 or more
    /// than 15 digits.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let mut phone = String::with_capacity(text.len());
        let mut digits = 0;
        let mut is_gap = false;
        for character in text.chars() {
            if let Some(digit) = ascii_digit(character) {
                if is_gap && digits > 0 {
                    phone.push('-');
                }
                is_gap = false;
                phone.push(digit);
                digits += 1;
            } else if matches!(character, '+' | '＋') && phone.is_empty() {
                phone.push('+');
            } else if is_separator(character) {
                is_gap = true;
            } else {
                return Err(PhoneError);
            }
        }
        (FEWEST_DIGITS..=MOST_DIGITS)
            .contains(&digits)
            .then_some(Self(phone))
            .ok_or(PhoneError)
    }

    /// The number, to be read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a link that dials it.
    #[must_use]
    pub fn href(&self) -> String {
        format!("tel:{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_as_it_is_read() {
        for (text, phone) in [
            ("028-8555-0188", "028-8555-0188"),
            ("400-000-2048", "400-000-2048"),
            ("+86 28 8555 0188", "+86-28-8555-0188"),
            ("（028）8555 0188", "028-8555-0188"),
            (" ＋86 (0) 28 85550188 ", "+86-0-28-85550188"),
            ("０２８－８５５５０１８８", "028-85550188"),
            ("\u{202E}028\u{2011}85550188\u{202C}", "028-85550188"),
            ("95017", "95017"),
        ] {
            let read = Phone::parse(text).unwrap();
            assert_eq!(read.as_str(), phone);
            assert_eq!(read.href(), format!("tel:{phone}"));
        }
    }

    #[test]
    fn what_else_a_link_could_dial_is_refused() {
        for text in [
            "",
            "-",
            "+",
            "1234",
            "*#06#",
            "*21*13800138000#",
            "%2A%2306%23",
            "028-8555-0188,1",
            "028+8555",
            "++862885550188",
            "1234567890123456",
            "tel:02885550188",
        ] {
            assert_eq!(Phone::parse(text), Err(PhoneError), "{text:?}");
        }
    }
}
