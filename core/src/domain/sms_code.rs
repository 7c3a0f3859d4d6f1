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

/// What the code field shows while somebody types or pastes: at most `length`
/// digits. Of a whole message that was pasted it is the code in it; a code that
/// was pasted twice, as some versions of iOS do, is cut back.
#[must_use]
pub fn digits_while_typing(typed: &str, length: usize) -> String {
    code_in_message(typed, length)
        .unwrap_or_else(|| typed.chars().filter_map(ascii_digit).take(length).collect())
}

/// What a message calls its code.
const NAMES_OF_CODE: [&str; 3] = ["验证码", "校验码", "code"];

/// The code in a message: of the runs of exactly `length` digits, the first one
/// behind the word for it, or else the first. Text of digits and separators alone
/// is no message.
fn code_in_message(text: &str, length: usize) -> Option<String> {
    let is_word = |letter: char| ascii_digit(letter).is_none() && !is_separator(letter);
    if !text.contains(is_word) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let named_at = NAMES_OF_CODE
        .iter()
        .filter_map(|name| lower.find(name))
        .min();
    let runs = || {
        lower
            .split(|letter| ascii_digit(letter).is_none())
            .filter(|run| run.chars().count() == length)
    };
    // Where a run begins in the text, which it is a part of.
    let start = |run: &str| run.as_ptr() as usize - lower.as_ptr() as usize;
    let behind_name = named_at.and_then(|name| runs().find(|run| start(run) > name));
    let run = behind_name.or_else(|| runs().next())?;
    Some(run.chars().filter_map(ascii_digit).collect())
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
    fn takes_the_code_out_of_whatever_was_pasted() {
        for pasted in [
            "123456",
            "123 456",
            "123-456",
            "\u{200B}123456",
            "\n123456\n",
            "１２３４５６",
            "١٢٣٤٥٦",
            "【川味小馆】验证码 123456，5 分钟内有效",
            "【川味小馆】您的验证码是123456，请于5分钟内输入。订单 20261123，电话 02885550188",
            "【川味小馆】订单 654321 的验证码：123456",
            "Your code is 123456. It is valid for 5 minutes.",
            "123456 is your code",
        ] {
            assert_eq!(digits_while_typing(pasted, 6), "123456", "{pasted}");
        }
        assert_eq!(digits_while_typing("验证码 12", 6), "12");
    }

    #[test]
    fn cuts_a_code_that_was_pasted_twice() {
        assert_eq!(digits_while_typing("123456123456", 6), "123456");
    }
}
