//! The preview: one page that is the console, and, in a frame of it, the
//! customer's phone.

mod console;
mod phone;
mod words;

use kabao::browser::page;
use kabao_core::domain::language::Language;

fn main() {
    let query = web_sys::window()
        .and_then(|window| window.location().search().ok())
        .unwrap_or_default();
    let query = query.trim_start_matches('?');
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    let language = Language::choose(asked, &page::languages());
    if query.split('&').any(|pair| pair == "phone") {
        phone::run(words::Words::of(language));
    } else {
        console::run(query, words::Words::of(language));
    }
}
