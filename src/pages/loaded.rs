//! Data of a page, or why there is none.

use leptos::prelude::*;

use super::{
    load::Load,
    problem::{ProblemNotice, ProblemPage},
};
use crate::{components::skeleton::Skeleton, i18n::use_wording};

/// What goes inside once `load` has data, with a notice above it while that can't
/// be refreshed. Until then a skeleton, or the problem in its place.
#[component]
pub(super) fn Loaded<T: Send + Sync + 'static>(
    load: Load<T>,
    children: ChildrenFn,
) -> impl IntoView {
    let wording = use_wording();
    let is_shown = Memo::new(move |_| load.is_shown());
    move || {
        if is_shown.get() {
            view! {
                <Stale load />
                {children()}
            }
            .into_any()
        } else if let Some(failure) = load.failure() {
            view! { <ProblemPage failure retry=Some(load.retry()) /> }.into_any()
        } else {
            view! { <Skeleton label=wording.app.loading /> }.into_any()
        }
    }
}

#[component]
fn Stale<T: Send + Sync + 'static>(load: Load<T>) -> impl IntoView {
    let title = Some(use_wording().wallet.stale);
    move || {
        let failure = load.failure()?;
        Some(view! { <ProblemNotice failure title retry=Some(load.retry()) /> })
    }
}
