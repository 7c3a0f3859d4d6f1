use leptos::prelude::*;

use super::modal::Modal;

/// Something on a white screen of its own. A tap anywhere, the close button and
/// Escape call `on_close`; whoever opens it takes it out of the page then.
#[component]
pub fn FullScreen(
    #[prop(into)] label: String,
    close_label: &'static str,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <Modal class="full-screen" label on_close>
            <div class="full-screen__content" on:click=move |_| on_close.run(())>
                {children()}
            </div>
            <button
                type="button"
                class="close-button full-screen__close"
                aria-label=close_label
                on:click=move |_| on_close.run(())
            ></button>
        </Modal>
    }
}
