//! Every string of the preview, in every language. What is done where and by whom is
//! from the manual 切换公众号 V8.1.

mod en;
mod group;
mod listing;
mod zh_cn;

pub use group::{CustomerWords, PaperWords, StepWords, Words};

use kabao::i18n::Language;

/// The strings of `language`.
#[must_use]
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::Chinese => &zh_cn::WORDS,
        Language::English => &en::WORDS,
    }
}
