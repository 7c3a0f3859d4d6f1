use leptos::{html, prelude::*};

use crate::browser::page;

/// The title of a step. It takes the focus when the step begins, so that a
/// screen reader goes on from there.
#[component]
pub(super) fn StepTitle(#[prop(into)] title: String) -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    page::focus_when_there(heading);
    view! {
        <h2 node_ref=heading class="claim__title" tabindex="-1">
            {title}
        </h2>
    }
}
