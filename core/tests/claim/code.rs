//! The second step: the code.

use kabao_core::{
    domain::claim::{Claim, Eligibility, Progress},
    json::Json,
    machine::claim::{
        call::Write,
        effect::{Effect, Toast},
        event::Event,
        placement::{Field, Reason, StepKind},
        state::Screen,
    },
    problem::{ApiError, ProblemCode},
    wire::reply::Reply as _,
};
use serde_json::json;

use crate::{
    fixtures::{MASKED, at, code_sent, problem, told, verified},
    page::Page,
};

const CODE_STEP: Screen = Screen::Step(StepKind::Code);

fn wrong(attempts_left: u32) -> ApiError {
    problem(422, ProblemCode::CodeWrong { attempts_left })
}

fn code_of(write: &Write) -> &str {
    match write {
        Write::Verify { code, .. } => code.digits(),
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn a_whole_code_is_sent_by_itself() {
    let mut page = Page::at_code();
    for typed in ["1", "12", "12345"] {
        page.sends_nothing(Event::CodeTyped(typed.into()));
    }
    let sent = page.sends(Event::CodeTyped("123456".into()));
    assert_eq!(code_of(&sent.write), "123456");
    page.answers(
        &sent,
        Ok(verified("k1", &[("c1", Eligibility::Selectable)])),
    );
    assert_eq!(page.screen(), Screen::Step(StepKind::Choose));
}

#[test]
fn a_code_that_is_being_composed_is_not_sent() {
    let mut page = Page::at_code();
    page.sends_nothing(Event::CodeComposed("１２３４５６".into()));
    let sent = page.sends(Event::CodeTyped("123456".into()));
    assert_eq!(code_of(&sent.write), "123456");

    let mut page = Page::at_code();
    page.sends_nothing(Event::CodeComposed("123456".into()));
    // The end of the composition changes nothing about what the field shows.
    page.sends(Event::CodeTyped("123456".into()));
}

#[test]
fn a_wrong_code_is_cleared_and_its_correction_waits_for_the_button() {
    let mut page = Page::at_code();
    let sent = page.sends(Event::CodeTyped("000000".into()));
    page.answers(&sent, Err(wrong(4)));
    assert_eq!(page.screen(), CODE_STEP);
    assert_eq!(page.code_step().typed.as_str(), "");
    assert_eq!(page.code_step().sent.attempts_left, 4);
    let reason = Reason::CodeWrong { attempts_left: 4 };
    assert_eq!(page.message(), Some((Field::Code, reason)));

    page.sends_nothing(Event::CodeTyped("123456".into()));
    assert_eq!(page.message(), None);
    let again = page.sends(Event::Verify);
    assert_ne!(again.key, sent.key);
    page.sends_nothing(Event::Verify);
    page.answers(&again, Err(wrong(3)));
    assert_eq!(page.code_step().sent.attempts_left, 3);
}

#[test]
fn the_same_code_again_is_another_try() {
    let mut page = Page::at_code();
    let first = page.sends(Event::CodeTyped("000000".into()));
    page.answers(&first, Err(wrong(4)));
    page.sends_nothing(Event::CodeTyped("000000".into()));
    let second = page.sends(Event::Verify);
    assert_ne!(second.key, first.key);
}

#[test]
fn what_was_typed_while_a_wrong_code_was_under_way_stays() {
    let mut page = Page::at_code();
    let sent = page.sends(Event::CodeTyped("000000".into()));
    page.sends_nothing(Event::CodeTyped("1234".into()));
    page.answers(&sent, Err(wrong(4)));
    assert_eq!(page.code_step().typed.as_str(), "1234");
}

#[test]
fn confirming_too_few_digits_says_how_many_are_missing() {
    let mut page = Page::at_code();
    for (typed, missing) in [("", 6), ("1", 5), ("12345", 1), ("123-45", 1)] {
        page.on(Event::CodeTyped(typed.into()));
        page.sends_nothing(Event::Verify);
        let reason = Reason::CodeIncomplete { missing };
        assert_eq!(page.message(), Some((Field::Code, reason)), "{typed}");
    }
    for typed in ["1234567", "12345a"] {
        page.on(Event::CodeTyped(typed.into()));
        page.sends_nothing(Event::Verify);
        let malformed = Some((Field::Code, Reason::CodeMalformed));
        assert_eq!(page.message(), malformed, "{typed}");
    }
}

#[test]
fn a_dead_code_is_cleared_and_says_so() {
    for (status, code, reason, attempts_left) in [
        (410, ProblemCode::CodeExpired, Reason::CodeExpired, 5),
        (403, ProblemCode::TooManyAttempts, Reason::CodeBurned, 0),
    ] {
        let mut page = Page::at_code();
        let sent = page.sends(Event::CodeTyped("123456".into()));
        page.answers(&sent, Err(problem(status, code)));
        assert_eq!(page.screen(), CODE_STEP);
        assert_eq!(page.code_step().typed.as_str(), "");
        assert_eq!(page.code_step().sent.attempts_left, attempts_left);
        assert_eq!(page.message(), Some((Field::Code, reason)));
    }
}

#[test]
fn another_code_can_be_asked_for_once_the_wait_is_over() {
    let mut page = Page::at_code();
    assert_eq!(page.state.send_code_at(), Some(at(60)));
    page.now = at(59);
    page.sends_nothing(Event::Resend);
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    page.on(Event::CodeTyped("123".into()));
    let effects = page.answers(&sent, Ok(code_sent("k1", 120)));
    assert!(effects.contains(&Effect::Toast(Toast::CodeResent)));
    assert_eq!(page.screen(), CODE_STEP);
    assert_eq!(page.state.send_code_at(), Some(at(120)));
    assert_eq!(page.code_step().typed.as_str(), "");
}

#[test]
fn each_sms_is_sent_by_itself_once() {
    let mut page = Page::at_code();
    let sent = page.sends(Event::CodeTyped("000000".into()));
    page.answers(&sent, Err(wrong(4)));
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    page.answers(&sent, Ok(code_sent("k1", 120)));
    let sent = page.sends(Event::CodeTyped("000000".into()));
    page.answers(&sent, Err(wrong(4)));
    page.sends_nothing(Event::CodeTyped("123456".into()));
}

#[test]
fn a_resend_that_comes_too_soon_counts_down_at_the_button() {
    let mut page = Page::at_code();
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    let error = told(429, ProblemCode::SmsTooFast, Some(30), None);
    page.answers(&sent, Err(error));
    assert_eq!(page.message(), Some((Field::SendCode, Reason::SmsTooFast)));
    assert_eq!(page.state.send_code_at(), Some(at(90)));
    // A code that is typed has nothing to do with it.
    page.on(Event::CodeTyped("1".into()));
    assert_eq!(page.state.send_code_at(), Some(at(90)));
    page.sends_nothing(Event::Resend);
}

#[test]
fn a_resend_of_a_proven_phone_goes_on_without_a_toast() {
    let mut page = Page::at_code();
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    let claim = verified("k1", &[("c1", Eligibility::Selectable)]);
    let effects = page.answers(&sent, Ok(claim));
    assert!(!effects.contains(&Effect::Toast(Toast::CodeResent)));
    assert_eq!(page.screen(), Screen::Step(StepKind::Choose));
}

#[test]
fn a_length_that_no_code_has_costs_nothing() {
    for stated in [json!(4_294_967_296_u64), json!(0), json!(-6)] {
        let reply = json!({ "claim": {
            "id": "k1", "merchant_id": "m1", "state": "code_sent", "phone_masked": MASKED,
            "code_length": stated, "attempts_left": 5,
            "resend_at": "2026-11-23T13:05:05.678Z", "code_expires_at": "2026-11-23T13:09:05.678Z",
        } });
        let claim = Claim::read(&Json::from(&reply)).expect("a claim");
        let Progress::CodeSent(sent) = claim.progress else {
            unreachable!("{claim:?}");
        };
        assert_eq!(sent.length, 6, "{stated}");
    }
}
