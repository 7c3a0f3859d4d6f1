//! Mounts the app.

use std::rc::Rc;

use kabao::{
    api::fetch::Fetch,
    app::{App, Platform},
    browser::{boot, history::BrowserHistory, page, task},
    i18n::I18n,
};
use leptos::prelude::*;

/// Less code than the default allocator's; ARCHITECTURE.md has how much.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    boot::install_panic_hook();
    let platform = Platform {
        transport: Rc::new(Fetch),
        history: Rc::new(BrowserHistory),
        languages: page::languages(),
    };
    task::spawn(async move {
        let i18n = I18n::load(platform.language()).await;
        mount_to_body(move || view! { <App platform i18n /> });
    });
}
