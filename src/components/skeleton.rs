use leptos::prelude::*;

/// The outline of a page that is being loaded.
#[component]
pub fn Skeleton(
    /// What a screen reader says.
    label: &'static str,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label=label>
            <span class="skeleton__card"></span>
            <span class="skeleton__line"></span>
            <span class="skeleton__line"></span>
        </div>
    }
}
