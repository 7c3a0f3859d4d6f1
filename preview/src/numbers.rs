//! The numbers that a merchant types in.

/// What is known of the members and of the SMS credits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Members in all; none typed means unknown.
    pub members: Option<u32>,
    /// Members without a phone on record.
    pub without_phone: u32,
    /// SMS credits that are left; none typed means unknown.
    pub sms_credits: Option<u32>,
}

impl Numbers {
    /// Members with a phone, as far as is known.
    #[must_use]
    pub fn with_phone(self) -> u32 {
        self.members
            .unwrap_or_default()
            .saturating_sub(self.without_phone)
    }

    /// Whether they can't be true together.
    #[must_use]
    pub fn contradict(self) -> bool {
        self.members
            .is_some_and(|members| self.without_phone > members)
    }
}

/// Why what was typed is no number of people or messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// There is something other than digits in it.
    NotDigits,
    /// No restaurant has so many.
    TooLarge,
}

/// More than any restaurant has.
pub const LARGEST: u32 = 9_999_999;

/// Reads a number as people type it: with full-width digits, with commas or blanks
/// between the groups. Nothing typed is no number, and no mistake.
///
/// # Errors
///
/// [`NotANumber`] says why it can't be read.
pub fn read(typed: &str) -> Result<Option<u32>, NotANumber> {
    let mut number = None;
    for character in typed.chars() {
        let digit = match character {
            '0'..='9' => u32::from(character) - u32::from('0'),
            '０'..='９' => u32::from(character) - u32::from('０'),
            ',' | '，' => continue,
            _ if character.is_whitespace() => continue,
            _ => return Err(NotANumber::NotDigits),
        };
        let so_far: u32 = number.unwrap_or_default();
        if so_far > LARGEST / 10 {
            return Err(NotANumber::TooLarge);
        }
        number = Some(so_far * 10 + digit);
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, number) in [
            ("", Ok(None)),
            ("  ", Ok(None)),
            ("0", Ok(Some(0))),
            (" 500 ", Ok(Some(500))),
            ("５００", Ok(Some(500))),
            ("1,200", Ok(Some(1_200))),
            ("1 200", Ok(Some(1_200))),
            ("１２，０００", Ok(Some(12_000))),
            ("9999999", Ok(Some(LARGEST))),
            ("10000000", Err(NotANumber::TooLarge)),
            ("99999999999999999999", Err(NotANumber::TooLarge)),
            ("很多", Err(NotANumber::NotDigits)),
            ("12a", Err(NotANumber::NotDigits)),
            ("-3", Err(NotANumber::NotDigits)),
            ("1.5", Err(NotANumber::NotDigits)),
        ] {
            assert_eq!(read(typed), number, "{typed:?}");
        }
    }

    #[test]
    fn no_more_members_can_be_without_a_phone_than_there_are() {
        let numbers = |members, without_phone| Numbers {
            members,
            without_phone,
            sms_credits: None,
        };
        assert!(numbers(Some(500), 900).contradict());
        assert!(!numbers(Some(500), 500).contradict());
        assert!(!numbers(None, 900).contradict());
        assert_eq!(numbers(Some(500), 40).with_phone(), 460);
    }
}
