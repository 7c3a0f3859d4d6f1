//! The app: what its pages share, and which page belongs to which route.

use leptos::prelude::*;

use crate::{
    browser::{
        boot,
        dom::{View, append_to_body, element, group},
        page,
    },
    components::network_sign::network_sign,
    context::{AppContext, Platform},
    pages::{later::later_page, wallet::wallet_page},
    signal::derived,
};
use kabao_core::route::Route;

/// Shows the whole app, running on `platform`, at the end of the page. It lives
/// as long as the owner that it is called under.
pub fn show(platform: Platform) {
    let app = AppContext::new(platform);
    page::set_language(app.language().tag());
    page::set_title(app.wording().app.title);
    let route = derived(move || app.live_route());
    let main = element("main").class("app").live(move || {
        let route = route.get();
        // A page sees to what it follows itself.
        untrack(|| page_of(app, route))
    });
    let sign = network_sign(move || app.network_text());
    append_to_body(&group([sign, main]));
    boot::app_is_ready();
}

fn page_of(app: AppContext, route: Route) -> View {
    match route {
        Route::Wallet(account) => wallet_page(app, account),
        route => later_page(app, route),
    }
}
