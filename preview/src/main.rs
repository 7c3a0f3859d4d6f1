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
    let asked = |name: &str| {
        let mut pairs = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    if asked("phone").is_some() {
        phone::run(
            language,
            asked("picture").and_then(|number| number.parse().ok()),
        );
    } else {
        console::run(query, language);
    }
}
