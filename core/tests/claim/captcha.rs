//! A captcha on the way to a code.

use kabao_core::{
    domain::captcha::CaptchaAnswer,
    machine::claim::{
        call::Write,
        event::Event,
        placement::{Field, Reason, StepKind},
        state::Screen,
    },
    problem::{ApiError, ProblemCode},
};

use crate::{
    fixtures::{PHONE, at, captcha, code_sent, problem},
    page::{Page, Sent, phone_of},
};

fn required(id: &str) -> ApiError {
    problem(403, captcha(id))
}

/// A page at the first step with the captcha `p1`, and the call that led to it.
fn with_captcha() -> (Page, Sent) {
    let mut page = Page::ready_to_send();
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(required("p1")));
    let task = page.state.captcha().expect("a captcha");
    assert_eq!(task.captcha.id, "p1");
    assert_eq!(page.message(), None);
    (page, sent)
}

fn answer(write: &Write) -> Option<(&str, &str)> {
    write
        .captcha()
        .map(|CaptchaAnswer { id, answer }| (id.as_str(), answer.as_str()))
}

#[test]
fn the_answer_is_sent_with_the_number_that_the_field_shows_by_then() {
    let (mut page, _) = with_captcha();
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    page.on(Event::CaptchaTyped(" 4711 ".to_owned()));
    let sent = page.sends(Event::CaptchaSubmitted);
    assert_eq!(phone_of(&sent.write), "13900139000");
    assert_eq!(answer(&sent.write), Some(("p1", "4711")));
}

#[test]
fn a_number_that_became_none_meanwhile_is_not_sent() {
    let (mut page, _) = with_captcha();
    page.on(Event::PhoneTyped("139".into()));
    page.on(Event::CaptchaTyped("4711".to_owned()));
    page.sends_nothing(Event::CaptchaSubmitted);
    assert_eq!(page.message().map(|(field, _)| field), Some(Field::Phone));
    assert!(page.state.captcha().is_some());
}

#[test]
fn consent_that_was_unticked_meanwhile_is_asked_for() {
    let (mut page, _) = with_captcha();
    page.on(Event::ConsentUnticked);
    page.on(Event::CaptchaTyped("4711".to_owned()));
    page.sends_nothing(Event::CaptchaSubmitted);
    assert!(page.state.asks_consent());
    let sent = page.sends(Event::ConsentAgreed);
    assert_eq!(answer(&sent.write), Some(("p1", "4711")));
}

#[test]
fn an_answered_captcha_is_another_key() {
    let (mut page, first) = with_captcha();
    page.on(Event::CaptchaTyped("4711".to_owned()));
    let second = page.sends(Event::CaptchaSubmitted);
    assert_ne!(second.key, first.key);
    page.answers(&second, Err(required("p2")));
    page.on(Event::CaptchaTyped("4711".to_owned()));
    let third = page.sends(Event::CaptchaSubmitted);
    assert_ne!(third.key, second.key);
    assert_eq!(answer(&third.write), Some(("p2", "4711")));
}

#[test]
fn a_wrong_answer_marks_the_captcha_and_not_the_number() {
    let (mut page, _) = with_captcha();
    page.on(Event::CaptchaTyped("no".to_owned()));
    let sent = page.sends(Event::CaptchaSubmitted);
    page.answers(&sent, Err(required("p2")));
    assert_eq!(page.message(), Some((Field::Captcha, Reason::CaptchaWrong)));
    let task = page.state.captcha().expect("another captcha");
    assert_eq!((task.captcha.id.as_str(), task.typed.as_str()), ("p2", ""));
    page.on(Event::CaptchaTyped("4".to_owned()));
    assert_eq!(page.message(), None);
}

#[test]
fn enter_in_either_field_sends_the_answer_or_says_that_it_is_missing() {
    for enter in [Event::SendCode, Event::CaptchaSubmitted] {
        let (mut page, _) = with_captcha();
        page.on(Event::CaptchaTyped("  ".to_owned()));
        page.sends_nothing(enter.clone());
        assert_eq!(
            page.message(),
            Some((Field::Captcha, Reason::CaptchaUnanswered))
        );
        page.on(Event::CaptchaTyped("4711".to_owned()));
        let sent = page.sends(enter);
        assert_eq!(answer(&sent.write), Some(("p1", "4711")));
    }
}

#[test]
fn a_picture_that_fails_is_asked_for_anew_under_the_key_of_the_same_body() {
    let (mut page, first) = with_captcha();
    page.on(Event::CaptchaTyped("47".to_owned()));
    let refresh = page.sends(Event::CaptchaRefreshed);
    assert_eq!(refresh.write, first.write);
    assert_eq!(refresh.key, first.key);
    page.answers(&refresh, Err(required("p2")));
    let task = page.state.captcha().expect("another captcha");
    assert_eq!((task.captcha.id.as_str(), task.typed.as_str()), ("p2", ""));
    assert_eq!(page.message(), None);

    // After an answer, the key of the answer is not spent on the refresh.
    page.on(Event::CaptchaTyped("4711".to_owned()));
    let answered = page.sends(Event::CaptchaSubmitted);
    page.answers(&answered, Err(required("p3")));
    let refresh = page.sends(Event::CaptchaRefreshed);
    assert_eq!(answer(&refresh.write), None);
    assert_ne!(refresh.key, answered.key);
}

#[test]
fn the_captcha_of_a_resend_is_answered_as_a_resend() {
    let mut page = Page::at_code();
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    page.answers(&sent, Err(required("p1")));
    page.on(Event::CaptchaTyped("4711".to_owned()));
    let sent = page.sends(Event::CaptchaSubmitted);
    assert!(matches!(sent.write, Write::Resend { .. }));
    assert_eq!(answer(&sent.write), Some(("p1", "4711")));
    page.answers(&sent, Ok(code_sent("k1", 120)));
    assert_eq!(page.state.captcha(), None);
    assert_eq!(page.screen(), Screen::Step(StepKind::Code));
}

#[test]
fn a_captcha_does_not_outlive_its_step() {
    let mut page = Page::at_code();
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    page.answers(&sent, Err(required("p1")));
    page.on(Event::OtherPhone);
    assert_eq!(page.state.captcha(), None);
    let sent = page.sends(Event::SendCode);
    assert_eq!(phone_of(&sent.write), PHONE.replace(' ', ""));
    assert_eq!(answer(&sent.write), None);
}

#[test]
fn a_captcha_that_comes_late_is_not_shown() {
    let mut page = Page::at_code();
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    page.on(Event::OtherPhone);
    page.answers(&sent, Err(required("p1")));
    assert_eq!(page.state.captcha(), None);
}

#[test]
fn a_captcha_that_was_solved_is_not_sent_again_after_a_limit() {
    for code in [
        ProblemCode::SmsTooFast,
        ProblemCode::SmsHourlyLimit,
        ProblemCode::SmsDailyLimit,
    ] {
        let (mut page, _) = with_captcha();
        page.on(Event::CaptchaTyped("4711".to_owned()));
        let sent = page.sends(Event::CaptchaSubmitted);
        page.answers(&sent, Err(problem(429, code)));
        assert_eq!(page.state.captcha(), None);
        page.on(Event::Dismissed);
        let sent = page.sends(Event::SendCode);
        assert_eq!(answer(&sent.write), None);
        page.answers(&sent, Err(required("p2")));
        assert_eq!(page.message(), None);
    }
}

#[test]
fn an_answer_that_was_spent_by_a_lost_try_is_not_called_wrong() {
    let (mut page, _) = with_captcha();
    page.on(Event::CaptchaTyped("4711".to_owned()));
    let sent = page.sends(Event::CaptchaSubmitted);
    page.answers(&sent, Err(ApiError::Timeout));
    let again = page.sends(Event::Retry);
    assert_eq!(again.key, sent.key);
    assert_eq!(answer(&again.write), Some(("p1", "4711")));
    page.answers(&again, Err(required("p2")));
    assert_eq!(page.message(), None);
    assert!(page.state.captcha().is_some());
}

#[test]
fn no_captcha_no_answer() {
    let mut page = Page::ready_to_send();
    page.on(Event::CaptchaTyped("4711".to_owned()));
    page.sends_nothing(Event::CaptchaSubmitted);
    page.sends_nothing(Event::CaptchaRefreshed);
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(problem(422, ProblemCode::PhoneInvalid)));
    assert_eq!(page.state.captcha(), None);
}
