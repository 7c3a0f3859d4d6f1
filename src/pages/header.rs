//! The top of the pages that were reached from the wallet.

use crate::{browser::dom::Element, components::page_header::page_header, context::AppContext};
use kabao_core::{domain::id::AccountId, route::Route};

/// The title of a page, and the way back to the wallet of `account`.
pub(super) fn header_with_way_back(app: AppContext, title: &str, account: AccountId) -> Element {
    let wallet = Route::Wallet(account);
    let href = app.href(&wallet);
    page_header(title, app.wording().app.back, &href, move || {
        app.back(&wallet);
    })
}
