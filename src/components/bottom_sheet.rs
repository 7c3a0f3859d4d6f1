//! A dialog that rises from the bottom of the screen.

use leptos::{ev, html, prelude::*};

use crate::browser::dialog;

/// A modal dialog over the page. The close button, Escape, and a click beside it
/// call `on_close`; whoever opens it takes it out of the page then. While it is
/// there it holds the focus, and the page behind it is inert.
#[component]
pub fn BottomSheet(
    #[prop(into)] title: String,
    close_label: &'static str,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    const TITLE: &str = "sheet-title";
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(element) = dialog.get() {
            dialog::show_modal(&element);
        }
    });
    let close_beside = move |event: ev::MouseEvent| {
        if event.target() == event.current_target() {
            on_close.run(());
        }
    };
    // The browser would close it by itself; the page has to know.
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    view! {
        <dialog
            node_ref=dialog
            class="sheet"
            aria-labelledby=TITLE
            on:click=close_beside
            on:cancel=cancel
        >
            <div class="sheet__panel">
                <header class="sheet__header">
                    <h2 class="sheet__title" id=TITLE tabindex="-1" autofocus>
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
        </dialog>
    }
}
