//! A modal dialog, whatever it looks like.

use leptos::{ev, html, prelude::*};

use crate::browser::dialog;

/// A modal dialog over the page. Escape, and a click on the dialog itself, call
/// `on_close`; whoever opens it takes it out of the page then. While it is there it
/// holds the focus, and the page behind it is inert.
#[component]
pub fn Modal(
    class: &'static str,
    /// What a screen reader calls it.
    label: String,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(element) = dialog.get() {
            dialog::show_modal(&element);
        }
    });
    let is_here = StoredValue::new(true);
    let close = move || {
        if is_here.try_get_value().is_some() {
            on_close.run(());
        }
    };
    let close_beside = move |event: ev::MouseEvent| {
        if event.target() == event.current_target() {
            close();
        }
    };
    // The browser would close it by itself; the page has to know. Chromium lets
    // only the first of two Escapes be prevented, and closes it at the second.
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        close();
    };
    // The browser has closed it by itself, or tells late of a dialog that is gone
    // or that another one has followed in the same element.
    let closed = move |_| {
        if !dialog.get_untracked().is_some_and(|dialog| dialog.open()) {
            close();
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class=class
            aria-label=label
            on:click=close_beside
            on:cancel=cancel
            on:close=closed
        >
            {children()}
        </dialog>
    }
}
