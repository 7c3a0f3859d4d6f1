//! A short message that passes.

use crate::signal::{Signal, follow};
use core::time::Duration;

use leptos::prelude::*;

use crate::browser::dom::{Element, element};

/// How long a message stays.
const STAYS: Duration = Duration::from_secs(4);

/// The place where short messages appear; each is taken away after a while. It
/// is always in the page, so that a screen reader hears what comes into it.
pub fn toast(message: Signal<Option<String>>) -> Element {
    let timer = Signal::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.update(Option::take).flatten() {
            timer.clear();
        }
    };
    follow(move || {
        stop();
        if message.with(Option::is_some) {
            // The page may be gone by then, and its message with it.
            let handle = set_timeout_with_handle(move || message.set(None), STAYS);
            timer.set(handle.ok());
        }
    });
    on_cleanup(stop);
    element("div")
        .class("toast")
        .attribute("role", "status")
        .live(move || {
            message
                .get()
                .map(|message| element("p").class("toast__message").text(&message))
        })
}
