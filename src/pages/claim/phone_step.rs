//! The first step: a phone number, and consent to its use.

use leptos::prelude::*;

use super::{
    STEP_TITLE,
    flow::{Action, ClaimFlow},
};
use crate::{
    api::{problem::Captcha, wire::CaptchaAnswer},
    browser::field,
    components::{
        button::{Button, Emphasis},
        sheet::Sheet,
    },
    domain::{
        claim::Beginning,
        mobile_number::{MobileNumber, group_while_typing},
        wallet::Wallet,
    },
    pages::terms::{Document, TermsSheet},
};

/// Asks for the phone number.
#[component]
pub(super) fn PhoneStep(flow: ClaimFlow, beginning: Beginning) -> impl IntoView {
    const FIELD: &str = "claim-phone";
    const MESSAGE: &str = "claim-phone-message";
    let wording = &flow.app.wording().claim;
    let close_label = flow.app.wording().app.close;
    let asks_consent = RwSignal::new(false);
    let open_document = RwSignal::new(None::<Document>);
    if beginning == Beginning::AfterExpiry {
        flow.message.set(Some(wording.expired.to_owned()));
    }

    let send = move || match MobileNumber::parse(&flow.phone.get_untracked()) {
        Err(error) => flow
            .message
            .set(Some((wording.phone_error)(error).to_owned())),
        Ok(_) if !flow.has_agreed.get_untracked() => asks_consent.set(true),
        Ok(phone) => flow.submit(Action::Open {
            phone,
            captcha: None,
        }),
    };
    let on_send = Callback::new(move |()| send());
    let agree = Callback::new(move |()| {
        asks_consent.set(false);
        flow.has_agreed.set(true);
        send();
    });
    let disagree = Callback::new(move |()| asks_consent.set(false));
    let merchant = flow.app.with_wallet(|wallet| {
        wallet
            .and_then(Wallet::merchant_in_focus)
            .map(|merchant| merchant.name.clone())
            .unwrap_or_default()
    });
    let document_button = move |document: Document, label: &'static str| {
        view! {
            <button
                type="button"
                class="consent__document"
                on:click=move |_| open_document.set(Some(document))
            >
                {label}
            </button>
        }
    };

    view! {
        <form
            class="claim"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <p class="claim__introduction" id=STEP_TITLE tabindex="-1">
                {wording.introduction}
            </p>
            <div class="field" class:field--wrong=move || flow.message.with(Option::is_some)>
                <label class="field__label" for=FIELD>
                    {wording.phone}
                </label>
                <input
                    class="field__input field__input--phone"
                    id=FIELD
                    type="tel"
                    inputmode="numeric"
                    autocomplete="tel-national"
                    placeholder=wording.phone_placeholder
                    aria-describedby=MESSAGE
                    aria-invalid=move || flow.message.with(Option::is_some).to_string()
                    prop:value=move || flow.phone.get()
                    on:input=move |event| {
                        flow.phone.set(field::reformat(&event, group_while_typing));
                        flow.message.set(None);
                    }
                />
            </div>
            <p class="field__message" id=MESSAGE role="alert">
                {move || flow.message.get()}
            </p>
            <div class="consent">
                <label class="consent__tick">
                    <input
                        type="checkbox"
                        class="consent__box"
                        prop:checked=move || flow.has_agreed.get()
                        on:change=move |event| flow.has_agreed.set(field::is_ticked(&event))
                    />
                    <span>{wording.consent_before}</span>
                </label>
                {document_button(Document::Terms, wording.consent_terms)}
                <span>{wording.consent_and}</span>
                {document_button(Document::Privacy, wording.consent_privacy)}
            </div>
            {move || {
                flow.captcha.get().map(|(captcha, action)| view! { <CaptchaField flow captcha action /> })
            }}
            <Show when=move || flow.captcha.with(Option::is_none)>
                <Button
                    label=wording.send_code
                    emphasis=Emphasis::Primary
                    is_busy=flow.is_busy
                    on_press=on_send
                />
            </Show>
        </form>
        {move || {
            asks_consent
                .get()
                .then(|| {
                    let question = (wording.consent_question)(&merchant);
                    view! {
                        <Sheet
                            title=wording.consent_title.to_owned()
                            close_label
                            on_close=disagree
                        >
                            <p>{question}</p>
                            <p class="consent">
                                {document_button(Document::Terms, wording.consent_terms)}
                                {document_button(Document::Privacy, wording.consent_privacy)}
                            </p>
                            <Button label=wording.agree emphasis=Emphasis::Primary on_press=agree />
                            <Button
                                label=wording.disagree
                                emphasis=Emphasis::Secondary
                                on_press=disagree
                            />
                        </Sheet>
                    }
                })
        }}
        {move || {
            open_document
                .get()
                .map(|document| {
                    view! {
                        <TermsSheet
                            account=flow.account.get_value()
                            version=flow
                                .app
                                .with_wallet(|wallet| {
                                    wallet
                                        .map(|wallet| wallet.terms_version.clone())
                                        .unwrap_or_default()
                                })
                            document
                            on_close=Callback::new(move |()| open_document.set(None))
                        />
                    }
                })
        }}
    }
}

/// A captcha, and what is sent once it is solved.
#[component]
pub(super) fn CaptchaField(flow: ClaimFlow, captcha: Captcha, action: Action) -> impl IntoView {
    const FIELD: &str = "claim-captcha";
    let wording = &flow.app.wording().claim;
    let answer = RwSignal::new(String::new());
    let Captcha {
        id,
        image_url,
        prompt,
    } = captcha;
    let submit = Callback::new(move |()| {
        let typed = answer.get_untracked().trim().to_owned();
        if typed.is_empty() {
            return;
        }
        let solved = Some(CaptchaAnswer {
            id: id.clone(),
            answer: typed,
        });
        flow.submit(match action.clone() {
            Action::Open { phone, .. } => Action::Open {
                phone,
                captcha: solved,
            },
            Action::Resend { .. } => Action::Resend { captcha: solved },
            other => other,
        });
    });
    view! {
        <div class="captcha">
            <h2 class="captcha__title">{wording.captcha}</h2>
            <img class="captcha__picture" src=image_url alt=prompt.clone() />
            <div class="field">
                <label class="field__label" for=FIELD>
                    {prompt}
                </label>
                <input
                    class="field__input"
                    id=FIELD
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    on:input=move |event| answer.set(field::value_of(&event))
                />
            </div>
            <Button
                label=wording.captcha_submit
                emphasis=Emphasis::Primary
                is_busy=flow.is_busy
                on_press=submit
            />
        </div>
    }
}
