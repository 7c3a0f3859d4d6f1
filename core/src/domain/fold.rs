//! Letters that are one and the same to whoever searches.
//!
//! The tables of Unicode for all scripts (NFKD, case folding) would be a tenth of
//! the app. These are for what names of restaurants are written with in China:
//! the letters of Latin-1 and Latin Extended-A, the vowels of pinyin with their
//! tones, and the full-width forms of a Chinese keyboard.

/// `text` as it is searched: in lower case, without accents, in half width.
#[must_use]
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !is_accent(*letter)) {
        folded.push(fold(letter));
        folded.extend(second_letter(letter));
    }
    folded
}

/// The letter that `letter` is searched and sorted as.
pub(crate) fn fold(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => half_width(letter).to_ascii_lowercase(),
        'À'..='Æ' | 'à'..='æ' | 'Ā'..='ą' | 'Ǎ'..='ǎ' => 'a',
        'Ç' | 'ç' | 'Ć'..='č' => 'c',
        'Ð' | 'ð' | 'Ď'..='đ' => 'd',
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => 'e',
        'Ĝ'..='ģ' => 'g',
        'Ĥ'..='ħ' => 'h',
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ĳ' | 'Ǐ'..='ǐ' => 'i',
        'Ĵ'..='ĵ' => 'j',
        'Ķ'..='ĸ' => 'k',
        'Ĺ'..='ł' => 'l',
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => 'n',
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='œ' | 'Ǒ'..='ǒ' => 'o',
        'Ŕ'..='ř' => 'r',
        'ß' | 'Ś'..='š' | 'ſ' => 's',
        'Þ' | 'þ' | 'Ţ'..='ŧ' => 't',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ǔ'..='ǜ' => 'u',
        'Ŵ'..='ŵ' => 'w',
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => 'y',
        'Ź'..='ž' => 'z',
        other => other.to_ascii_lowercase(),
    }
}

/// What follows the first letter of one that is two.
fn second_letter(letter: char) -> Option<char> {
    match letter {
        'Æ' | 'æ' | 'Œ' | 'œ' => Some('e'),
        'ß' => Some('s'),
        'Þ' | 'þ' => Some('h'),
        'Ĳ' | 'ĳ' => Some('j'),
        _ => None,
    }
}

/// Full-width forms are in the order of ASCII.
fn half_width(letter: char) -> char {
    char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter)
}

/// Accents that are characters of their own, as the keyboards of some phones
/// write them behind the letter.
fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_width_are_no_difference() {
        for (text, searched) in [
            ("Café", "cafe"),
            ("CAFE\u{301}", "cafe"),
            ("ＣａＦｅ　１２", "cafe　12"),
            ("Chuānwèi Xiǎoguǎn", "chuanwei xiaoguan"),
            ("Lǜ Chá", "lu cha"),
            ("Bœuf & Æble", "boeuf & aeble"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("Þór", "thor"),
            ("Ĳs", "ijs"),
            ("İstanbul", "istanbul"),
            ("２×４÷１", "2×4÷1"),
            ("川味小馆", "川味小馆"),
            ("", ""),
        ] {
            assert_eq!(folded(text), searched, "{text}");
        }
    }

    #[test]
    fn every_letter_of_latin_1_and_latin_extended_a_is_one_of_ascii() {
        for code in 0xC0..=0x17F {
            let letter = char::from_u32(code).unwrap();
            let is_letter = letter.is_alphabetic();
            assert_eq!(fold(letter).is_ascii_lowercase(), is_letter, "{letter}");
        }
    }

    #[test]
    fn the_case_of_a_letter_is_no_difference() {
        for code in 0x20..=0x1DC {
            let letter = char::from_u32(code).unwrap();
            for other in letter.to_lowercase().filter(|other| !is_accent(*other)) {
                let is_known = !('\u{180}'..='\u{1CC}').contains(&letter);
                assert!(!is_known || fold(letter) == fold(other), "{letter} {other}");
            }
        }
    }
}
