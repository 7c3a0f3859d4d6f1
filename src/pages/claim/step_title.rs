use leptos::{html, prelude::*};

use crate::browser::page;

/// The title of a step, which is the page's while the step lasts. It takes the
/// focus when the step begins, so that a screen reader goes on from there.
#[component]
pub(super) fn StepTitle(
    #[prop(into)] title: String,
    /// The `id` of what is read out after the title.
    #[prop(optional)]
    described_by: Option<&'static str>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    page::focus_when_there(heading);
    view! {
        <h1 node_ref=heading class="claim__title" tabindex="-1" aria-describedby=described_by>
            {title}
        </h1>
    }
}

/// The title of a step whose field takes the focus.
#[component]
pub(super) fn FieldStepTitle(#[prop(into)] title: Signal<&'static str>) -> impl IntoView {
    view! { <h1 class="claim__title">{title}</h1> }
}
