//! The outline of a page that is on its way.

use crate::browser::dom::{Element, element};

/// The outline of a card and what is under it. A screen reader says `label`.
pub fn skeleton(label: &str) -> Element {
    let part = |class: &str| element("span").class(class);
    element("div")
        .class("skeleton")
        .attribute("role", "status")
        .attribute("aria-label", label)
        .child(part("skeleton__card"))
        .child(part("skeleton__line"))
        .child(part("skeleton__line"))
}
