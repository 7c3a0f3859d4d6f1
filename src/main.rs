//! Mounts the app.

use std::rc::Rc;

use kabao::{
    api::fetch::Fetch,
    app,
    browser::{history::BrowserHistory, page},
    context::Platform,
};
use leptos::prelude::*;

fn main() {
    let platform = Platform {
        transport: Rc::new(Fetch),
        history: Rc::new(BrowserHistory),
        languages: page::languages(),
    };
    page::clear_shell();
    mount_to_body(move || app::show(platform));
}
