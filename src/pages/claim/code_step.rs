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
    step_title::FieldStepTitle,
    trouble::ClaimNotice,
};
use crate::{
    components::{
        button::{BusyButton, Emphasis},
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
    let verify = move || claim.dispatch(Event::Verify);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        verify();
    };
    view! {
        <form class="claim" novalidate on:submit=submit>
            <FieldStepTitle title=wording.code_title />
            <Recipient />
            <CodeField />
            <BusyButton
                label=wording.verify
                emphasis=Emphasis::Primary
                is_busy=claim.is_busy()
                on_click=Callback::new(move |()| verify())
            />
            <CaptchaForm />
            <SendCodeButton label=wording.resend emphasis=Emphasis::Quiet event=|| Event::Resend />
            <FieldMessage field=Field::SendCode />
            <ClaimNotice />
        </form>
    }
}

/// Where the code went, and the way back for whoever has typed another number.
#[component]
fn Recipient() -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let sent = move || {
        let phone = claim.with(|state| state.step().claim().map(|it| it.phone_masked.clone()));
        (wording.code_sent)(&phone.unwrap_or_default())
    };
    let other_phone = move |_| claim.dispatch(Event::OtherPhone);
    view! {
        <p class="claim__recipient">
            <span>{sent}</span>
            <button type="button" class="claim__link" on:click=other_phone>
                {wording.other_phone}
            </button>
        </p>
    }
}

/// The code. One field, however many cells are drawn behind it.
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
    let length = Memo::new(move |last: Option<&usize>| {
        claim.with(|state| match state.step() {
            Step::Code(code) => code.sent.length,
            _ => last.copied().unwrap_or_default(),
        })
    });
    let digits =
        Callback::new(move |typed: String| digits_while_typing(&typed, length.get_untracked()));
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
            cells=length
        />
    }
}
