//! The merchant's own name, looks and numbers.

use kabao_preview::brand::{Brand, read_name, read_phone};
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};

use super::state::ConsoleState;

#[component]
pub(super) fn BrandPanel(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let color = move || {
        let color = state.brand.with(|brand| brand.color.clone());
        if color.is_empty() {
            state.shop().color
        } else {
            color
        }
    };
    let set_color = move |event| {
        let color = event_target_value(&event);
        state.brand.update(|brand| brand.color = color);
    };
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.brand}</h2>
            <p class="row__note">{words.brand_hint}</p>
            <div class="preview__numbers">
                <BrandField
                    state
                    label=words.brand_name
                    read=read_name
                    problem=words.too_long
                    place=|brand| &mut brand.name
                />
                <label class="field">
                    <span class="field__label">{words.brand_color}</span>
                    <input type="color" prop:value=color on:change=set_color />
                </label>
                <BrandField
                    state
                    label=words.brand_phone
                    read=read_phone
                    problem=words.not_a_phone
                    place=|brand| &mut brand.phone
                />
                <BrandField
                    state
                    label=words.provider_name
                    read=read_name
                    problem=words.too_long
                    place=|brand| &mut brand.provider_name
                />
                <BrandField
                    state
                    label=words.provider_phone
                    read=read_phone
                    problem=words.not_a_phone
                    place=|brand| &mut brand.provider_phone
                />
            </div>
            <PictureField
                state
                label=words.brand_avatar
                place=|brand| &mut brand.picture
            />
            <PictureField
                state
                label=words.brand_follow
                place=|brand| &mut brand.follow_picture
            />
        </section>
    }
}

/// A line of text that is checked when it is left.
#[component]
fn BrandField(
    state: ConsoleState,
    label: &'static str,
    /// Reads what is typed, if it can be.
    read: fn(&str) -> Option<String>,
    /// What is said when it can't.
    problem: &'static str,
    /// Where it belongs.
    place: fn(&mut Brand) -> &mut String,
) -> impl IntoView {
    let is_wrong = RwSignal::new(false);
    let told = state.brand.get_untracked();
    let value = place(&mut told.clone()).clone();
    let take = move |event| {
        let text = read(&event_target_value(&event));
        is_wrong.set(text.is_none());
        if let Some(text) = text {
            state.brand.update(|brand| *place(brand) = text);
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="field__input"
                value=value
                aria-invalid=move || is_wrong.get().to_string()
                on:change=take
            />
            <span class="field__message" role="alert">
                {move || is_wrong.get().then_some(problem)}
            </span>
        </label>
    }
}

/// A picture that stays in this page.
#[component]
fn PictureField(
    state: ConsoleState,
    label: &'static str,
    /// Where it belongs.
    place: fn(&mut Brand) -> &mut Option<String>,
) -> impl IntoView {
    let picture = NodeRef::<html::Input>::new();
    let take = move |_| {
        let file = picture
            .get_untracked()
            .and_then(|input| input.files()?.get(0));
        if let Some(file) = file {
            read_picture(&file, move |url| {
                state.brand.update(|brand| *place(brand) = Some(url));
            });
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input node_ref=picture type="file" accept="image/*" on:change=take />
        </label>
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
