use leptos::prelude::*;

/// How the network is, where a person should know. It is always in the page, so
/// that a screen reader hears what comes into it.
#[component]
pub fn NetworkBanner(#[prop(into)] text: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div class="network" role="status">
            {move || text.get().map(|text| view! { <p class="network__sign">{text}</p> })}
        </div>
    }
}
