//! Mounts the app.

use std::rc::Rc;

use kabao::{
    api::fetch::Fetch,
    app::{App, Platform},
    browser::{boot, history::BrowserHistory, page, task},
    i18n::I18n,
};
use leptos::prelude::*;

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
        boot::app_is_ready();
    });
}
