//! One of a few things, chosen by a tap.

use crate::{
    browser::dom::{Element, element},
    signal::Signal,
};

/// A row of buttons, one for each of `options`; the one at the place that
/// `chosen` holds is pressed. A screen reader says `label`.
pub fn choice(label: &str, options: &[&str], chosen: Signal<usize>) -> Element {
    let buttons = options.iter().enumerate().map(|(place, option)| {
        element("button")
            .attribute("type", "button")
            .class("choice__option")
            .live_attribute("aria-pressed", move || {
                Some(if chosen.get() == place {
                    "true"
                } else {
                    "false"
                })
            })
            .text(option)
            .on_press(move || chosen.set(place))
    });
    element("div")
        .class("choice")
        .attribute("role", "group")
        .attribute("aria-label", label)
        .children(buttons)
}
