//! The first step: a phone number, and consent to its use.

use kabao_core::{
    domain::{merchant::Retention, mobile_number::group_while_typing, typed_text::TypedText},
    machine::claim::{event::Event, placement::Field, state::ClaimState},
};
use leptos::{ev, html, prelude::*};

use super::{
    captcha::CaptchaForm,
    messages::{FieldMessage, message_at},
    send_code_button::SendCodeButton,
    step_title::FieldStepTitle,
    trouble::ClaimNotice,
};
use crate::{
    browser::page,
    components::{
        button::{Button, Emphasis},
        text_field::{Edit, FieldKind, TextField},
    },
    i18n::ClaimWording,
    pages::{
        sheet::Sheet,
        terms::{Document, TermsSheet},
    },
    store::{
        claim::{Arrival, use_claim},
        wallet::use_wallet,
    },
};

/// Asks for the phone number.
#[component]
pub(super) fn PhoneStep() -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let arrival = claim.take_arrival();
    let document = RwSignal::new(None::<Document>);
    let has_captcha = Memo::new(move |_| claim.with(|state| state.captcha().is_some()));
    let terms_version =
        Signal::derive(move || claim.with(|state| state.terms_version().map(str::to_owned)));
    let title = move || (wording.title)(claim.with(ClaimState::retention));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        // Enter sends what the button at the end of the form sends.
        claim.dispatch(if has_captcha.get_untracked() {
            Event::CaptchaSubmitted
        } else {
            Event::SendCode
        });
    };
    view! {
        <form class="claim" novalidate on:submit=submit>
            <FieldStepTitle title=Signal::derive(title) />
            <Introduction arrival />
            <PhoneField arrival />
            <Consent document />
            <FieldMessage field=Field::Consent />
            <CaptchaForm />
            {move || {
                (!has_captcha.get())
                    .then(|| {
                        view! {
                            <SendCodeButton
                                label=wording.send_code
                                emphasis=Emphasis::Primary
                                event=|| Event::SendCode
                            />
                        }
                    })
            }}
            <FieldMessage field=Field::SendCode />
            <ClaimNotice />
        </form>
        <ConsentSheet document />
        <TermsSheet document version=terms_version />
    }
}

#[component]
fn Introduction(arrival: Arrival) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let text = move || match claim.with(ClaimState::retention) {
        Retention::Kept => wording.introduction,
        Retention::NotKept => wording.introduction_not_kept,
    };
    let paragraph = NodeRef::<html::P>::new();
    if arrival == Arrival::Address {
        page::focus_when_there(paragraph);
    }
    view! {
        <p node_ref=paragraph class="claim__introduction" tabindex="-1">
            {text}
        </p>
    }
}

#[component]
fn PhoneField(arrival: Arrival) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let kind = FieldKind {
        class: "field__input field__input--phone",
        input_type: "tel",
        inputmode: "numeric",
        autocomplete: "tel-national",
        placeholder: wording.phone_placeholder,
    };
    let value = Signal::derive(move || claim.with(|state| state.phone().as_str().to_owned()));
    let edit = Callback::new(move |edit: Edit| {
        claim.dispatch(Event::PhoneTyped(TypedText::from(edit.text)));
    });
    view! {
        <TextField
            id="claim-phone"
            label=wording.phone
            kind
            value
            on_edit=edit
            format=Callback::new(|typed: String| group_while_typing(&typed))
            message=message_at(Field::Phone)
            autofocus=arrival == Arrival::Tap
        />
    }
}

/// The box that is never ticked for the fan, and the texts that it is about.
#[component]
fn Consent(document: RwSignal<Option<Document>>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let tick = move |event: ev::Event| {
        claim.dispatch(if event_target_checked(&event) {
            Event::ConsentTicked
        } else {
            Event::ConsentUnticked
        });
    };
    view! {
        <div class="consent">
            <label class="consent__tick">
                <input
                    type="checkbox"
                    class="consent__box"
                    prop:checked=move || claim.with(ClaimState::has_consent)
                    on:change=tick
                />
                <span>{wording.consent_before}</span>
            </label>
            <Documents document />
        </div>
    }
}

/// Opens either of the two texts.
#[component]
fn Documents(document: RwSignal<Option<Document>>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let open = move |it: Document| {
        view! {
            <button
                type="button"
                class="consent__document"
                on:click=move |_| document.set(Some(it))
            >
                {it.title()}
            </button>
        }
    };
    view! {
        {open(Document::Terms)}
        <span>{wording.consent_and}</span>
        {open(Document::Privacy)}
    }
}

/// Asks for the consent that was forgotten.
#[component]
fn ConsentSheet(document: RwSignal<Option<Document>>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let wallet = use_wallet();
    let is_open = Memo::new(move |_| claim.with(ClaimState::asks_consent));
    move || {
        is_open.get().then(|| {
            let merchant = untrack(|| wallet.with(|shown| Some(shown.merchant()?.name.clone())));
            let question = (wording.consent_question)(&merchant.unwrap_or_default());
            let agree = Callback::new(move |()| claim.dispatch(Event::ConsentAgreed));
            let decline = Callback::new(move |()| claim.dispatch(Event::ConsentDeclined));
            view! {
                <Sheet title=wording.consent_title on_close=decline>
                    <p>{question}</p>
                    <p class="consent">
                        <Documents document />
                    </p>
                    <Button label=wording.agree emphasis=Emphasis::Primary on_click=agree />
                    <Button label=wording.disagree on_click=decline />
                </Sheet>
            }
        })
    }
}
