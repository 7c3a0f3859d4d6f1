//! A half-screen dialog.

use crate::browser::{
    dom::{Element, element},
    page,
};

/// A dialog that rises from the bottom over the page. Escape and a tap beside
/// it close it.
pub fn sheet(
    title: &str,
    close_label: &str,
    on_close: impl Fn() + Copy + 'static,
    body: Element,
) -> Element {
    const TITLE: &str = "sheet-title";
    page::focus_soon(TITLE);
    page::on_escape(on_close);
    let title = element("h2")
        .class("sheet__title")
        .attribute("id", TITLE)
        .attribute("tabindex", "-1")
        .text(title);
    let close = element("button")
        .attribute("type", "button")
        .class("sheet__close")
        .attribute("aria-label", close_label)
        .on_press(on_close);
    let panel = element("div")
        .class("sheet__panel")
        .attribute("role", "dialog")
        .attribute("aria-modal", "true")
        .attribute("aria-labelledby", TITLE)
        .child(
            element("header")
                .class("sheet__header")
                .child(title)
                .child(close),
        )
        .child(body.class("sheet__body"));
    element("div")
        .class("sheet")
        .on_press_itself(on_close)
        .child(panel)
}
