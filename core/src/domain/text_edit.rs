//! What is left of an edit once a field has put its text in order.

use super::digits::{ascii_digit, is_plus, is_separator};

/// The text of a field, parted where the caret is. It is private, so it has no
/// `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TextAtCaret {
    pub before: String,
    pub after: String,
}

/// What an edit did to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// Took away the character before the caret: Backspace.
    DeleteBackward,
    /// Took away the character behind the caret: Delete.
    DeleteForward,
    /// Anything else: typed, pasted, cut, filled in.
    Other,
}

impl TextAtCaret {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// What the field shows after an edit that has left this of `shown`: the text
    /// as `format` writes it, with the caret behind the same digit. An edit that
    /// has taken nothing but a gap, which `format` would put back, takes the digit
    /// on the other side of it.
    #[must_use]
    pub fn reformatted(
        mut self,
        shown: &str,
        kind: EditKind,
        format: impl Fn(&str) -> String,
    ) -> Self {
        if self.lacks_a_gap_of(shown) && format(&self.text()) == shown {
            match kind {
                EditKind::DeleteBackward => {
                    self.before.pop();
                }
                EditKind::DeleteForward => {
                    self.after = self.after.chars().skip(1).collect();
                }
                EditKind::Other => {}
            }
        }
        let typed = self.text();
        let formatted = format(&typed);
        if formatted == typed {
            return self;
        }
        let kept: String = counted(&formatted).collect();
        let typed: String = counted(&typed).collect();
        // What `format` has dropped from the start, such as a country's prefix.
        let dropped = typed.find(&kept).unwrap_or_default();
        let count = counted(&self.before).count().saturating_sub(dropped);
        let place = if self.after.is_empty() {
            formatted.len()
        } else {
            end_of(&formatted, count)
        };
        let (before, after) = formatted.split_at(place);
        Self {
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    /// Whether this is `shown` without a gap that was where the caret is.
    fn lacks_a_gap_of(&self, shown: &str) -> bool {
        shown
            .strip_prefix(self.before.as_str())
            .and_then(|rest| rest.strip_suffix(self.after.as_str()))
            .is_some_and(|gap| !gap.is_empty() && gap.chars().all(is_separator))
    }
}

/// The digits and plus signs of a text, as ASCII ones: what `format` keeps, in
/// whatever script it was typed.
fn counted(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(as_counted)
}

fn as_counted(character: char) -> Option<char> {
    ascii_digit(character).or_else(|| is_plus(character).then_some('+'))
}

/// Where the first `count` digits and plus signs end in `text`.
fn end_of(text: &str, count: usize) -> usize {
    let Some(last) = count.checked_sub(1) else {
        return 0;
    };
    text.char_indices()
        .filter(|(_, character)| as_counted(*character).is_some())
        .nth(last)
        .map_or(text.len(), |(place, character)| {
            place + character.len_utf8()
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{mobile_number::group_while_typing, sms_code::digits_while_typing};

    /// A text with `|` where the caret is.
    fn at_caret(marked: &str) -> TextAtCaret {
        let (before, after) = marked.split_once('|').unwrap();
        TextAtCaret {
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    fn marked(text: &TextAtCaret) -> String {
        format!("{}|{}", text.before, text.after)
    }

    /// What a browser leaves of a field in which Backspace or Delete is pressed.
    fn pressed(field: &TextAtCaret, kind: EditKind) -> TextAtCaret {
        let mut left = field.clone();
        match kind {
            EditKind::DeleteBackward => {
                left.before.pop();
            }
            EditKind::DeleteForward if !left.after.is_empty() => {
                left.after.remove(0);
            }
            _ => {}
        }
        left
    }

    #[test]
    fn a_deleted_gap_takes_the_digit_on_its_other_side() {
        for (before, kind, after) in [
            ("138 |0013 8000", EditKind::DeleteBackward, "13|0 0138 000"),
            ("138| 0013 8000", EditKind::DeleteForward, "138| 0138 000"),
            ("138 0013 |8000", EditKind::DeleteBackward, "138 001|8 000"),
            ("138 0013| 8000", EditKind::DeleteForward, "138 0013| 000"),
            ("+86 |138", EditKind::DeleteBackward, "+8|138"),
            // Nobody puts this gap back.
            ("+1 |415", EditKind::DeleteBackward, "+1|415"),
            ("+1| 415", EditKind::DeleteForward, "+1|415"),
            ("|138 0", EditKind::DeleteBackward, "|138 0"),
            ("138 0|", EditKind::DeleteForward, "138 0|"),
            ("138 0|", EditKind::DeleteBackward, "138|"),
        ] {
            let field = at_caret(before);
            let left = pressed(&field, kind).reformatted(&field.text(), kind, group_while_typing);
            assert_eq!(marked(&left), after, "{kind:?} at {before}");
        }
    }

    #[test]
    fn only_a_gap_at_the_caret_was_deleted() {
        // What a browser fills in has the caret at its end.
        for (shown, typed) in [
            ("138 0", "1380|"),
            ("138 0", "138  |0"),
            ("138 0", "138| 0"),
        ] {
            let left =
                at_caret(typed).reformatted(shown, EditKind::DeleteBackward, group_while_typing);
            assert_eq!(group_while_typing(&left.text()), "138 0", "{typed}");
        }
    }

    #[test]
    fn the_caret_stays_with_its_digit() {
        for (typed, after) in [
            ("138 9|0013", "138 9|001 3"),
            ("1389| 0013", "138 9|001 3"),
            ("+86 138 0013 9|800", "138 0013 9|800"),
            ("+|86 138 0013 9800", "|138 0013 9800"),
            ("+|86138", "+|86 138"),
            ("１３８００１|", "138 001|"),
        ] {
            let shown = at_caret(typed).reformatted("", EditKind::Other, group_while_typing);
            assert_eq!(marked(&shown), after, "{typed}");
        }
        let code = |typed: &str| digits_while_typing(typed, 6);
        for (typed, after) in [
            ("123|4567", "123|456"),
            ("验证码 123456|，5 分钟", "123456|"),
            ("12 3|456", "123|456"),
            ("12a|34", "12|34"),
        ] {
            let shown = at_caret(typed).reformatted("", EditKind::Other, code);
            assert_eq!(marked(&shown), after, "{typed}");
        }
    }

    proptest! {
        /// Any keys at any places leave the digits that the same keys leave of a
        /// text without gaps.
        #[test]
        fn no_digit_is_lost_doubled_or_moved(
            keys in prop::collection::vec((0..14_usize, "[1-9]|<|>"), 0..40)
        ) {
            let mut field = TextAtCaret::default();
            let mut plain = TextAtCaret::default();
            for (place, key) in keys {
                let text = field.text();
                let place = place.min(text.len());
                field = TextAtCaret {
                    before: text[..place].to_owned(),
                    after: text[place..].to_owned(),
                };
                let count = counted(&field.before).count();
                let digits: String = counted(&text).collect();
                prop_assert_eq!(&digits, &plain.text());
                plain = TextAtCaret {
                    before: digits[..count].to_owned(),
                    after: digits[count..].to_owned(),
                };
                let kind = match key.as_str() {
                    "<" => EditKind::DeleteBackward,
                    ">" => EditKind::DeleteForward,
                    _ => EditKind::Other,
                };
                // No number with a prefix, which is dropped, is whole then, and
                // without 0 none is of another country.
                if kind == EditKind::Other && digits.len() < 11 {
                    field.before.push_str(&key);
                    plain.before.push_str(&key);
                }
                field = pressed(&field, kind).reformatted(&text, kind, group_while_typing);
                plain = pressed(&plain, kind);
                prop_assert_eq!(counted(&field.text()).collect::<String>(), plain.text());
                prop_assert_eq!(counted(&field.before).count(), plain.before.len());
            }
        }
    }
}
