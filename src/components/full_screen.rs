use leptos::prelude::*;

use super::{close_button::CloseButton, modal::Modal};

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
        <Modal class="modal full-screen" label on_close>
            <div class="full-screen__content" on:click=move |_| on_close.run(())>
                {children()}
            </div>
            <div class="full-screen__close">
                <CloseButton label=close_label on_close />
            </div>
        </Modal>
    }
}
