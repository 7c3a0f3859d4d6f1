//! The merchant's own looks, and the way to a real phone.

use kabao::components::qr_code::data_url;
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};

use super::state::ConsoleState;

/// The merchant's name, colour and picture.
#[component]
pub(super) fn BrandPanel(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let set_name = move |event| {
        let name = event_target_value(&event);
        state
            .brand
            .update(|brand| brand.name = name.trim().to_owned());
    };
    let set_color = move |event| {
        let color = event_target_value(&event);
        state.brand.update(|brand| brand.color = color);
    };
    let picture = NodeRef::<html::Input>::new();
    let set_picture = move |_| {
        let file = picture
            .get_untracked()
            .and_then(|input| input.files()?.get(0));
        if let Some(file) = file {
            read_picture(&file, move |url| {
                state.brand.update(|brand| brand.avatar = url);
            });
        }
    };
    view! {
        <section class="panel preview__brand">
            <h2 class="panel__heading">{words.brand}</h2>
            <label class="field">
                <span class="field__label">{words.brand_name}</span>
                <input class="field__input" on:change=set_name />
            </label>
            <label class="field">
                <span class="field__label">{words.brand_color}</span>
                <input type="color" value="#b3261e" on:change=set_color />
            </label>
            <label class="field">
                <span class="field__label">{words.brand_avatar}</span>
                <input node_ref=picture type="file" accept="image/*" on:change=set_picture />
            </label>
        </section>
    }
}

/// Reads a picture, and calls `act` with it as a data URL.
fn read_picture(file: &web_sys::File, act: impl FnOnce(String) + 'static) {
    let Ok(reader) = web_sys::FileReader::new() else {
        return;
    };
    let loaded = reader.clone();
    let on_load = Closure::once_into_js(move || {
        if let Some(url) = loaded.result().ok().and_then(|result| result.as_string()) {
            act(url);
        }
    });
    reader.set_onload(Some(on_load.unchecked_ref()));
    let _ = reader.read_as_data_url(file);
}

/// A QR code that opens the same plan on a phone.
#[component]
pub(super) fn ToPhonePanel(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let published = is_loopback().then(|| {
        view! {
            <label class="field">
                <span class="field__label">{words.loopback}</span>
                <input
                    class="field__input"
                    type="url"
                    aria-label=words.published
                    placeholder="https://"
                    on:input=move |event| state.published.set(event_target_value(&event))
                />
            </label>
        }
    });
    let code = move || {
        let url = address(state)?;
        let picture = data_url(&url)?;
        let link = url.clone();
        Some(view! {
            <img class="preview__qr" src=picture alt=words.to_phone />
            <a href=link>{url}</a>
        })
    };
    view! {
        <section class="panel preview__to-phone">
            <h2 class="panel__heading">{words.to_phone}</h2>
            <p class="row__note">{words.to_phone_hint}</p>
            {published}
            {code}
        </section>
    }
}

/// The address of the same plan, where a phone can reach it.
fn address(state: ConsoleState) -> Option<String> {
    let published = state.published.get();
    let base = if is_loopback() {
        published
    } else {
        own_address()
    };
    let base = base.trim().trim_end_matches('?');
    let can_be_reached = base.starts_with("http://") || base.starts_with("https://");
    can_be_reached.then(|| {
        format!(
            "{base}?{}&lang={}",
            state.plan().query(),
            state.language.tag()
        )
    })
}

fn own_address() -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    format!("{origin}{}", location.pathname().unwrap_or_default())
}

fn is_loopback() -> bool {
    let host = window().location().hostname().unwrap_or_default();
    host == "localhost" || host.starts_with("127.") || host == "[::1]"
}
