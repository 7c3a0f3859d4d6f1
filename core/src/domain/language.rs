//! The two languages.

/// A language that the app speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese, `zh-CN`.
    Chinese,
    /// English, `en`.
    English,
}

impl Language {
    /// The language to speak: the one asked for by `?lang=`, else the first of
    /// the browser's languages that the app knows, else Chinese, which is what
    /// the restaurants' guests read.
    #[must_use]
    pub fn choose(query: Option<&str>, browser: &[String]) -> Self {
        query
            .into_iter()
            .chain(browser.iter().map(String::as_str))
            .find_map(Self::from_tag)
            .unwrap_or(Self::Chinese)
    }

    /// The language of a BCP 47 tag such as `zh-Hans-CN`, if the app speaks it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") {
            Some(Self::Chinese)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else {
            None
        }
    }

    /// The BCP 47 tag, for `<html lang>` and for texts that the backend sends.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_wins_over_the_browser() {
        let browser = ["fr-FR".to_owned(), "en-GB".to_owned(), "zh-CN".to_owned()];
        assert_eq!(Language::choose(Some("zh"), &browser), Language::Chinese);
        assert_eq!(Language::choose(None, &browser), Language::English);
        assert_eq!(Language::choose(Some("xx"), &browser), Language::English);
        assert_eq!(
            Language::choose(None, &["fr".to_owned()]),
            Language::Chinese
        );
    }
}
