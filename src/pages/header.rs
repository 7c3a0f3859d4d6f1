use kabao_core::{domain::id::AccountId, route::Route};
use leptos::prelude::*;

use crate::{components::app_bar::AppBar, i18n::use_wording, router::use_router};

/// The title of a page that was reached from the wallet, and the way back.
#[component]
pub(super) fn PageHeader(title: &'static str, account: AccountId) -> impl IntoView {
    let router = use_router();
    let wallet = Route::Wallet(account);
    let back_href = router.href(&wallet);
    let back = Callback::new(move |()| router.back(&wallet));
    view! { <AppBar title back_label=use_wording().app.back back_href on_back=back /> }
}
