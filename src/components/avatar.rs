use kabao_core::domain::{brand_color::BrandColor, initial::initial, url::ImageUrl};
use leptos::prelude::*;

/// The picture of a merchant. Where there is none, or it does not load, the first
/// character of the name on the merchant's colour, or a plate where no character
/// of the name can be seen.
#[component]
pub fn Avatar(
    /// Whose it is.
    name: String,
    /// That of its ground. The style sheet knows it where it is on the merchant's card.
    #[prop(optional)]
    color: Option<BrandColor>,
    /// The picture.
    #[prop(optional_no_strip)]
    url: Option<ImageUrl>,
) -> impl IntoView {
    // The style sheet makes it a capital letter.
    let initial = initial(&name).unwrap_or_default().to_owned();
    let class = match initial.as_str() {
        "" => "avatar avatar--nameless",
        _ => "avatar",
    };
    let color = color.map(|color| color.deepened().css());
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
        <span class=class aria-hidden="true" style:--avatar-color=color>
            {initial}
            {picture}
        </span>
    }
}
