//! Every string that a person reads once the app is there, in every language.
//!
//! A language is a module with one static for each group of strings. A string
//! that is missing in one language does not compile, and one that nothing reads
//! fails the lints. Strings with a value in them are functions, so that each
//! language orders and counts in its own way.
//!
//! A new language is a new file beside `zh_cn.rs`, its `mod` line and its line
//! in `languages!`. What the page says before the app is there is in `boot.js` and the
//! scripts beside it.
//!
//! `Wording` holds what the first screen says. What is shipped has the other
//! languages' `Wording`, and every other group, in lazy modules: see
//! [`I18n::load`].

mod en;
mod explanation;
mod wording;
mod zh_cn;

pub use explanation::{Explanation, Mender};
pub(crate) use wording::{
    CardPageWording, CardWording, ClaimWording, CodeWording, ProblemWording, ProfileWording,
    TermsWording, Wording,
};

use kabao_core::problem::ApiError;
use leptos::prelude::provide_context;

use crate::{
    context::expect_context,
    lazy::{NotLoaded, lazy_fn},
};

/// Calls a macro with the languages: `[name module tag]` each. The first is the
/// default, because it is what the restaurants' guests read.
macro_rules! languages {
    ($callback:ident!($($arguments:tt)*)) => {
        $callback! {
            [Chinese zh_cn "zh-CN"]
            [English en "en"]
            ; $($arguments)*
        }
    };
}

macro_rules! define_language {
    ([$default:ident $default_module:ident $default_tag:literal] $([$name:ident $module:ident $tag:literal])* ;) => {
        /// A language that the app speaks.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Language {
            #[default]
            $default,
            $($name,)*
        }

        impl Language {
            pub const ALL: &[Self] = &[Self::$default, $(Self::$name,)*];

            /// The BCP 47 tag, as `<html lang>` and the backend's texts name it.
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self {
                    Self::$default => $default_tag,
                    $(Self::$name => $tag,)*
                }
            }
        }
    };
}

macro_rules! pick {
    ($([$name:ident $module:ident $tag:literal])* ; $language:ident $group:ident) => {
        match $language {
            $(Language::$name => &$module::$group,)*
        }
    };
}

languages!(define_language!());

impl Language {
    /// The language to speak: the one that the query of the address asks for,
    /// else the first of the browser's languages that the app speaks, else the
    /// default.
    #[must_use]
    pub fn choose(query: &str, browser: &[String]) -> Self {
        Self::asked_by(query)
            .or_else(|| browser.iter().find_map(|tag| Self::from_tag(tag)))
            .unwrap_or_default()
    }

    /// The language that a query asks for, by `lang=`.
    #[must_use]
    pub fn asked_by(query: &str) -> Option<Self> {
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix("lang="))
            .and_then(Self::from_tag)
    }

    /// The language of a BCP 47 tag such as `zh-Hans-CN`, if the app speaks it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_owned();
        let wanted = primary(tag);
        let is_it = |language: &&Self| primary(language.tag()).eq_ignore_ascii_case(&wanted);
        Self::ALL.iter().find(is_it).copied()
    }
}

lazy_fn! {
    words;
    /// Any language's [`Wording`]; called for those that are not the default.
    fn other_wording(language: Language) -> &'static Wording {
        Wording::of(language)
    }
}

/// The language of the page, and the strings of the first screen in it.
#[derive(Clone, Copy)]
pub struct I18n {
    pub language: Language,
    pub(crate) wording: &'static Wording,
}

impl I18n {
    /// Loads `language`. Where its module can't be fetched, the default language
    /// stands in.
    pub async fn load(language: Language) -> Self {
        if language == Language::default() {
            return Self::in_default();
        }
        match other_wording(language).await {
            Ok(wording) => Self { language, wording },
            Err(NotLoaded) => Self::in_default(),
        }
    }

    const fn in_default() -> Self {
        Self {
            language: Language::Chinese,
            wording: &zh_cn::WORDING,
        }
    }

    /// Makes it known to every component of the app.
    pub fn provide(self) {
        provide_context(self);
    }
}

/// The language of the page.
///
/// # Panics
///
/// Outside the app, where nothing has provided it.
#[must_use]
pub fn use_i18n() -> I18n {
    expect_context()
}

/// The strings that the first screen needs.
#[must_use]
pub(crate) fn use_wording() -> &'static Wording {
    use_i18n().wording
}

impl Wording {
    const fn of(language: Language) -> &'static Self {
        languages!(pick!(language WORDING))
    }
}

/// Gives the groups of strings that lazy modules bring along.
macro_rules! lazy_groups {
    ($($group:ident: $name:ident),* $(,)?) => {$(
        impl $group {
            /// The strings in the language of the page.
            pub(crate) fn in_use() -> &'static Self {
                let language = use_i18n().language;
                languages!(pick!(language $name))
            }
        }
    )*};
}

impl Explanation {
    /// How `error` is explained.
    #[must_use]
    pub fn of(error: &ApiError, language: Language) -> Self {
        let wording: &ProblemWording = languages!(pick!(language PROBLEM));
        (wording.explain)(error)
    }
}

lazy_groups! {
    ClaimWording: CLAIM,
    CodeWording: CODE,
    CardPageWording: CARD_PAGE,
    ProfileWording: PROFILE,
    TermsWording: TERMS,
    ProblemWording: PROBLEM,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_wins_over_the_browser() {
        let browser = ["fr-FR".to_owned(), "en-GB".to_owned(), "zh-CN".to_owned()];
        assert_eq!(Language::choose("v=1&lang=zh", &browser), Language::Chinese);
        assert_eq!(Language::choose("", &browser), Language::English);
        assert_eq!(Language::choose("lang=xx", &browser), Language::English);
        assert_eq!(Language::choose("", &["fr".to_owned()]), Language::Chinese);
    }
}
