//! JSON, as a reply has it.

use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value.
///
/// It is `serde_json::Value` without its map: the fields of an object stay in a
/// row, so that no code for maps is fetched before the first card. The objects
/// of the contract have few enough fields to go through.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Flag(bool),
    Integer(i64),
    /// A number that is no `i64`.
    Float(f64),
    Text(String),
    List(Vec<Json>),
    /// The fields in their order. Of two with one name the last one counts.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text that is one value. Anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub(crate) fn as_flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        // A value can always be read from a value.
        Self::deserialize(value).unwrap_or(Self::Null)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyJson)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(number
            .try_into()
            .map_or(Json::Float(number as f64), Json::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = access.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn every_kind_of_value_is_read() {
        let text = r#" {"a": [null, true, -1, 1.5, "é\n"], "b": {}, "c": 9223372036854775808} "#;
        assert_eq!(
            Json::parse(text),
            Some(Json::Object(vec![
                (
                    "a".to_owned(),
                    Json::List(vec![
                        Json::Null,
                        Json::Flag(true),
                        Json::Integer(-1),
                        Json::Float(1.5),
                        Json::Text("é\n".to_owned()),
                    ])
                ),
                ("b".to_owned(), Json::Object(Vec::new())),
                ("c".to_owned(), Json::Float(9_223_372_036_854_775_808.0)),
            ]))
        );
    }

    #[test]
    fn what_is_not_one_value_is_none() {
        for text in ["", "{", "[1,]", "{} {}", "\u{feff}{}", "nul", "'a'"] {
            assert_eq!(Json::parse(text), None, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(Json::parse(&deep), None, "and a deep one ends nothing");
    }
}
