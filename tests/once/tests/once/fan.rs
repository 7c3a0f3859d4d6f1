//! What a fan does with a claim.

use kabao_core::machine::claim::{
    event::Event,
    state::{ClaimState, Step},
};

use crate::{
    backend::Backend,
    moves::{Act, Code},
};

/// What goes on with the claim. `choice` is one of the numbers, or what is done less often.
fn next_acts(claim: &ClaimState, choice: usize) -> Vec<Act> {
    if let Some(trouble) = claim.notice().or_else(|| claim.blocked()) {
        return match trouble.can_retry() {
            true => vec![Act::Retry],
            false => vec![Act::Dismiss],
        };
    }
    let is_usual = choice < 4;
    match claim.step() {
        _ if claim.captcha().is_some() => vec![Act::SolveCaptcha],
        Step::Loading => vec![Act::OpenClaim],
        Step::Phone if claim.phone().as_str().is_empty() => {
            vec![Act::TypeNumber(choice), Act::Tick, Act::SendCode]
        }
        Step::Phone => vec![Act::Tick, Act::SendCode],
        Step::Code(_) if !is_usual => vec![Act::Resend],
        Step::Code(step) if step.typed.as_str().is_empty() => vec![Act::TypeCode(Code::Right)],
        Step::Code(_) => vec![Act::Verify],
        Step::Choose(_) if !is_usual => vec![Act::Toggle(1), Act::Bind],
        Step::Choose(_) => vec![Act::Bind],
        Step::NothingFound(_) => vec![Act::OpenNewCard],
        Step::Done(_) => vec![Act::BeginClaim],
    }
}

/// What the claim's machine is told of what the fan does.
pub(crate) fn events(act: Act, claim: &ClaimState, backend: &Backend) -> Vec<Event> {
    let event = match act {
        Act::GoOn(choice) => {
            let acts = next_acts(claim, choice).into_iter();
            return acts.flat_map(|act| events(act, claim, backend)).collect();
        }
        Act::OpenClaim => Event::Opened,
        Act::BeginClaim => Event::Begun,
        Act::TypeNumber(place) => Event::PhoneTyped(backend.number(place).into()),
        Act::Tick => Event::ConsentTicked,
        Act::SendCode => Event::SendCode,
        Act::Agree => Event::ConsentAgreed,
        Act::SolveCaptcha | Act::MistakeCaptcha => {
            let Some(task) = claim.captcha() else {
                return Vec::new();
            };
            let answer = match act {
                Act::SolveCaptcha => backend.captcha_answer(&task.captcha.id),
                _ => "no".to_owned(),
            };
            return vec![Event::CaptchaTyped(answer), Event::CaptchaSubmitted];
        }
        Act::RefreshCaptcha => Event::CaptchaRefreshed,
        Act::TypeCode(code) => {
            let Step::Code(step) = claim.step() else {
                return Vec::new();
            };
            let codes = backend.codes(&step.claim.phone_masked);
            let typed = match code {
                Code::Right => codes.last(),
                Code::Old => codes.first(),
                Code::Wrong => None,
            };
            Event::CodeTyped(typed.map_or("000000", String::as_str).into())
        }
        Act::Verify => Event::Verify,
        Act::Resend => Event::Resend,
        Act::OtherNumber => Event::OtherPhone,
        Act::Toggle(place) => {
            let Step::Choose(step) = claim.step() else {
                return Vec::new();
            };
            let candidates = &step.findings.candidates;
            let candidate = &candidates[place % candidates.len()];
            Event::CardToggled(candidate.card.id.clone())
        }
        Act::Bind => Event::Bind,
        Act::OpenNewCard => Event::OpenNewCard,
        Act::Retry => Event::Retry,
        Act::Dismiss => Event::Dismissed,
        act => unreachable!("{act:?} is not of the claim"),
    };
    vec![event]
}
