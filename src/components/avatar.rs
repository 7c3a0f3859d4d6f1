//! A picture that stands for somebody.

use crate::{
    browser::dom::{Element, element},
    signal::Signal,
};
use kabao_core::domain::brand_color::BrandColor;

/// The picture at `url`. Where there is none, or it does not load, the first
/// character of `name` on a colour of the name's own.
pub fn avatar(name: &str, url: Option<&str>) -> Element {
    // The style sheet makes it a capital letter.
    let initial: String = name.chars().take(1).collect();
    let color = format!("--avatar-color:{}", BrandColor::for_name(name).css());
    let picture = url.map(|url| {
        let is_missing = Signal::new(false);
        element("img")
            .class("avatar__picture")
            .live_class("avatar__picture--missing", move || is_missing.get())
            .attribute("alt", "")
            .on_missing(move || is_missing.set(true))
            .attribute("src", url)
    });
    element("span")
        .class("avatar")
        .attribute("aria-hidden", "true")
        .attribute("style", &color)
        .text(&initial)
        .children(picture)
}
