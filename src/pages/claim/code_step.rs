//! The second step: the code that arrived by SMS.

use core::time::Duration;

use leptos::prelude::*;

use super::{
    STEP_TITLE,
    flow::{Action, ClaimFlow},
    phone_step::CaptchaField,
};
use crate::{
    browser::{clock, field, page},
    components::button::{Button, Emphasis},
    domain::{
        claim::SentCode,
        sms_code::{SmsCode, digits_while_typing},
    },
};

/// Asks for the code.
#[component]
pub(super) fn CodeStep(flow: ClaimFlow, code: SentCode) -> impl IntoView {
    const FIELD: &str = "claim-code";
    const MESSAGE: &str = "claim-code-message";
    let wording = &flow.app.wording().claim;
    let phone_masked = flow.claim.with_untracked(|claim| {
        claim
            .as_ref()
            .map(|claim| claim.phone_masked.clone())
            .unwrap_or_default()
    });
    let seconds_left = RwSignal::new(code.resend.seconds_left(flow.app.now()));
    clock::every(Duration::from_millis(250), move || {
        let left = code.resend.seconds_left(flow.app.now());
        if seconds_left.get_untracked() != left {
            seconds_left.set(left);
        }
    });
    let may_resend = Memo::new(move |_| seconds_left.get().is_none());
    Effect::new(move || page::focus(FIELD));

    let verify = move || {
        if let Ok(code) = SmsCode::parse(&flow.code.get_untracked(), code.length) {
            flow.submit(Action::Verify(code));
        }
    };
    let on_verify = Callback::new(move |()| verify());
    // A whole code is sent by itself, once: a fan who corrects it presses the
    // button.
    let has_sent_by_itself = StoredValue::new(false);
    let on_input = move |event| {
        let typed = field::reformat(&event, |typed| digits_while_typing(typed, code.length));
        let is_whole = typed.len() == code.length;
        flow.code.set(typed);
        flow.message.set(None);
        if is_whole && !has_sent_by_itself.get_value() {
            has_sent_by_itself.set_value(true);
            verify();
        }
    };
    let resend = Callback::new(move |()| flow.submit(Action::Resend { captcha: None }));
    let restart = Callback::new(move |()| flow.restart());
    view! {
        <form
            class="claim"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                verify();
            }
        >
            <h2 class="claim__title" id=STEP_TITLE>
                {wording.code_title}
            </h2>
            <p class="claim__introduction">{(wording.code_sent)(&phone_masked)}</p>
            <div class="field" class:field--wrong=move || flow.message.with(Option::is_some)>
                <label class="field__label" for=FIELD>
                    {wording.code}
                </label>
                <input
                    class="field__input field__input--code"
                    id=FIELD
                    type="text"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    maxlength=code.length.to_string()
                    aria-describedby=MESSAGE
                    aria-invalid=move || flow.message.with(Option::is_some).to_string()
                    prop:value=move || flow.code.get()
                    on:input=on_input
                />
            </div>
            <p class="field__message" id=MESSAGE role="alert">
                {move || flow.message.get()}
            </p>
            <Button
                label=wording.verify
                emphasis=Emphasis::Primary
                is_busy=flow.is_busy
                on_press=on_verify
            />
            {move || {
                flow.captcha.get().map(|(captcha, action)| view! { <CaptchaField flow captcha action /> })
            }}
            {move || {
                if may_resend.get() {
                    view! {
                        <Button
                            label=wording.resend
                            emphasis=Emphasis::Secondary
                            is_busy=flow.is_busy
                            on_press=resend
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <p class="claim__countdown" role="timer">
                            {move || seconds_left.get().map(wording.resend_in)}
                        </p>
                    }
                        .into_any()
                }
            }}
            <Button label=wording.other_phone emphasis=Emphasis::Quiet on_press=restart />
        </form>
    }
}
