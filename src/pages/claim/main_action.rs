use leptos::prelude::*;

/// The one thing to do at a step. However long the step is, it stays in reach at the
/// lower edge of the screen.
#[component]
pub(super) fn MainAction(children: Children) -> impl IntoView {
    view! { <div class="claim__main-action">{children()}</div> }
}
