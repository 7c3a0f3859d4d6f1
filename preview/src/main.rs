//! The preview: one page that is the console, and, in a frame of it, the
//! customer's phone.

#[expect(
    unreachable_pub,
    reason = "#[component] makes public props for components that are not public"
)]
mod console;
mod phone;

use kabao::{browser::page, i18n::Language};

fn main() {
    let query = web_sys::window()
        .and_then(|window| window.location().search().ok())
        .unwrap_or_default();
    let query = query.trim_start_matches('?');
    let language = Language::choose(query, &page::languages());
    if query.split('&').any(|pair| pair == "phone") {
        phone::run(language);
    } else {
        console::run(query, language);
    }
}
