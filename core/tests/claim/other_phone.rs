//! Back to the number (换个手机号) while its code may still arrive.

use kabao_core::{
    domain::claim::Progress,
    machine::claim::{
        event::{Event, Reply},
        placement::{Field, Reason, StepKind},
        saved::Saved,
        state::Screen,
    },
    problem::{ApiError, ProblemCode},
};

use crate::{
    fixtures::{PHONE, at, captcha, claim, code_sent, problem, told, verified, wallet_summary},
    page::{Page, claim_read_in, phone_of},
};

const CODE_STEP: Screen = Screen::Step(StepKind::Code);
const PHONE_STEP: Screen = Screen::Step(StepKind::Phone);
const OTHER_PHONE: &str = "139 0013 9000";

/// A page whose fan has left the code of the claim `k1`, which may be sent again
/// from the second 60 on.
fn left() -> Page {
    let mut page = Page::at_code();
    page.now = at(30);
    page.on(Event::OtherPhone);
    assert_eq!(page.screen(), PHONE_STEP);
    page
}

fn too_fast() -> ApiError {
    told(429, ProblemCode::SmsTooFast, Some(30), None)
}

#[test]
fn the_same_number_leads_back_to_where_its_code_is_typed() {
    let mut page = Page::at_code();
    page.on(Event::CodeTyped("123".into()));
    page.now = at(30);
    page.on(Event::OtherPhone);
    page.on(Event::PhoneTyped(OTHER_PHONE.into()));
    page.on(Event::PhoneTyped(" 138-0013-8000".into()));
    assert_eq!(page.on(Event::SendCode), []);
    assert_eq!(page.screen(), CODE_STEP);
    assert_eq!(page.code_step().claim.id, "k1".into());
    assert_eq!(page.code_step().typed.as_str(), "123");
    assert_eq!(page.state.send_code_at(), Some(at(60)));
    page.sends(Event::CodeTyped("123456".into()));
}

#[test]
fn the_number_is_known_after_another_message_too() {
    let mut page = Page::at_code();
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    page.answers(&sent, Ok(code_sent("k1", 120)));
    page.on(Event::OtherPhone);
    page.sends_nothing(Event::SendCode);
    assert_eq!(page.screen(), CODE_STEP);
}

#[test]
fn it_can_be_left_and_come_back_to_again() {
    let mut page = left();
    for _ in 0..2 {
        page.sends_nothing(Event::SendCode);
        assert_eq!(page.screen(), CODE_STEP);
        page.on(Event::OtherPhone);
    }
}

#[test]
fn once_another_message_may_be_sent_it_is() {
    let mut page = left();
    page.now = at(60);
    let sent = page.sends(Event::SendCode);
    assert_eq!(phone_of(&sent.write), "13800138000");
}

#[test]
fn consent_is_given_before_it_leads_back() {
    let mut page = left();
    page.on(Event::ConsentUnticked);
    page.sends_nothing(Event::SendCode);
    assert!(page.state.asks_consent());
    assert_eq!(page.on(Event::ConsentAgreed), []);
    assert_eq!(page.screen(), CODE_STEP);
    assert!(!page.state.asks_consent());
}

#[test]
fn other_terms_are_agreed_to_in_a_claim_of_their_own() {
    let mut page = left();
    let mut wallet = wallet_summary(None);
    wallet.terms_version = "2026-12".to_owned();
    page.on(Event::WalletUpdated(wallet));
    page.on(Event::ConsentTicked);
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(too_fast()));
    assert_eq!(page.screen(), PHONE_STEP);
}

#[test]
fn another_number_ends_it_unless_that_was_refused() {
    for (end, leads_back) in [
        (Ok(code_sent("k2", 90)), false),
        (Err(ApiError::Timeout), false),
        (Err(problem(500, ProblemCode::Internal)), false),
        (Err(problem(422, ProblemCode::PhoneInvalid)), true),
        (Err(too_fast()), true),
        (Err(problem(403, captcha("p1"))), true),
    ] {
        let mut page = left();
        page.on(Event::PhoneTyped(OTHER_PHONE.into()));
        let sent = page.sends(Event::SendCode);
        assert_eq!(phone_of(&sent.write), "13900139000");
        page.answers(&sent, end.clone());
        if page.screen() == CODE_STEP {
            page.on(Event::OtherPhone);
        }
        page.on(Event::PhoneTyped(PHONE.into()));
        let effects = page.on(Event::SendCode);
        assert_eq!(page.screen() == CODE_STEP, leads_back, "{end:?}");
        assert_eq!(effects.is_empty(), leads_back, "{end:?}");
    }
}

#[test]
fn a_captcha_of_another_number_need_not_be_solved_for_it() {
    let mut page = left();
    page.on(Event::PhoneTyped(OTHER_PHONE.into()));
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(problem(403, captcha("p1"))));
    page.on(Event::PhoneTyped(PHONE.into()));
    page.sends_nothing(Event::CaptchaSubmitted);
    assert_eq!(page.screen(), CODE_STEP);
    assert_eq!(page.state.captcha(), None);
    assert_eq!(page.message(), None);
}

/// A page that was reloaded at the code of `k1`, so that of its number no more is
/// known than the masked form, and left it.
fn left_after_reload() -> Page {
    let mut page = Page::at_code().reloaded();
    page.now = at(30);
    let (call, _) = page.load(Some("k1")).expect("a claim to load");
    page.replies(call, Ok(Reply::Claim(code_sent("k1", 60))));
    page.on(Event::OtherPhone);
    page.on(Event::ConsentTicked);
    page
}

#[test]
fn after_a_reload_the_backend_tells_that_it_is_the_same_number() {
    let mut page = left_after_reload();
    page.on(Event::PhoneTyped(PHONE.into()));
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(too_fast()));
    assert_eq!(page.screen(), CODE_STEP);
    assert_eq!(page.code_step().claim.id, "k1".into());
    assert_eq!(page.message(), Some((Field::SendCode, Reason::SmsTooFast)));
    assert!(!page.state.is_busy());
    page.sends(Event::CodeTyped("123456".into()));
}

#[test]
fn another_number_to_which_a_message_was_sent_does_not_lead_back() {
    let mut page = left_after_reload();
    page.on(Event::PhoneTyped(OTHER_PHONE.into()));
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(too_fast()));
    assert_eq!(page.screen(), PHONE_STEP);
    // Nor one of the same masked form, where the whole number is known.
    let mut page = left();
    page.on(Event::PhoneTyped("138 1111 8000".into()));
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(too_fast()));
    assert_eq!(page.screen(), PHONE_STEP);
    assert_eq!(page.message(), Some((Field::SendCode, Reason::SmsTooFast)));
}

#[test]
fn a_call_that_was_left_with_it_is_waited_for_again() {
    let mut page = Page::at_code();
    let sent = page.sends(Event::CodeTyped("123456".into()));
    page.on(Event::OtherPhone);
    page.sends_nothing(Event::SendCode);
    assert!(page.state.is_busy());
    page.answers(&sent, Ok(verified("k1", &[])));
    assert_eq!(page.screen(), Screen::Step(StepKind::NothingFound));
}

#[test]
fn a_late_reply_changes_what_is_come_back_to() {
    let refused = |status, code| Err(problem(status, code));
    let attempts_left = 4;
    for (end, typed, attempts) in [
        (
            refused(422, ProblemCode::CodeWrong { attempts_left }),
            "",
            4,
        ),
        (refused(403, ProblemCode::TooManyAttempts), "", 0),
        (refused(410, ProblemCode::CodeExpired), "", 5),
        (Err(ApiError::Timeout), "123456", 5),
    ] {
        let mut page = Page::at_code();
        let sent = page.sends(Event::CodeTyped("123456".into()));
        page.on(Event::OtherPhone);
        page.answers(&sent, end.clone());
        page.sends_nothing(Event::SendCode);
        assert_eq!(page.screen(), CODE_STEP, "{end:?}");
        assert_eq!(page.code_step().typed.as_str(), typed, "{end:?}");
        assert_eq!(page.code_step().sent.attempts_left, attempts, "{end:?}");
    }
    // A claim that is over, or proven, has no code to wait for.
    for end in [
        refused(409, ProblemCode::PhoneInUse),
        refused(410, ProblemCode::ClaimExpired),
        Ok(verified("k1", &[])),
    ] {
        let mut page = Page::at_code();
        let sent = page.sends(Event::CodeTyped("123456".into()));
        page.on(Event::OtherPhone);
        page.answers(&sent, end);
        page.sends(Event::SendCode);
    }
}

#[test]
fn a_message_that_was_sent_late_is_the_one_to_wait_for() {
    let mut page = Page::at_code();
    page.now = at(60);
    let resend = page.sends(Event::Resend);
    page.on(Event::OtherPhone);
    page.answers(&resend, Ok(code_sent("k1", 120)));
    page.now = at(61);
    page.sends_nothing(Event::SendCode);
    assert_eq!(page.screen(), CODE_STEP);
    assert_eq!(page.state.send_code_at(), Some(at(120)));
}

#[test]
fn a_claim_that_is_not_open_any_longer_is_not_come_back_to() {
    let mut page = left();
    let call = page.reads_wallet(Event::Begun);
    let wallet = wallet_summary(None);
    page.replies(call, Ok(Reply::Wallet(wallet)));
    page.sends(Event::SendCode);

    for stands in [verified("k1", &[]), claim("k1", Progress::Expired)] {
        let mut page = left();
        let call = page.reads_wallet(Event::Begun);
        let effects = page.replies(call, Ok(Reply::Wallet(wallet_summary(Some("k1")))));
        let (call, _) = claim_read_in(&effects).expect("the open claim to load");
        page.replies(call, Ok(Reply::Claim(stands)));
        page.on(Event::OtherPhone);
        assert_eq!(page.screen(), PHONE_STEP);
        page.sends(Event::SendCode);
    }
}

#[test]
fn nothing_of_it_is_for_another_account_or_in_the_storage() {
    let page = left();
    assert_eq!(page.state.saved(), Saved::default());
    let mut page = left();
    page.state = page.state.of_another_account(Saved::default());
    page.load(None);
    page.on(Event::PhoneTyped(PHONE.into()));
    page.on(Event::ConsentTicked);
    page.sends(Event::SendCode);
}
