//! Something to know, at the top of a page.

use crate::browser::dom::{Element, element};

/// A notice. What can be done about it goes inside.
pub fn notice(title: &str, text: &str) -> Element {
    element("section")
        .class("notice")
        .child(element("h2").class("notice__title").text(title))
        .child(element("p").class("notice__text").text(text))
}
