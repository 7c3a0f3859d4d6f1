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
/// digits. Of a whole message that was pasted it is the code in it, or nothing;
/// a code that was pasted twice, as some versions of iOS do, is cut back.
#[must_use]
pub fn digits_while_typing(typed: &str, length: usize) -> String {
    let text: String = typed
        .chars()
        .map(|letter| ascii_digit(letter).unwrap_or_else(|| letter.to_ascii_lowercase()))
        .collect();
    let is_word = |letter: char| !letter.is_ascii_digit() && !is_separator(letter);
    if text.chars().filter(|letter| is_word(*letter)).count() > 1 {
        return code_in_message(&text, length).unwrap_or_default();
    }
    // A single letter among the digits has slipped in from the keyboard; a mark
    // ends what is a code.
    let is_mark = |letter: char| is_word(letter) && !letter.is_alphabetic();
    text.split(is_mark)
        .find(|part| part.contains(|letter: char| letter.is_ascii_digit()))
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .take(length)
        .collect()
}

/// What a message calls its code, in lower case.
const NAMES_OF_CODE: [&str; 8] = [
    "验证码",
    "校验码",
    "动态码",
    "动态密码",
    "驗證碼",
    "校驗碼",
    "code",
    "otp",
];

/// What ends a clause of a message, besides a full stop and a blank.
const ENDS_OF_CLAUSE: [char; 13] = [
    '，', '。', '；', '！', '？', '…', '】', ',', ';', '!', '?', '\n', '\r',
];

/// What leads from the name of a code to the code.
const LINKS: [&str; 5] = ["是", "为", " is ", ":", "："];

/// The code in a message, which is in lower case and whose digits are ASCII ones:
/// the one in the first clause that names a code and has one; or else the first
/// behind the first name, whose clause may have ended in a line of its own; or
/// else, where nothing is named, the first of all.
fn code_in_message(text: &str, length: usize) -> Option<String> {
    text.split(ENDS_OF_CLAUSE)
        .flat_map(|clause| clause.split(". "))
        .find_map(|clause| code_in_clause(clause, length))
        .or_else(|| {
            let rest = names(text).next().map_or(text, |(_, rest)| rest);
            first_code(rest, length)
        })
        .or_else(|| runs(text, length).next().map(str::to_owned))
}

/// The code nearest to a name in `clause`: the first behind it, or else the last
/// before it.
fn code_in_clause(clause: &str, length: usize) -> Option<String> {
    names(clause).find_map(|(before, rest)| {
        first_code(rest, length).or_else(|| runs(before, length).next_back().map(str::to_owned))
    })
}

/// What is before and what is behind each name of a code in `text`. `code` is one
/// and `postcode` is none.
fn names(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.char_indices().filter_map(|(start, _)| {
        let (before, tail) = text.split_at(start);
        let name = NAMES_OF_CODE.iter().find(|name| tail.starts_with(**name))?;
        let rest = &tail[name.len()..];
        let is_part = name.is_ascii()
            && (before.ends_with(|letter: char| letter.is_ascii_alphabetic())
                || rest.starts_with(|letter: char| letter.is_ascii_alphabetic()));
        (!is_part).then_some((before, rest))
    })
}

/// The first code behind its name.
fn first_code(rest: &str, length: usize) -> Option<String> {
    grouped_code(rest, length)
        .or_else(|| linked_code(rest, length))
        .or_else(|| runs(rest, length).next().map(str::to_owned))
}

/// The code to which a word leads: `code for order 654321 is 123456`.
fn linked_code(rest: &str, length: usize) -> Option<String> {
    LINKS
        .iter()
        .filter_map(|link| rest.split_once(link))
        .find_map(|(_, behind)| {
            let run = runs(behind, length).next()?;
            behind
                .trim_start_matches(|letter: char| is_separator(letter) || letter == '【')
                .starts_with(run)
                .then(|| run.to_owned())
        })
}

/// A code in groups of one size, right behind its name: `: 123 456`.
fn grouped_code(rest: &str, length: usize) -> Option<String> {
    let (link, number) = rest.split_at(rest.find(|letter: char| letter.is_ascii_digit())?);
    let is_mark = |letter: char| is_separator(letter) || ":：=【】[]「」".contains(letter);
    if !matches!(link.trim_matches(is_mark), "" | "是" | "为" | "is") {
        return None;
    }
    let end = number.find(|letter: char| !letter.is_ascii_digit() && !is_separator(letter));
    let groups = || {
        number[..end.unwrap_or(number.len())]
            .split(is_separator)
            .filter(|group| !group.is_empty())
    };
    let size = groups().next()?.len();
    let code: String = groups().collect();
    (code.len() == length && groups().all(|group| group.len() == size)).then_some(code)
}

/// The runs of exactly `length` digits, but for those that are a part of
/// something longer: a date, a phone number, a number with a part starred out.
fn runs(text: &str, length: usize) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_digit() && !"-.:/*".contains(letter))
        .map(|run| run.trim_matches(['-', '.', ':', '/']))
        .filter(move |run| run.len() == length && run.bytes().all(|it| it.is_ascii_digit()))
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
    }

    #[test]
    fn takes_the_code_of_the_clause_that_names_it() {
        for (message, code) in [
            // Behind the name before before it, and the nearest.
            ("订单 654321 验证码 123456 编号 111111", "123456"),
            ("编号 111111，123456 是您的验证码，订单 654321", "123456"),
            ("编号 111111 和 123456 是您的动态码", "123456"),
            ("验证码有效期 5 分钟。校验码 123456，订单 654321", "123456"),
            ("Order 654321. Your OTP is 123456. Call 111111.", "123456"),
            ("Order 654321. 123456 is your CODE. Call 111111.", "123456"),
            ("Postcode 654321, laptop 111111, code 123456", "123456"),
            // Named in one line, written in the next.
            ("订单 654321\n您的验证码：\n123456\n电话 111111", "123456"),
            // Nothing names it.
            ("【川味小馆】123456，5 分钟内有效", "123456"),
            // In groups, right behind the name.
            ("code: 123 456", "123456"),
            ("Your code is 123-456. Order 654321.", "123456"),
            ("验证码是【123 456】，订单 654321", "123456"),
            ("验证码：1 2 3 4 5 6", "123456"),
            // A sender's tag is no name of a code.
            ("【短信验证码】订单654321，验证码123456", "123456"),
            ("【验证码】123456，5 分钟内有效", "123456"),
            ("订单654321，动态密码123456", "123456"),
            ("訂單654321，驗證碼123456", "123456"),
            ("The code for order 654321 is 123456", "123456"),
            ("验证码（订单654321）：123456", "123456"),
            ("Code for order 654321: 123456", "123456"),
            ("订单654321的验证码 编号111111 为【123456】", "123456"),
        ] {
            assert_eq!(digits_while_typing(message, 6), code, "{message}");
        }
    }

    #[test]
    fn joins_no_digits_across_words() {
        for message in [
            "12345 and 5",
            "尾号1234 的卡消费 56 元",
            "验证码 12 有效期 3456 秒",
            "code 12345 6 minutes",
            "验证码 1234567",
            "验证码 5 分钟内有效",
            "code: 123 456 7",
            "验证码：见 123456-7890",
            "请致电 138****123456 索取验证码",
            "您的验证码已失效",
        ] {
            assert_eq!(digits_while_typing(message, 6), "", "{message}");
        }
        assert_eq!(digits_while_typing("code 1234 5 minutes", 5), "");
    }

    #[test]
    fn a_mark_ends_a_code() {
        for mark in ['。', '，', '、', ':'] {
            let typed = format!("12345{mark}5");
            assert_ne!(digits_while_typing(&typed, 6), "123455", "{typed}");
        }
        assert_eq!(digits_while_typing("。123456", 6), "123456");
        assert_eq!(digits_while_typing("12345。", 6), "12345");
    }

    #[test]
    fn a_letter_that_slips_in_costs_no_digits() {
        assert_eq!(digits_while_typing("12345a", 6), "12345");
        assert_eq!(digits_while_typing("12a345", 6), "12345");
    }

    #[test]
    fn a_code_has_any_length() {
        for length in 4..=8 {
            let code = &"12345678"[..length];
            for message in [
                format!("尾号 999 的卡，验证码 {code}，5 分钟内有效"),
                format!("{code} is your OTP"),
                code.to_owned(),
            ] {
                assert_eq!(digits_while_typing(&message, length), code, "{message}");
            }
        }
    }

    #[test]
    fn cuts_a_code_that_was_pasted_twice() {
        assert_eq!(digits_while_typing("123456123456", 6), "123456");
    }
}
