use kabao_core::machine::claim::event::Event;
use leptos::prelude::*;

use super::countdown::seconds_until_send;
use crate::{
    components::button::{BusyButton, Emphasis},
    i18n::ClaimWording,
    store::claim::use_claim,
};

/// Asks for a code, or says how long that has to wait. It is one button all the
/// while, so that it keeps the focus.
#[component]
pub(super) fn SendCodeButton(
    label: &'static str,
    #[prop(optional)] emphasis: Emphasis,
    /// What a press tells the claim.
    event: fn() -> Event,
) -> impl IntoView {
    let resend_in = ClaimWording::in_use().resend_in;
    let claim = use_claim();
    let seconds_left = seconds_until_send();
    let text = move || match seconds_left.get() {
        Some(seconds) => resend_in(seconds),
        None => label.to_owned(),
    };
    view! {
        <BusyButton
            label=text
            emphasis
            is_busy=claim.is_busy()
            is_disabled=Signal::derive(move || seconds_left.get().is_some())
            on_click=Callback::new(move |()| claim.dispatch(event()))
        />
    }
}
