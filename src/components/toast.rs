//! A short message that passes.

use core::time::Duration;

use leptos::prelude::*;

/// How long a message stays.
const STAYS: Duration = Duration::from_secs(4);

/// The place where short messages appear. It is always in the page, so that a
/// screen reader hears what comes into it.
#[component]
pub fn Toast(
    /// The message; it is taken away after a while.
    message: RwSignal<Option<String>>,
) -> impl IntoView {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move || {
        stop();
        if message.with(Option::is_some) {
            let handle = set_timeout_with_handle(
                move || {
                    // The page may be gone by now, and its message with it.
                    let _ = message.try_set(None);
                },
                STAYS,
            );
            timer.set_value(handle.ok());
        }
    });
    on_cleanup(stop);
    view! {
        <div class="toast" role="status">
            {move || message.get().map(|message| view! { <p class="toast__message">{message}</p> })}
        </div>
    }
}
