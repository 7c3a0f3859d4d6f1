//! Pages that only say where to go.

use leptos::prelude::*;

use crate::{components::problem_panel::ProblemPanel, i18n::ProblemWording};

/// The bare host: which account's wallet it should be is not known.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    view! { <ProblemPanel explanation=ProblemWording::in_use().open_from_menu /> }
}

/// An address that names no screen.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    view! { <ProblemPanel explanation=ProblemWording::in_use().not_found /> }
}
