//! A half-screen dialog.

use leptos::{ev, prelude::*};

use crate::browser::page;

/// A dialog that rises from the bottom over the page. Escape and a tap beside
/// it close it.
#[component]
pub fn Sheet(
    /// What it is about.
    title: String,
    /// What closing it is called.
    close_label: &'static str,
    /// Closes it.
    on_close: Callback<()>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    const TITLE: &str = "sheet-title";
    Effect::new(|| page::focus(TITLE));
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            on_close.run(());
        }
    });
    on_cleanup(move || escape.remove());
    view! {
        <div class="sheet" on:click=move |_| on_close.run(())>
            <div
                class="sheet__panel"
                role="dialog"
                aria-modal="true"
                aria-labelledby=TITLE
                on:click=|event| event.stop_propagation()
            >
                <header class="sheet__header">
                    <h2 class="sheet__title" id=TITLE tabindex="-1">
                        {title}
                    </h2>
                    <button
                        type="button"
                        class="sheet__close"
                        aria-label=close_label
                        on:click=move |_| on_close.run(())
                    ></button>
                </header>
                <div class="sheet__body">{children()}</div>
            </div>
        </div>
    }
}
