//! The first step: a phone number, and consent to its use.

use super::{
    STEP_TITLE, captcha, field_message,
    flow::{Action, ClaimFlow},
    labelled_field,
};
use crate::{
    browser::dom::{Element, View, element, group, live},
    components::{
        button::{Emphasis, busy_button, button},
        sheet::sheet,
    },
    pages::terms::{Document, terms_sheet},
    signal::{Signal, derived},
};
use kabao_core::domain::{
    claim::Beginning,
    mobile_number::{MobileNumber, group_while_typing},
    wallet::Wallet,
};

/// The step, which its parts share. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
struct PhoneStep {
    flow: ClaimFlow,
    /// Whether consent was forgotten and is asked for.
    asks_consent: Signal<bool>,
    /// The text that is open.
    document: Signal<Option<Document>>,
}

/// Asks for the phone number.
pub(super) fn view(flow: ClaimFlow, beginning: Beginning) -> View {
    let step = PhoneStep {
        flow,
        asks_consent: Signal::new(false),
        document: Signal::new(None),
    };
    if beginning == Beginning::AfterExpiry {
        flow.say(flow.app.claim_wording().expired.to_owned());
    }
    group([
        step.form().into(),
        live(move || step.consent_sheet()),
        live(move || step.terms_sheet()),
    ])
}

impl PhoneStep {
    fn send(self) {
        let flow = self.flow;
        let wording = flow.app.claim_wording();
        match MobileNumber::parse(&flow.phone.get_untracked()) {
            Err(error) => flow.say((wording.phone_error)(error).to_owned()),
            Ok(_) if !flow.has_agreed.get_untracked() => self.asks_consent.set(true),
            Ok(phone) => flow.submit(Action::Open {
                phone,
                captcha: None,
            }),
        }
    }

    fn form(self) -> Element {
        const MESSAGE: &str = "claim-phone-message";
        let flow = self.flow;
        let wording = flow.app.claim_wording();
        let input = element("input")
            .class("field__input field__input--phone")
            .attribute("type", "tel")
            .attribute("inputmode", "numeric")
            .attribute("autocomplete", "tel-national")
            .attribute("placeholder", wording.phone_placeholder)
            .live_field(move |field| field.set_value(&flow.phone.get()))
            .on_input(move |field| {
                flow.phone.set(field.reformat(group_while_typing));
                flow.message.set(None);
            });
        let has_captcha = derived(move || flow.captcha.with(Option::is_some));
        let send = move || {
            (!has_captcha.get()).then(|| {
                let send = move || self.send();
                busy_button(wording.send_code, Emphasis::Primary, flow.is_busy, send)
            })
        };
        element("form")
            .class("claim")
            .attribute("novalidate", "")
            .on_submit(move || self.send())
            .child(
                super::introduction(wording.introduction)
                    .attribute("id", STEP_TITLE)
                    .attribute("tabindex", "-1"),
            )
            .child(labelled_field(
                flow,
                wording.phone,
                "claim-phone",
                MESSAGE,
                input,
            ))
            .child(field_message(flow).attribute("id", MESSAGE))
            .child(self.consent())
            .child(captcha::view(flow))
            .live(send)
    }

    /// The box that is never ticked for the fan, and the texts that it is about.
    fn consent(self) -> Element {
        let flow = self.flow;
        let wording = flow.app.claim_wording();
        let box_to_tick = element("input")
            .attribute("type", "checkbox")
            .class("consent__box")
            .live_field(move |field| field.tick(flow.has_agreed.get()))
            .on_change(move |field| flow.has_agreed.set(field.is_ticked()));
        let label = element("label")
            .class("consent__tick")
            .child(box_to_tick)
            .child(element("span").text(wording.consent_before));
        self.documents(element("div").class("consent").child(label))
    }

    /// Adds the two texts to `line`.
    fn documents(self, line: Element) -> Element {
        let and = self.flow.app.claim_wording().consent_and;
        line.child(self.document_button(Document::Terms))
            .child(element("span").text(and))
            .child(self.document_button(Document::Privacy))
    }

    fn document_button(self, document: Document) -> Element {
        element("button")
            .attribute("type", "button")
            .class("consent__document")
            .text(document.title(self.flow.app))
            .on_press(move || self.document.set(Some(document)))
    }

    /// Asks for the consent that was forgotten.
    fn consent_sheet(self) -> Option<Element> {
        let flow = self.flow;
        let wording = flow.app.wording();
        let words = flow.app.claim_wording();
        let merchant = flow.app.with_wallet(|wallet| {
            wallet
                .and_then(Wallet::merchant_in_focus)
                .map(|merchant| merchant.name.clone())
                .unwrap_or_default()
        });
        let agree = move || {
            self.asks_consent.set(false);
            flow.has_agreed.set(true);
            self.send();
        };
        let disagree = move || self.asks_consent.set(false);
        self.asks_consent.get().then(|| {
            let documents = self.documents(element("p").class("consent"));
            let body = element("div")
                .child(element("p").text(&(words.consent_question)(&merchant)))
                .child(documents)
                .child(button(words.agree, Emphasis::Primary, agree))
                .child(button(words.disagree, Emphasis::Secondary, disagree));
            sheet(words.consent_title, wording.app.close, disagree, body)
        })
    }

    fn terms_sheet(self) -> View {
        let app = self.flow.app;
        let version = app.with_wallet(|wallet| {
            wallet
                .map(|wallet| wallet.terms_version.clone())
                .unwrap_or_default()
        });
        terms_sheet(
            app,
            self.flow.account.get_untracked(),
            &version,
            self.document,
        )
    }
}
