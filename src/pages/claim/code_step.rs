//! The second step: the code that arrived by SMS.

use core::time::Duration;

use super::{
    captcha, field_message,
    flow::{Action, ClaimFlow},
    introduction, labelled_field,
};
use crate::{
    browser::{
        clock,
        dom::{Element, element},
        page,
    },
    components::button::{Emphasis, busy_button, button},
    signal::{Signal, derived},
};
use kabao_core::domain::{
    claim::SentCode,
    sms_code::{SmsCode, digits_while_typing},
};

/// Asks for the code.
pub(super) fn view(flow: ClaimFlow, code: SentCode) -> Element {
    const FIELD: &str = "claim-code";
    const MESSAGE: &str = "claim-code-message";
    let wording = flow.app.claim_wording();
    let seconds_left = Signal::new(code.resend.seconds_left(flow.app.now()));
    clock::every(Duration::from_millis(250), move || {
        let left = code.resend.seconds_left(flow.app.now());
        if seconds_left.get_untracked() != left {
            seconds_left.set(left);
        }
    });
    let may_resend = derived(move || seconds_left.get().is_none());
    page::focus_soon(FIELD);

    let verify = move || {
        if let Ok(code) = SmsCode::parse(&flow.code.get_untracked(), code.length) {
            flow.submit(Action::Verify(code));
        }
    };
    // A whole code is sent by itself, once: a fan who corrects it presses the
    // button.
    let has_sent_by_itself = Signal::new(false);
    let input = element("input")
        .class("field__input field__input--code")
        .attribute("type", "text")
        .attribute("inputmode", "numeric")
        .attribute("autocomplete", "one-time-code")
        .attribute("maxlength", &code.length.to_string())
        .live_field(move |field| field.set_value(&flow.code.get()))
        .on_input(move |field| {
            let typed = field.reformat(|typed| digits_while_typing(typed, code.length));
            let is_whole = typed.len() == code.length;
            flow.code.set(typed);
            flow.message.set(None);
            if is_whole && !has_sent_by_itself.get_untracked() {
                has_sent_by_itself.set(true);
                verify();
            }
        });
    let resend = move || {
        if may_resend.get() {
            let resend = move || flow.submit(Action::Resend { captcha: None });
            busy_button(wording.resend, Emphasis::Secondary, flow.is_busy, resend)
        } else {
            element("p")
                .class("claim__countdown")
                .attribute("role", "timer")
                .live_text(move || {
                    seconds_left
                        .get()
                        .map(wording.resend_in)
                        .unwrap_or_default()
                })
        }
    };
    element("form")
        .class("claim")
        .attribute("novalidate", "")
        .on_submit(verify)
        .child(element("h2").class("claim__title").text(wording.code_title))
        .child(introduction(&(wording.code_sent)(&flow.phone_masked())))
        .child(labelled_field(flow, wording.code, FIELD, MESSAGE, input))
        .child(field_message(flow).attribute("id", MESSAGE))
        .child(busy_button(
            wording.verify,
            Emphasis::Primary,
            flow.is_busy,
            verify,
        ))
        .child(captcha::view(flow))
        .live(resend)
        .child(button(wording.other_phone, Emphasis::Quiet, move || {
            flow.restart();
        }))
}
