use leptos::prelude::*;

/// Closes what it stands in.
#[component]
pub fn CloseButton(label: &'static str, on_close: Callback<()>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="close-button"
            aria-label=label
            on:click=move |_| on_close.run(())
        ></button>
    }
}
