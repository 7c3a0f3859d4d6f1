//! A task that only a person can solve, on the way to a code.

use super::{
    flow::{Action, ClaimFlow},
    labelled,
};
use crate::{
    browser::dom::{Element, View, element, live},
    components::button::{Emphasis, busy_button},
    signal::Signal,
};
use kabao_core::domain::captcha::{Captcha, CaptchaAnswer};

/// The captcha that the backend asks for, while it asks for one.
pub(super) fn view(flow: ClaimFlow) -> View {
    live(move || {
        flow.captcha
            .get()
            .map(|(captcha, action)| captcha_view(flow, captcha, action))
    })
}

fn captcha_view(flow: ClaimFlow, captcha: Captcha, action: Action) -> Element {
    const FIELD: &str = "claim-captcha";
    let wording = flow.app.claim_wording();
    let answer = Signal::new(String::new());
    let Captcha {
        id,
        image_url,
        prompt,
    } = captcha;
    let submit = move || {
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
    };
    let input = element("input")
        .class("field__input")
        .attribute("id", FIELD)
        .attribute("type", "text")
        .attribute("autocomplete", "off")
        .attribute("autocapitalize", "off")
        .on_input(move |field| answer.set(field.value()));
    element("div")
        .class("captcha")
        .child(element("h2").class("captcha__title").text(wording.captcha))
        .child(
            element("img")
                .class("captcha__picture")
                .attribute("src", image_url.as_str())
                .attribute("alt", &prompt),
        )
        .child(labelled(&prompt, FIELD, input))
        .child(busy_button(
            wording.captcha_submit,
            Emphasis::Primary,
            flow.is_busy,
            submit,
        ))
}
