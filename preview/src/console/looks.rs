//! The merchant's own looks, and the way to a real phone.

use kabao::{
    browser::dom::{Element, element, group},
    components::qr_code,
    signal::derived,
};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, closure::Closure};

use super::{Console, panel};

/// The field for the merchant's picture.
const AVATAR: &str = "avatar";

impl Console {
    pub(super) fn brand_view(self) -> Element {
        let words = self.words;
        let field = |label: &str, input: Element| {
            element("label")
                .class("field")
                .child(element("span").class("field__label").text(label))
                .child(input)
        };
        let name = element("input")
            .class("field__input")
            .on_change(move |field| {
                let name = field.value();
                self.brand
                    .update(|brand| brand.name = name.trim().to_owned());
            });
        let color = element("input")
            .attribute("type", "color")
            .attribute("value", "#b3261e")
            .on_change(move |field| {
                let color = field.value();
                self.brand.update(|brand| brand.color = color);
            });
        let avatar = element("input")
            .attribute("type", "file")
            .attribute("accept", "image/*")
            .attribute("id", AVATAR)
            .on_change(move |_| {
                read_chosen_picture(move |address| {
                    self.brand.update(|brand| brand.avatar = address);
                });
            });
        panel()
            .class("panel preview__brand")
            .child(element("h2").class("panel__heading").text(words.brand()))
            .child(field(words.brand_name(), name))
            .child(field(words.brand_color(), color))
            .child(field(words.brand_avatar(), avatar))
    }

    pub(super) fn to_phone_view(self) -> Element {
        let words = self.words;
        let address = derived(move || {
            let base = self.published.get();
            let base = if is_loopback() { base } else { own_address() };
            let base = base.trim();
            (base.starts_with("http://") || base.starts_with("https://")).then(|| {
                let lang = words.language().tag();
                format!(
                    "{}?{}&lang={lang}",
                    base.trim_end_matches('?'),
                    self.plan().query()
                )
            })
        });
        let published = is_loopback().then(|| {
            element("label")
                .class("field")
                .child(element("span").class("field__label").text(words.loopback()))
                .child(
                    element("input")
                        .class("field__input")
                        .attribute("type", "url")
                        .attribute("aria-label", words.published())
                        .attribute("placeholder", "https://")
                        .on_input(move |field| self.published.set(field.value())),
                )
        });
        panel()
            .class("panel preview__to-phone")
            .child(element("h2").class("panel__heading").text(words.to_phone()))
            .child(element("p").class("row__note").text(words.to_phone_hint()))
            .children(published)
            .live(move || {
                let address = address.get()?;
                let picture = qr_code::picture_of(&address)?;
                let picture = element("img")
                    .class("preview__qr")
                    .attribute("src", &picture)
                    .attribute("alt", words.to_phone());
                let link = element("a").attribute("href", &address).text(&address);
                Some(group([picture, link]))
            })
    }
}

fn own_address() -> String {
    let location = leptos::prelude::window().location();
    let origin = location.origin().unwrap_or_default();
    format!("{origin}{}", location.pathname().unwrap_or_default())
}

fn is_loopback() -> bool {
    let host = leptos::prelude::window()
        .location()
        .hostname()
        .unwrap_or_default();
    host == "localhost" || host.starts_with("127.") || host == "[::1]"
}

/// Reads the picture that was chosen, and does `act` with it as a data address.
fn read_chosen_picture(act: impl FnOnce(String) + 'static) {
    let file = document()
        .get_element_by_id(AVATAR)
        .and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok())
        .and_then(|input| input.files()?.get(0));
    let (Some(file), Ok(reader)) = (file, web_sys::FileReader::new()) else {
        return;
    };
    let loaded = reader.clone();
    let on_load = Closure::once_into_js(move || {
        if let Some(address) = loaded.result().ok().and_then(|result| result.as_string()) {
            act(address);
        }
    });
    reader.set_onload(Some(on_load.unchecked_ref()));
    let _ = reader.read_as_data_url(&file);
}
