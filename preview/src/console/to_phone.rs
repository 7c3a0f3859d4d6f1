//! The way to a real phone.

use kabao::components::qr_code::data_url;
use leptos::prelude::*;

use super::state::ConsoleState;

/// A QR code that opens the same preview on a phone.
#[component]
pub(super) fn ToPhonePanel(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let code = move || {
        if is_local() {
            return view! { <p class="row__note">{words.local_only}</p> }.into_any();
        }
        let url = format!(
            "{}?{}&lang={}",
            own_address(),
            state.link().query(),
            state.language.tag()
        );
        let picture = data_url(&url);
        let link = url.clone();
        view! {
            <p class="row__note">{words.on_a_phone_hint}</p>
            {picture.map(|src| view! { <img class="preview__qr" src=src alt=words.on_a_phone /> })}
            <a class="preview__link" href=link>
                {url}
            </a>
        }
        .into_any()
    };
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.on_a_phone}</h2>
            {code}
        </section>
    }
}

fn own_address() -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    format!("{origin}{}", location.pathname().unwrap_or_default())
}

/// Whether no other machine can open the address of this page.
fn is_local() -> bool {
    let location = window().location();
    let host = location.hostname().unwrap_or_default();
    host.is_empty() || host == "localhost" || host.starts_with("127.") || host == "[::1]"
}
