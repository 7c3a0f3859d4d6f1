use leptos::prelude::*;

use super::close_button::CloseButton;

/// Something to know, with what can be done about it inside.
#[component]
pub fn Notice(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="notice">
            <h2 class="notice__title">{title}</h2>
            <p class="notice__text">{text}</p>
            {children.map(|children| children())}
        </section>
    }
}

/// Something to know in one line, which a tap opens to the whole text and to what
/// is inside.
#[component]
pub fn BriefNotice(
    title: String,
    text: String,
    close_label: &'static str,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="notice notice--brief">
            <details class="notice__details">
                <summary class="notice__title">{title}</summary>
                <p class="notice__text">{text}</p>
                {children()}
            </details>
            <CloseButton label=close_label on_close />
        </section>
    }
}
