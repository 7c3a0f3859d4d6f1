//! Pages that only say where to go.

use crate::{
    browser::dom::{View, nothing},
    components::problem_view::ProblemView,
    context::AppContext,
    copy::Explanation,
};

/// The bare host: which account's wallet it should be is not known.
pub(crate) fn home_page(app: AppContext) -> View {
    signpost(app, app.wording().app.open_from_menu)
}

/// An address that names no screen.
pub(crate) fn not_found_page(app: AppContext) -> View {
    signpost(app, app.wording().app.not_found)
}

fn signpost(app: AppContext, explanation: Explanation) -> View {
    ProblemView {
        explanation,
        wait: None,
        support: None,
        wording: &app.wording().help,
    }
    .view(nothing())
    .into()
}
