//! What is wrong with a field, in words.

use kabao_core::machine::claim::placement::{Field, Reason};
use leptos::prelude::*;

use crate::{i18n::ClaimWording, store::claim::use_claim};

/// What is wrong with `field`.
pub(super) fn message_at(field: Field) -> Signal<Option<String>> {
    let claim = use_claim();
    let reason = Memo::new(move |_| claim.with(|state| Some(state.message_at(field)?.reason)));
    Signal::derive(move || reason.get().map(text))
}

/// A message that belongs to no text field. It is always in the page, so that a
/// screen reader hears what comes into it.
#[component]
pub(super) fn FieldMessage(field: Field) -> impl IntoView {
    let message = message_at(field);
    view! {
        <p class="field__message" role="alert">
            {move || message.get().unwrap_or_default()}
        </p>
    }
}

fn text(reason: Reason) -> String {
    let wording = ClaimWording::in_use();
    let text = match reason {
        Reason::Number(error) => (wording.phone_error)(error),
        Reason::NumberRefused => wording.phone_refused,
        Reason::TermsChanged => wording.terms_changed,
        Reason::SmsTooFast => wording.too_fast,
        Reason::ClaimExpired => wording.expired,
        Reason::CaptchaUnanswered => wording.captcha_unanswered,
        Reason::CaptchaWrong => wording.captcha_again,
        Reason::CodeIncomplete { missing } => return (wording.code_incomplete)(missing),
        Reason::CodeMalformed => wording.code_malformed,
        Reason::CodeWrong { attempts_left } => return (wording.code_wrong)(attempts_left),
        Reason::CodeExpired => wording.code_expired,
        Reason::CodeBurned => wording.code_burned,
        Reason::NoCardChosen => wording.none_chosen,
    };
    text.to_owned()
}
