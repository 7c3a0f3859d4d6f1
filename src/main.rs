//! Mounts the app.

use std::rc::Rc;

use kabao::{
    api::fetch::Fetch,
    app,
    browser::{boot, history::BrowserHistory, page},
    context::Platform,
};
use leptos::prelude::*;

fn main() {
    boot::install_panic_hook();
    let platform = Platform {
        transport: Rc::new(Fetch),
        history: Rc::new(BrowserHistory),
        languages: page::languages(),
    };
    mount_to_body(move || app::show(platform));
}
