//! Reads the fields of a JSON object.
//!
//! Every reader returns `None` for a field that is missing, null or of another
//! type. Whoever reads decides what that means: `?` where the contract requires the
//! field, a default or nothing elsewhere.

use crate::domain::{
    phone::Phone,
    timestamp::Timestamp,
    url::{HttpUrl, ImageUrl},
};
use crate::json::Json;

#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(&'a [(String, Json)]);

impl<'a> Fields<'a> {
    pub(super) fn of(value: &'a Json) -> Option<Self> {
        value.as_object().map(Self)
    }

    fn get(self, name: &str) -> Option<&'a Json> {
        let (_, value) = self.0.iter().rev().find(|(field, _)| field == name)?;
        (*value != Json::Null).then_some(value)
    }

    pub(super) fn object(self, name: &str) -> Option<Self> {
        self.get(name).and_then(Self::of)
    }

    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_text()
    }

    /// A text that people read.
    pub(super) fn string(self, name: &str) -> Option<String> {
        self.text(name).map(readable)
    }

    /// A text that a scanner reads, to the letter.
    pub(super) fn payload(self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// An identifier: a text that is not empty. Some backends number their rows,
    /// so a whole number is taken as well.
    pub(super) fn id<T: From<String>>(self, name: &str) -> Option<T> {
        self.id_text(name).map(Into::into)
    }

    /// Apart from [`Fields::id`], so that it is compiled once.
    #[inline(never)]
    fn id_text(self, name: &str) -> Option<String> {
        let text = match self.get(name)? {
            Json::Text(text) => text.clone(),
            Json::Integer(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A whole number. `12.0` is one, as some JSON writers spell it.
    pub(super) fn integer(self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Json::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn count(self, name: &str) -> Option<u32> {
        self.integer(name)?.try_into().ok()
    }

    pub(super) fn flag(self, name: &str) -> Option<bool> {
        self.get(name)?.as_flag()
    }

    pub(super) fn time(self, name: &str) -> Option<Timestamp> {
        Timestamp::parse(self.text(name)?).ok()
    }

    /// A field whose absence has a meaning that an unreadable one must not be
    /// given: the outer `None` is one that is there and can't be read.
    pub(super) fn if_any<T>(
        self,
        name: &str,
        read: fn(Self, &str) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.get(name) {
            None => Some(None),
            Some(_) => read(self, name).map(Some),
        }
    }

    /// [`Fields::if_any`] of an object.
    pub(super) fn object_if_any<T>(
        self,
        name: &str,
        read: fn(Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.get(name) {
            None => Some(None),
            Some(value) => Self::of(value).and_then(read).map(Some),
        }
    }

    pub(super) fn url(self, name: &str) -> Option<HttpUrl> {
        HttpUrl::parse(self.text(name)?).ok()
    }

    pub(super) fn image(self, name: &str) -> Option<ImageUrl> {
        ImageUrl::parse(self.text(name)?).ok()
    }

    pub(super) fn phone(self, name: &str) -> Option<Phone> {
        Phone::parse(self.text(name)?).ok()
    }

    /// The items of a list, all of them: what was left out would look as if it were
    /// gone.
    pub(super) fn list<T>(self, name: &str, read: fn(Fields<'_>) -> Option<T>) -> Option<Vec<T>> {
        let items = self.get(name)?.as_list()?;
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            list.push(Fields::of(item).and_then(read)?);
        }
        Some(list)
    }

    pub(super) fn strings(self, name: &str) -> Option<Vec<String>> {
        let items = self.get(name)?.as_list()?.iter();
        items.map(|item| item.as_text().map(readable)).collect()
    }
}

/// A text as it may stand in a sentence of the app's: without the characters that
/// embed, override or isolate a direction. One that is never closed, as in a name
/// with U+202E, would turn around the digits and words behind it, on the screen
/// and in what is no markup: a title, an announcement. Letters keep the direction
/// of their script.
#[inline(never)]
fn readable(text: &str) -> String {
    let turns = |letter| matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|letter| !turns(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(json: &str, read: impl FnOnce(Fields<'_>) -> T) -> T {
        let value = Json::parse(json).unwrap();
        read(Fields::of(&value).unwrap())
    }

    #[test]
    fn a_number_is_whole_and_exact_or_none() {
        for (json, number) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("-0.0", Some(0)),
            ("-5", Some(-5)),
            ("12.0", Some(12)),
            ("1.2e3", Some(1_200)),
            ("9007199254740993", Some(9_007_199_254_740_993)),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("18446744073709551616", None),
            ("1e300", None),
            ("12.5", None),
            ("0.1e-300", None),
            ("\"12\"", None),
            ("true", None),
            ("null", None),
            ("[]", None),
            ("{}", None),
        ] {
            let json = format!("{{\"n\":{json}}}");
            assert_eq!(with(&json, |fields| fields.integer("n")), number, "{json}");
        }
    }

    #[test]
    fn a_count_is_not_negative_and_fits() {
        for (json, count) in [
            ("0", Some(0)),
            ("4294967295", Some(u32::MAX)),
            ("4294967296", None),
            ("-1", None),
            ("1e300", None),
        ] {
            let json = format!("{{\"n\":{json}}}");
            assert_eq!(with(&json, |fields| fields.count("n")), count, "{json}");
        }
    }

    #[test]
    fn a_name_turns_nothing_around() {
        let turned = r#"{"n":"\u202E川\u2066味\u202C小馆","l":["\u202Da\u2069","é"]}"#;
        let name = with(turned, |fields| fields.string("n"));
        assert_eq!(name.as_deref(), Some("川味小馆"));
        let benefits = with(turned, |fields| fields.strings("l")).unwrap();
        assert_eq!(benefits, ["a", "é"]);
        // What makes an emoji or joins letters stays.
        let kept = "👨\u{200D}👩\u{200D}👧 می\u{200C}خواهم\u{200F}!";
        let name = with(&format!(r#"{{"n":"{kept}"}}"#), |fields| fields.string("n"));
        assert_eq!(name.as_deref(), Some(kept));
        // What a scanner reads is not read by people.
        let payload = with(turned, |fields| fields.payload("n"));
        assert_eq!(payload.as_deref(), Some("\u{202E}川\u{2066}味\u{202C}小馆"));
    }

    #[test]
    fn an_identifier_may_be_a_number_of_a_row() {
        for (json, id) in [
            ("\"c1\"", Some("c1")),
            ("42", Some("42")),
            ("9007199254740993", Some("9007199254740993")),
            ("4.2", None),
            ("\"\"", None),
            ("null", None),
            ("true", None),
        ] {
            let json = format!("{{\"id\":{json}}}");
            let read = with(&json, |fields| fields.id::<String>("id"));
            assert_eq!(read.as_deref(), id, "{json}");
        }
    }

    #[test]
    fn a_list_is_all_that_is_in_it_or_none() {
        let read = |json| with(json, |fields| fields.list("l", |item| item.count("n")));
        assert_eq!(read(r#"{"l":[]}"#), Some(vec![]));
        assert_eq!(read(r#"{"l":[{"n":1},{"n":2,"x":[]}]}"#), Some(vec![1, 2]));
        for json in [
            r#"{}"#,
            r#"{"l":null}"#,
            r#"{"l":{}}"#,
            r#"{"l":"[]"}"#,
            r#"{"l":[{"n":1},{}]}"#,
            r#"{"l":[{"n":1},7]}"#,
            r#"{"l":[null,{"n":1}]}"#,
        ] {
            assert_eq!(read(json), None, "{json}");
        }
        let texts = |json| with(json, |fields| fields.strings("l"));
        assert_eq!(texts(r#"{"l":[]}"#), Some(vec![]));
        for json in [
            r#"{}"#,
            r#"{"l":["a",7]}"#,
            r#"{"l":[null]}"#,
            r#"{"l":"a"}"#,
        ] {
            assert_eq!(texts(json), None, "{json}");
        }
    }

    #[test]
    fn an_object_that_can_t_be_read_is_not_the_same_as_none() {
        let read = |json| {
            with(json, |fields| {
                fields.object_if_any("o", |object| object.count("n"))
            })
        };
        assert_eq!(read("{}"), Some(None));
        assert_eq!(read(r#"{"o":null}"#), Some(None));
        assert_eq!(read(r#"{"o":{"n":1}}"#), Some(Some(1)));
        for json in [r#"{"o":{}}"#, r#"{"o":[]}"#, r#"{"o":1}"#] {
            assert_eq!(read(json), None, "{json}");
        }
    }

    #[test]
    fn an_unreadable_time_is_not_the_same_as_none() {
        let read = |json| with(json, |fields| fields.if_any("t", Fields::time));
        assert_eq!(read("{}"), Some(None));
        assert_eq!(read(r#"{"t":null}"#), Some(None));
        let epoch = Timestamp::from_milliseconds(0);
        assert_eq!(read(r#"{"t":"1970-01-01T00:00:00Z"}"#), Some(Some(epoch)));
        assert_eq!(read(r#"{"t":"tomorrow"}"#), None);
        assert_eq!(read(r#"{"t":0}"#), None);
    }
}
