use kabao_core::domain::{brand_color::BrandColor, url::ImageUrl};
use leptos::prelude::*;

/// The picture of a merchant or a person. Where there is none, or it does not
/// load, the first character of the name on a colour of the name's own.
#[component]
pub fn Avatar(
    /// Whose it is.
    name: String,
    /// The picture.
    #[prop(optional_no_strip)]
    url: Option<ImageUrl>,
) -> impl IntoView {
    // The style sheet makes it a capital letter.
    let initial: String = name.chars().take(1).collect();
    let color = format!("--avatar-color:{}", BrandColor::for_name(&name).css());
    let picture = url.map(|url| {
        let is_missing = RwSignal::new(false);
        view! {
            <img
                class="avatar__picture"
                class:avatar__picture--missing=is_missing
                alt=""
                src=url.as_str().to_owned()
                on:error=move |_| is_missing.set(true)
            />
        }
    });
    view! {
        <span class="avatar" aria-hidden="true" style=color>
            {initial}
            {picture}
        </span>
    }
}
