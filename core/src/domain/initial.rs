//! The sign that stands for a name.

/// The longest sign, in characters: a family of four with their skin colours has
/// 11. What is stacked higher is cut.
const LONGEST: usize = 16;

/// The first character of `name` as a person sees it: a letter with its marks, an
/// emoji with all that it is joined of, a flag. `None` where nothing is to be
/// seen.
///
/// The full rules (UAX #29) need tables that would be a tenth of the app. These
/// are for the scripts that names are written in here and for emoji. They part
/// the conjuncts of Indian scripts behind the virama, and know no marks of the
/// scripts of South-East Asia but Thai's and Lao's.
#[must_use]
pub fn initial(name: &str) -> Option<&str> {
    let mut letters = name
        .char_indices()
        .skip_while(|(_, letter)| is_invisible(*letter) || is_mark(*letter));
    let (start, first) = letters.next()?;
    let mut end = start + first.len_utf8();
    let mut previous = first;
    for (index, (place, letter)) in letters.take(LONGEST - 1).enumerate() {
        let is_flag = index == 0 && is_regional(first) && is_regional(letter);
        if !is_flag && !belongs(letter, previous) {
            break;
        }
        end = place + letter.len_utf8();
        previous = letter;
    }
    name.get(start..end)
}

const JOINER: char = '\u{200D}';

/// Whether a person sees `letter` as a part of what is before it.
fn belongs(letter: char, previous: char) -> bool {
    let is_hangul = || matches!(previous, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}');
    is_mark(letter)
        || previous == JOINER && is_joined(letter)
        || matches!(letter, '\u{1160}'..='\u{11FF}') && is_hangul()
}

/// What emoji are joined of: signs and pictures, never letters.
fn is_joined(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// The halves of flags.
fn is_regional(letter: char) -> bool {
    matches!(letter, '\u{1F1E6}'..='\u{1F1FF}')
}

/// What changes the character before it: accents, vowels above and below, the
/// joiner, variants, skin colours, the frame of a keycap, the tags of a flag.
#[inline(never)]
fn is_mark(letter: char) -> bool {
    match letter {
        '\u{300}'..='\u{36F}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5C7}'
        | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}'
        | '\u{670}'
        | '\u{6D6}'..='\u{6ED}'
        | '\u{E31}'
        | '\u{E33}'..='\u{E3A}'
        | '\u{E47}'..='\u{E4E}'
        | '\u{EB1}'
        | '\u{EB3}'..='\u{EBC}'
        | '\u{EC8}'..='\u{ECE}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{200C}'..=JOINER
        | '\u{20D0}'..='\u{20FF}'
        | '\u{302A}'..='\u{302F}'
        | '\u{3099}'..='\u{309A}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}'
        | '\u{FF9E}'..='\u{FF9F}'
        | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{E0020}'..='\u{E007F}'
        | '\u{E0100}'..='\u{E01EF}' => true,
        // The scripts from Devanagari to Malayalam have their signs in the same
        // places of their blocks.
        '\u{900}'..='\u{D7F}' => matches!(
            letter as u32 % 0x80,
            0x00..=0x03 | 0x3C | 0x3E..=0x4D | 0x55..=0x57 | 0x62..=0x63
        ),
        _ => false,
    }
}

/// Blanks, controls and characters of format.
fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '\u{AD}'
                | '\u{61C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_character_as_a_person_sees_it() {
        for (name, sign) in [
            ("川味小馆", "川"),
            ("ångström", "å"),
            ("A\u{200D}B", "A\u{200D}"),
            ("a\u{30A}ngström", "a\u{30A}"),
            ("  \u{200B}\u{202E}Sichuan", "S"),
            ("\u{FE0F}\u{301}é", "é"),
            ("👨\u{200D}👩\u{200D}👧 Family", "👨\u{200D}👩\u{200D}👧"),
            (
                "👨🏻\u{200D}👩🏼\u{200D}👧🏽\u{200D}👦🏾👦",
                "👨🏻\u{200D}👩🏼\u{200D}👧🏽\u{200D}👦🏾",
            ),
            ("👍🏽👍", "👍🏽"),
            ("🇨🇳🇫🇷", "🇨🇳"),
            ("🇨x", "🇨"),
            (
                "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}!",
                "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            ),
            ("1\u{FE0F}\u{20E3}st", "1\u{FE0F}\u{20E3}"),
            ("❤\u{FE0F}\u{200D}🔥 Hotpot", "❤\u{FE0F}\u{200D}🔥"),
            ("葛\u{E0100}城", "葛\u{E0100}"),
            ("か\u{3099}ん", "か\u{3099}"),
            ("ｶﾞﾝ", "ｶﾞ"),
            ("กำลัง", "กำ"),
            ("ที่รัก", "ที่"),
            ("हिन्दी", "हि"),
            ("ஆதி", "ஆ"),
            ("কলকাতা", "ক"),
            ("\u{1112}\u{1161}\u{11AB}국", "\u{1112}\u{1161}\u{11AB}"),
            ("한국", "한"),
            ("مُطعم", "مُ"),
        ] {
            assert_eq!(initial(name), Some(sign), "{name}");
        }
    }

    #[test]
    fn is_none_where_nothing_is_seen() {
        for name in [
            "",
            " \u{A0}\u{3000}\t\n",
            "\u{0}\u{7F}\u{AD}",
            "\u{200B}\u{200D}\u{FEFF}\u{2060}",
            "\u{202E}\u{2066}\u{2069}",
            "\u{3164}\u{2800}\u{115F}",
            "\u{301}\u{FE0F}",
        ] {
            assert_eq!(initial(name), None, "{name:?}");
        }
    }

    #[test]
    fn is_cut_where_marks_are_stacked_without_end() {
        let name = format!("z{}", "\u{301}".repeat(10_000));
        assert_eq!(initial(&name).map(|sign| sign.chars().count()), Some(16));
    }
}
