use kabao_core::{domain::id::AccountId, route::Route};
use leptos::prelude::*;

use crate::{
    components::app_bar::{AppBar, BackLink},
    i18n::use_wording,
    router::use_router,
};

/// The title of a page that was reached from the wallet, and the way back.
#[component]
pub(super) fn PageHeader(title: &'static str, account: AccountId) -> impl IntoView {
    let (back_href, on_back) = way_back(account);
    view! { <AppBar title back_label=use_wording().app.back back_href on_back /> }
}

/// The way back alone, on a page that shows at once what it is for.
#[component]
pub(super) fn QuietHeader(title: &'static str, account: AccountId) -> impl IntoView {
    let (href, on_back) = way_back(account);
    view! {
        <header class="page-header">
            <BackLink label=use_wording().app.back href on_back />
            <h1 class="unseen">{title}</h1>
        </header>
    }
}

/// The address of the wallet, and what goes back there.
fn way_back(account: AccountId) -> (String, Callback<()>) {
    let router = use_router();
    let wallet = Route::Wallet(account);
    let href = router.href(&wallet);
    (href, Callback::new(move |()| router.back(&wallet)))
}
