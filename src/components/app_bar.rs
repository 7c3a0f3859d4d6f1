use leptos::{ev::MouseEvent, prelude::*};

/// The top of every page but the wallet: its title, and the way back.
#[component]
pub fn AppBar(
    title: &'static str,
    back_label: &'static str,
    back_href: String,
    /// Carried out in place of following `back_href`.
    on_back: Callback<()>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            <BackLink label=back_label href=back_href on_back />
            <h1 class="page-header__title">{title}</h1>
        </header>
    }
}

/// The way back, where the page has its title elsewhere.
#[component]
pub fn BackLink(
    label: &'static str,
    href: String,
    /// Carried out in place of following `href`.
    on_back: Callback<()>,
) -> impl IntoView {
    let back = move |event: MouseEvent| {
        event.prevent_default();
        on_back.run(());
    };
    view! {
        <a class="page-header__back" href=href on:click=back>
            <span class="page-header__arrow" aria-hidden="true"></span>
            {label}
        </a>
    }
}
