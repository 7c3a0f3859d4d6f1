//! The top of a page that is not the first one.

use crate::browser::dom::{Element, element};

/// The title of a page, and the way back, which is a link to `back_href`.
pub fn page_header(
    title: &str,
    back_label: &str,
    back_href: &str,
    on_back: impl Fn() + 'static,
) -> Element {
    let arrow = element("span")
        .class("page-header__arrow")
        .attribute("aria-hidden", "true");
    let back = element("a")
        .class("page-header__back")
        .attribute("href", back_href)
        .on_follow(on_back)
        .child(arrow)
        .text(back_label);
    element("header")
        .class("page-header")
        .child(back)
        .child(element("h1").class("page-header__title").text(title))
}
