//! How the network is, where a person should know.

use crate::browser::dom::{Element, element};

/// The place that says what `text` says. It is always in the page, so that a
/// screen reader hears what comes into it.
pub fn network_sign(text: impl Fn() -> Option<String> + 'static) -> Element {
    element("div")
        .class("network")
        .attribute("role", "status")
        .live(move || text().map(|text| element("p").class("network__sign").text(&text)))
}
