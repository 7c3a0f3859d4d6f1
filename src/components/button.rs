//! A button that does something.

use crate::browser::dom::{Element, element};
use crate::signal::Signal;
use kabao_core::domain::phone::Phone;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// The one thing to do on this screen.
    Primary,
    /// Another thing to do.
    Secondary,
    /// Something that is possible and rarely wanted.
    Quiet,
    /// Something that takes away.
    Warning,
}

impl Emphasis {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::Warning => "button button--warning",
        }
    }
}

/// A button that says `label` and does `act`.
pub fn button(label: &str, emphasis: Emphasis, act: impl Fn() + 'static) -> Element {
    element("button")
        .attribute("type", "button")
        .class(emphasis.class())
        .text(label)
        .on_press(act)
}

/// A button for something that takes a while. While `is_busy` it keeps its place
/// and the focus, and further taps do nothing.
pub fn busy_button(
    label: &str,
    emphasis: Emphasis,
    is_busy: Signal<bool>,
    act: impl Fn() + 'static,
) -> Element {
    let state = move || Some(if is_busy.get() { "true" } else { "false" });
    button(label, emphasis, move || {
        if !is_busy.get_untracked() {
            act();
        }
    })
    .live_attribute("aria-busy", state)
    .live_attribute("aria-disabled", state)
}

/// A link that calls `phone`. The number is not broken into lines.
pub fn call_button(label: &str, phone: &Phone) -> Element {
    button_link(label, &phone.href())
        .text(" ")
        .child(element("span").class("button__phone").text(phone.as_str()))
}

/// A link that looks like a button that does not stand out.
pub fn button_link(label: &str, href: &str) -> Element {
    element("a")
        .class(Emphasis::Secondary.class())
        .attribute("href", href)
        .text(label)
}
