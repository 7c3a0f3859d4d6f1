//! A picture that stands for somebody.

use leptos::prelude::*;

use crate::domain::brand_color::BrandColor;

/// The picture at `url`. Where there is none, or it does not load, the first
/// character of `name` on a colour of the name's own.
#[component]
pub fn Avatar(
    /// Whose picture it is.
    name: String,
    /// Where the picture is.
    url: Option<String>,
) -> impl IntoView {
    let is_missing = RwSignal::new(false);
    let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    let picture = url.map(|url| {
        view! {
            <img
                class="avatar__picture"
                class:avatar__picture--missing=is_missing
                src=url
                alt=""
                on:error=move |_| is_missing.set(true)
            />
        }
    });
    view! {
        <span class="avatar" aria-hidden="true" style=("--avatar-color", BrandColor::for_name(&name).css())>
            {initial}
            {picture}
        </span>
    }
}
