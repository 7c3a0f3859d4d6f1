use leptos::prelude::*;

/// A row that leads on.
#[component]
pub fn RowButton(label: &'static str, on_click: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="setting setting--action" on:click=move |_| on_click.run(())>
            <span class="setting__name">{label}</span>
            <span class="setting__chevron" aria-hidden="true"></span>
        </button>
    }
}
