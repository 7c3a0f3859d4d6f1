//! Something to know, at the top of a page.

use leptos::prelude::*;

/// A notice. What can be done about it goes inside.
#[component]
pub fn Notice(
    /// What it is about.
    title: String,
    /// What there is to know.
    text: String,
    /// What can be done about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="notice">
            <h2 class="notice__title">{title}</h2>
            <p class="notice__text">{text}</p>
            {children.map(|children| children())}
        </section>
    }
}
