//! Digits as people type and paste them.

/// The ASCII digit that `character` stands for: itself, the full-width form (０–９)
/// that Chinese keyboards produce, or an Arabic-Indic one.
pub(crate) fn ascii_digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '\u{FF10}'..='\u{FF19}' => char::from_digit(character as u32 - 0xFF10, 10),
        '\u{0660}'..='\u{0669}' => char::from_digit(character as u32 - 0x0660, 10),
        '\u{06F0}'..='\u{06F9}' => char::from_digit(character as u32 - 0x06F0, 10),
        _ => None,
    }
}

/// Whether `character` is a plus, such as before the code of a country.
pub(crate) fn is_plus(character: char) -> bool {
    matches!(
        character,
        '+' | '＋' | '\u{FE62}' | '\u{207A}' | '\u{208A}' | '\u{2795}'
    )
}

/// Whether `character` only parts digits from one another: white space, the
/// dashes, dots and brackets that phone books write, and what can't be seen,
/// such as the marks of direction around a number that was copied.
#[inline(never)]
pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || DASHES.chars().any(|dash| dash == character)
        || matches!(
            character,
            '.' | '(' | ')' | '．' | '（' | '）'
                | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        )
}

/// Unicode's dashes (`Pd`), the minus signs and the soft hyphen.
const DASHES: &str = "-\u{AD}\u{58A}\u{5BE}\u{1400}\u{1806}\u{2010}\u{2011}\u{2012}\u{2013}\
    \u{2014}\u{2015}\u{2043}\u{207B}\u{208B}\u{2212}\u{2E17}\u{2E1A}\u{2E3A}\u{2E3B}\u{2E40}\
    \u{2E5D}\u{301C}\u{3030}\u{30A0}\u{FE31}\u{FE32}\u{FE58}\u{FE63}\u{FF0D}\u{10D6E}\u{10EAD}";

/// Writes `digits` in groups of `size`, parted by spaces.
pub(crate) fn grouped(digits: &str, size: usize) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / size);
    for (index, character) in digits.chars().enumerate() {
        if index > 0 && index % size == 0 {
            text.push(' ');
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_keyboards_are_read_and_what_is_beside_them_is_not() {
        for zero in ['0', '\u{FF10}', '\u{660}', '\u{6F0}'] {
            for value in 0..10 {
                let typed = char::from_u32(zero as u32 + value);
                let digit = typed.and_then(ascii_digit);
                assert_eq!(digit, char::from_digit(value, 10), "{typed:?}");
            }
            for beside in [zero as u32 - 1, zero as u32 + 10] {
                assert_eq!(char::from_u32(beside).and_then(ascii_digit), None);
            }
        }
    }
}
