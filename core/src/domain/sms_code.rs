//! The code that arrives by SMS.

use core::fmt;

use super::digits::{ascii_digit, is_separator};

/// A whole SMS code. `Debug` never shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct SmsCode(String);

/// Why something typed is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsCodeError {
    /// Fewer digits than the code has.
    Incomplete,
    /// More digits than the code has, or something that is no digit.
    Malformed,
}

impl SmsCode {
    /// Reads a code of `length` digits as people type or paste it.
    ///
    /// # Errors
    ///
    /// `Incomplete` while digits are missing, else `Malformed`.
    pub fn parse(typed: &str, length: usize) -> Result<Self, SmsCodeError> {
        let mut digits = String::with_capacity(length);
        for character in typed.chars() {
            match ascii_digit(character) {
                Some(digit) => digits.push(digit),
                None if is_separator(character) => {}
                None => return Err(SmsCodeError::Malformed),
            }
        }
        match digits.len() {
            count if count < length => Err(SmsCodeError::Incomplete),
            count if count > length => Err(SmsCodeError::Malformed),
            _ => Ok(Self(digits)),
        }
    }

    /// The digits, for the request body and for nothing else.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SmsCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SmsCode(…)")
    }
}

/// What the code field shows while somebody types: at most `length` digits.
/// Some iOS versions paste an autofilled code twice, which this cuts back.
#[must_use]
pub fn digits_while_typing(typed: &str, length: usize) -> String {
    typed.chars().filter_map(ascii_digit).take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_code_and_hides_it() {
        let code = SmsCode::parse(" 12３ 456", 6).unwrap();
        assert_eq!(code.digits(), "123456");
        assert_eq!(format!("{code:?}"), "SmsCode(…)");
    }

    #[test]
    fn refuses_what_is_not_a_code() {
        assert_eq!(SmsCode::parse("12345", 6), Err(SmsCodeError::Incomplete));
        assert_eq!(SmsCode::parse("1234567", 6), Err(SmsCodeError::Malformed));
        assert_eq!(SmsCode::parse("12a456", 6), Err(SmsCodeError::Malformed));
    }

    #[test]
    fn cuts_a_code_that_was_pasted_twice() {
        assert_eq!(digits_while_typing("123456123456", 6), "123456");
    }
}
