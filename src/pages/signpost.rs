//! Pages that only say where to go.

use leptos::prelude::*;

use crate::{components::problem_view::ProblemView, context::use_app};

/// The bare host: which account's wallet it should be is not known.
#[component]
pub fn HomePage() -> impl IntoView {
    let wording = use_app().wording();
    view! { <ProblemView explanation=wording.app.open_from_menu support=None wording=&wording.help /> }
}

/// An address that names no screen.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let wording = use_app().wording();
    view! { <ProblemView explanation=wording.app.not_found support=None wording=&wording.help /> }
}
