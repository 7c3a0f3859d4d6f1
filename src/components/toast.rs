//! A short message that passes.

use core::time::Duration;
use std::rc::Rc;

use leptos::prelude::*;

use crate::{
    browser::dom::{Element, element},
    signal::{Signal, follow},
};

/// How long a message stays.
const STAYS: Duration = Duration::from_secs(4);
/// How long a message stays that can be acted upon.
const STAYS_TO_ACT: Duration = Duration::from_secs(8);

/// A short message.
#[derive(Clone)]
pub struct Toast {
    text: String,
    action: Option<Action>,
}

/// What can be done about it.
#[derive(Clone)]
struct Action {
    label: &'static str,
    act: Rc<dyn Fn()>,
}

impl From<String> for Toast {
    fn from(text: String) -> Self {
        Self { text, action: None }
    }
}

impl From<&str> for Toast {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Toast {
    /// The message with a button that says `label` and does `act`.
    #[must_use]
    pub fn with_action(self, label: &'static str, act: impl Fn() + 'static) -> Self {
        Self {
            action: Some(Action {
                label,
                act: Rc::new(act),
            }),
            ..self
        }
    }
}

/// The place where short messages appear; each is taken away after a while. It
/// is always in the page, so that a screen reader hears what comes into it.
pub fn toast_place(message: Signal<Option<Toast>>) -> Element {
    let timer = Signal::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.update(Option::take).flatten() {
            timer.clear();
        }
    };
    follow(move || {
        stop();
        let stays = message.with(|toast| {
            let is_action = toast.as_ref()?.action.is_some();
            Some(if is_action { STAYS_TO_ACT } else { STAYS })
        });
        if let Some(stays) = stays {
            // The page may be gone by then, and its message with it.
            let handle = set_timeout_with_handle(move || message.set(None), stays);
            timer.set(handle.ok());
        }
    });
    on_cleanup(stop);
    element("div")
        .class("toast")
        .attribute("role", "status")
        .live(move || {
            message.get().map(|toast| {
                let button = toast.action.map(|Action { label, act }| {
                    element("button")
                        .attribute("type", "button")
                        .class("toast__action")
                        .text(label)
                        .on_press(move || {
                            message.set(None);
                            act();
                        })
                });
                element("div")
                    .class("toast__message")
                    .child(element("p").text(&toast.text))
                    .children(button)
            })
        })
}
