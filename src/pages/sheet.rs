use leptos::prelude::*;

use crate::{components::bottom_sheet::BottomSheet, i18n::use_wording, router::use_router};

/// A sheet over the page, which Back closes like its own button.
#[component]
pub(super) fn Sheet(
    #[prop(into)] title: String,
    /// Whoever opens the sheet takes it out of the page then.
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    use_router().open_sheet(on_close);
    view! {
        <BottomSheet title close_label=use_wording().app.close on_close>
            {children()}
        </BottomSheet>
    }
}
