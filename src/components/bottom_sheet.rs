//! A dialog that rises from the bottom of the screen.

use leptos::prelude::*;

use super::{close_button::CloseButton, modal::Modal};

/// A modal dialog over the page. The close button, Escape, and a click beside it
/// call `on_close`; whoever opens it takes it out of the page then.
#[component]
pub fn BottomSheet(
    #[prop(into)] title: String,
    close_label: &'static str,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let label = title.clone();
    view! {
        <Modal class="modal sheet" label on_close>
            <div class="sheet__panel">
                <header class="sheet__header">
                    <h2 class="sheet__title" tabindex="-1" autofocus>
                        {title}
                    </h2>
                    <CloseButton label=close_label on_close />
                </header>
                <div class="sheet__body">{children()}</div>
            </div>
        </Modal>
    }
}
