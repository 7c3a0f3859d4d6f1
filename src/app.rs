//! The app: what its pages share, and which page belongs to which route.

use std::rc::Rc;

use kabao_core::route::Route;
use leptos::prelude::*;

use crate::{
    api::transport::Transport,
    browser::{boot, clock, history::History, page, tap_guard},
    components::network_banner::NetworkBanner,
    i18n::{I18n, Language, Wording},
    pages::{
        lazy::{LazyPage, LazyPart, Part},
        wallet::WalletPage,
    },
    router::Router,
    store::{self, network::use_network, session::use_session, wallet::use_wallet},
};

/// What the app runs on. In a fan's browser these are the network and the
/// address bar; in the preview and in tests, stand-ins in the page.
#[derive(Clone)]
pub struct Platform {
    pub transport: Rc<dyn Transport>,
    pub history: Rc<dyn History>,
    /// The languages of the browser, the preferred one first.
    pub languages: Vec<String>,
}

impl Platform {
    /// The language that the address or the browser asks for.
    #[must_use]
    pub fn language(&self) -> Language {
        Language::choose(&self.history.query(), &self.languages)
    }
}

/// The whole app.
#[component]
pub fn App(
    platform: Platform,
    /// The strings of [`Platform::language`], loaded.
    i18n: I18n,
) -> impl IntoView {
    let router = Router::new(platform.history);
    provide_context(router);
    i18n.provide();
    store::provide(platform.transport, router, i18n.language.tag());
    let session = use_session();
    page::set_language(i18n.language.tag());
    page::set_title(i18n.wording.app.title);
    tap_guard::install();
    view! {
        <NetworkBanner text=network_text(i18n.wording) />
        <main class="app">
            {move || {
                if session.has_another_fan() {
                    boot::app_is_ready();
                    view! { <LazyPart part=Part::AnotherFan /> }.into_any()
                } else {
                    page_of(router.route())
                }
            }}
        </main>
    }
}

fn page_of(route: Route) -> AnyView {
    match route {
        Route::Wallet(account) => view! { <WalletPage account /> }.into_any(),
        route => {
            boot::app_is_ready();
            view! { <LazyPage route /> }.into_any()
        }
    }
}

/// What should be known of the network, if anything.
fn network_text(wording: &'static Wording) -> Signal<Option<String>> {
    let network = use_network();
    let wallet = use_wallet();
    Signal::derive(move || {
        if network.is_online() {
            return network.is_slow().then(|| wording.app.slow.to_owned());
        }
        let offline = wording.app.offline;
        let as_of = wallet.as_of();
        Some(as_of.map_or_else(
            || offline.to_owned(),
            |as_of| {
                let time = as_of.as_of(wallet.now(), clock::utc_offset());
                format!("{offline} · {}", (wording.card.as_of)(&time))
            },
        ))
    })
}
