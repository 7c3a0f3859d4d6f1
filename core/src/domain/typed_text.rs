//! What a field shows.

use core::fmt;

/// The text of a field into which a fan types something private: a phone
/// number, an SMS code. `Debug` shows none of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedText(String);

impl TypedText {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for TypedText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for TypedText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for TypedText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TypedText(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_what_was_typed() {
        for text in [
            TypedText::from("13800138000"),
            TypedText::from("13800138000".to_owned()),
        ] {
            assert_eq!(text.as_str(), "13800138000");
        }
    }

    #[test]
    fn never_prints_what_was_typed() {
        assert_eq!(
            format!("{:?}", TypedText::from("13800138000")),
            "TypedText(…)"
        );
    }
}
