//! A task that only a person can solve, on the way to a code.

use kabao_core::{
    domain::captcha::Captcha,
    machine::claim::{event::Event, placement::Field},
};
use leptos::prelude::*;

use super::messages::message_at;
use crate::{
    components::{
        button::{BusyButton, Emphasis},
        text_field::{Edit, FieldKind, TextField},
    },
    i18n::ClaimWording,
    store::claim::use_claim,
};

const ANSWER: FieldKind = FieldKind {
    class: "field__input",
    input_type: "text",
    inputmode: "text",
    autocomplete: "off",
    placeholder: "",
};

/// The captcha that the backend asks for, while it asks for one.
#[component]
pub(super) fn CaptchaForm() -> impl IntoView {
    let claim = use_claim();
    let captcha = Memo::new(move |_| claim.with(|state| Some(state.captcha()?.captcha.clone())));
    move || captcha.get().map(|captcha| view! { <Task captcha /> })
}

#[component]
fn Task(captcha: Captcha) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let Captcha {
        image_url, prompt, ..
    } = captcha;
    let typed = Signal::derive(move || {
        claim.with(|state| {
            state
                .captcha()
                .map(|task| task.typed.clone())
                .unwrap_or_default()
        })
    });
    let is_busy = claim.is_busy();
    let edit = Callback::new(move |edit: Edit| claim.dispatch(Event::CaptchaTyped(edit.text)));
    let submit = Callback::new(move |()| claim.dispatch(Event::CaptchaSubmitted));
    let refresh = Callback::new(move |()| claim.dispatch(Event::CaptchaRefreshed));
    view! {
        <div class="captcha">
            <h2 class="captcha__title">{wording.captcha}</h2>
            <img class="captcha__picture" src=image_url.as_str().to_owned() alt=prompt.clone() />
            <BusyButton
                label=wording.captcha_refresh
                emphasis=Emphasis::Quiet
                is_busy
                on_click=refresh
            />
            <TextField
                id="claim-captcha"
                label=prompt
                kind=ANSWER
                value=typed
                on_edit=edit
                on_enter=submit
                message=message_at(Field::Captcha)
                autofocus=true
            />
            <BusyButton
                label=wording.captcha_submit
                emphasis=Emphasis::Primary
                is_busy
                on_click=submit
            />
        </div>
    }
}
