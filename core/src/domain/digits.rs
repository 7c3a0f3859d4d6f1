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

/// Whether `character` only parts digits from one another: white space, and
/// the dashes, dots and brackets that phone books write.
pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '.' | '(' | ')' | '\u{2010}'..='\u{2015}' | '（' | '）' | '－' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}'
        )
}

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
