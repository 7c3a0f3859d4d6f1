use leptos::{ev::MouseEvent, prelude::*};

/// Where the title of a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TitlePlace {
    /// In large type below the way back.
    #[default]
    Bar,
    /// Read aloud only: what the page is for is seen at once.
    Unseen,
}

/// The top of every page but the wallet: its title, and the way back.
#[component]
pub fn AppBar(
    title: &'static str,
    #[prop(optional)] title_place: TitlePlace,
    back_label: &'static str,
    back_href: String,
    /// Carried out in place of following `back_href`.
    on_back: Callback<()>,
) -> impl IntoView {
    let back = move |event: MouseEvent| {
        event.prevent_default();
        on_back.run(());
    };
    let title_class = match title_place {
        TitlePlace::Bar => "page-header__title",
        TitlePlace::Unseen => "unseen",
    };
    view! {
        <header class="page-header">
            <a class="page-header__back" href=back_href on:click=back>
                <span class="page-header__arrow" aria-hidden="true"></span>
                {back_label}
            </a>
            <h1 class=title_class>{title}</h1>
        </header>
    }
}
