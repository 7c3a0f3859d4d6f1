//! Every string of the preview, in every language. Where a step is done, and
//! who does it, is from the manual 切换公众号 V8.1.

mod en;
mod group;
mod zh_cn;

pub(crate) use group::Words;

use kabao::i18n::Language;

/// The strings of `language`.
pub(crate) const fn words(language: Language) -> &'static Words {
    match language {
        Language::Chinese => &zh_cn::WORDS,
        Language::English => &en::WORDS,
    }
}
