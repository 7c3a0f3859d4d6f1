//! The top of a page that is not the first one.

use leptos::prelude::*;

/// The title of a page, and the way back.
#[component]
pub fn PageHeader(
    /// The page's title.
    title: &'static str,
    /// What the way back is called.
    back_label: &'static str,
    /// Where it leads.
    back_href: String,
    /// Goes there.
    on_back: Callback<()>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            <a
                class="page-header__back"
                href=back_href
                on:click=move |event| {
                    event.prevent_default();
                    on_back.run(());
                }
            >
                <span class="page-header__arrow" aria-hidden="true"></span>
                {back_label}
            </a>
            <h1 class="page-header__title">{title}</h1>
        </header>
    }
}
