//! The app: its contexts, and which page belongs to which route.

use leptos::prelude::*;

use crate::{
    browser::{boot, page},
    context::{AppContext, Platform},
    pages::{
        card::CardPage,
        claim::ClaimPage,
        code::CodePage,
        profile::ProfilePage,
        signpost::{HomePage, NotFoundPage},
        table::TablePage,
        wallet::WalletPage,
    },
    route::Route,
};

/// The whole app on `platform`.
#[component]
pub fn App(
    /// What it runs on.
    platform: Platform,
) -> impl IntoView {
    let app = AppContext::new(platform);
    provide_context(app);
    page::set_language(app.language().tag());
    page::set_title(app.wording().app.title);
    boot::app_is_ready();

    let route = Memo::new(move |_| app.route());
    view! { <main class="app">{move || page_of(route.get())}</main> }
}

fn page_of(route: Route) -> AnyView {
    match route {
        Route::Wallet(account) => view! { <WalletPage account /> }.into_any(),
        Route::Card(account, card) => view! { <CardPage account card /> }.into_any(),
        Route::Code(account, card) => view! { <CodePage account card /> }.into_any(),
        Route::Claim(account) => view! { <ClaimPage account /> }.into_any(),
        Route::Profile(account) => view! { <ProfilePage account /> }.into_any(),
        Route::Table(code) => view! { <TablePage code /> }.into_any(),
        Route::Home => view! { <HomePage /> }.into_any(),
        Route::NotFound => view! { <NotFoundPage /> }.into_any(),
    }
}
