use leptos::prelude::*;

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

/// Something to know in one line, which a tap opens to the whole text.
#[component]
pub fn BriefNotice(#[prop(into)] title: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <details class="notice">
            <summary class="notice__title">{title}</summary>
            <p class="notice__text">{text}</p>
        </details>
    }
}
