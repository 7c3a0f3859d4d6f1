use kabao_core::domain::lapse::{Lapse, Lapsing};
use leptos::{ev::MouseEvent, prelude::*};

use super::card_face::OpenAction;
use crate::i18n::use_wording;

/// What ends soon and when, with the way to the card that it is on.
#[component]
pub fn LapseRow(
    lapse: Lapse,
    /// Whose card it is, where that is not plain to see.
    #[prop(optional_no_strip)]
    merchant: Option<String>,
    #[prop(optional_no_strip)] open_action: Option<OpenAction>,
) -> impl IntoView {
    let wording = &use_wording().card;
    let what = match lapse.what {
        Lapsing::Points(points) => (wording.points_ending)(points),
        Lapsing::Coupons(count) => (wording.coupons_ending)(count),
    };
    let (month, day) = lapse.at.month_and_day_in_china();
    let when = (wording.ends_on)(month, day);
    let merchant = merchant.map(|name| view! { <bdi class="lapse__merchant">{name}</bdi> });
    let text = view! {
        <span class="lapse__text">
            <span class="lapse__what">{what}</span>
            <span class="lapse__when">{when}</span>
            {merchant}
        </span>
    };
    match open_action {
        Some(OpenAction { href, on_click, .. }) => {
            let open = move |event: MouseEvent| {
                event.prevent_default();
                on_click.run(());
            };
            view! {
                <a class="lapse lapse--link" href=href on:click=open>
                    {text}
                    <span class="setting__chevron" aria-hidden="true"></span>
                </a>
            }
            .into_any()
        }
        None => view! { <p class="lapse">{text}</p> }.into_any(),
    }
}
