//! The second step: the code that arrived by SMS.

use kabao_core::{
    domain::{sms_code::digits_while_typing, typed_text::TypedText},
    machine::claim::{event::Event, placement::Field, state::Step},
};
use leptos::{ev, prelude::*};

use super::{
    captcha::CaptchaForm,
    messages::{FieldMessage, message_at},
    send_code_button::SendCodeButton,
    trouble::ClaimNotice,
};
use crate::{
    components::{
        button::{BusyButton, Button, Emphasis},
        text_field::{Edit, FieldKind, TextField},
    },
    i18n::ClaimWording,
    store::claim::use_claim,
};

const CODE: FieldKind = FieldKind {
    class: "field__input field__input--code",
    input_type: "text",
    inputmode: "numeric",
    autocomplete: "one-time-code",
    placeholder: "",
};

/// Asks for the code.
#[component]
pub(super) fn CodeStep() -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let sent = move || {
        let phone = claim.with(|state| state.step().claim().map(|it| it.phone_masked.clone()));
        (wording.code_sent)(&phone.unwrap_or_default())
    };
    let verify = move || claim.dispatch(Event::Verify);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        verify();
    };
    let other_phone = Callback::new(move |()| claim.dispatch(Event::OtherPhone));
    view! {
        <form class="claim" novalidate on:submit=submit>
            <h2 class="claim__title">{wording.code_title}</h2>
            <p class="claim__introduction">{sent}</p>
            <CodeField />
            <BusyButton
                label=wording.verify
                emphasis=Emphasis::Primary
                is_busy=claim.is_busy()
                on_click=Callback::new(move |()| verify())
            />
            <CaptchaForm />
            <SendCodeButton label=wording.resend event=|| Event::Resend />
            <FieldMessage field=Field::SendCode />
            <ClaimNotice />
            <Button label=wording.other_phone emphasis=Emphasis::Quiet on_click=other_phone />
        </form>
    }
}

#[component]
fn CodeField() -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let value = Signal::derive(move || {
        claim.with(|state| match state.step() {
            Step::Code(code) => code.typed.as_str().to_owned(),
            _ => String::new(),
        })
    });
    let digits = Callback::new(move |typed: String| {
        let length = claim.with(|state| match state.step() {
            Step::Code(code) => code.sent.length,
            _ => typed.len(),
        });
        digits_while_typing(&typed, length)
    });
    let edit = Callback::new(move |Edit { text, is_composing }| {
        let typed = TypedText::from(text);
        claim.dispatch(if is_composing {
            Event::CodeComposed(typed)
        } else {
            Event::CodeTyped(typed)
        });
    });
    view! {
        <TextField
            id="claim-code"
            label=wording.code
            kind=CODE
            value
            on_edit=edit
            format=digits
            message=message_at(Field::Code)
            autofocus=true
        />
    }
}
