//! Replies about something that was left.

use kabao_core::{
    domain::claim::Eligibility,
    machine::claim::{
        effect::Effect,
        event::{Event, Reply},
        placement::{Field, Reason, StepKind},
        saved::Saved,
        state::Screen,
    },
    problem::{ApiError, ProblemCode},
};

use crate::{
    fixtures::{PHONE, at, bound, code_sent, problem, verified, wallet_summary},
    page::{Page, Sent, WalletNews, claim_read_in, wallet_news},
};

const PHONE_STEP: Screen = Screen::Step(StepKind::Phone);

fn wrong(attempts_left: u32) -> ApiError {
    problem(422, ProblemCode::CodeWrong { attempts_left })
}

#[test]
fn a_reply_about_a_claim_that_was_left_changes_nothing_on_the_screen() {
    let ends = [
        Ok(code_sent("k1", 120)),
        Ok(verified("k1", &[("c1", Eligibility::Selectable)])),
        Err(wrong(4)),
        Err(problem(409, ProblemCode::PhoneInUse)),
        Err(problem(410, ProblemCode::ClaimExpired)),
        Err(ApiError::Timeout),
        Err(problem(500, ProblemCode::Internal)),
    ];
    for event in [Event::Resend, Event::CodeTyped("123456".into())] {
        for end in &ends {
            let mut page = Page::at_code();
            page.now = at(60);
            let sent = page.sends(event.clone());
            page.on(Event::OtherPhone);
            assert!(!page.state.is_busy());
            let before = page.state.clone();
            let effects = page.answers(&sent, end.clone());
            assert_eq!(page.screen(), PHONE_STEP);
            assert_eq!(page.message(), None);
            assert_eq!(page.state.blocked(), None);
            assert_eq!(page.state.notice(), None);
            assert_eq!(page.state.phone(), before.phone());
            assert!(!effects.iter().any(|effect| matches!(
                effect,
                Effect::Toast(_) | Effect::Write { .. } | Effect::Read { .. }
            )));
        }
    }
}

#[test]
fn what_a_late_reply_changed_is_asked_of_the_wallet() {
    for (end, news) in [
        (Ok(verified("k1", &[])), WalletNews::OutOfDate),
        (
            Err(problem(409, ProblemCode::PhoneInUse)),
            WalletNews::OutOfDate,
        ),
        (Err(ApiError::Timeout), WalletNews::None),
    ] {
        let mut page = Page::at_code();
        let sent = page.sends(Event::CodeTyped("123456".into()));
        page.on(Event::OtherPhone);
        let effects = page.answers(&sent, end);
        assert_eq!(wallet_news(&effects), news);
    }
}

#[test]
fn a_late_reply_to_another_claim_is_not_taken_for_this_one() {
    let mut page = Page::at_code();
    let old = page.sends(Event::CodeTyped("123456".into()));
    page.on(Event::OtherPhone);
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    let open = page.sends(Event::SendCode);
    page.answers(&open, Ok(code_sent("k2", 120)));
    page.answers(&old, Ok(verified("k1", &[])));
    assert_eq!(page.screen(), Screen::Step(StepKind::Code));
    assert_eq!(page.code_step().claim.id, "k2".into());
}

#[test]
fn the_same_call_about_another_claim_is_not_waited_for() {
    let mut page = Page::at_code();
    page.now = at(60);
    page.sends(Event::Resend);
    page.on(Event::OtherPhone);
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    let open = page.sends(Event::SendCode);
    page.answers(&open, Ok(code_sent("k2", 60)));
    let again = page.sends(Event::Resend);
    assert_eq!(again.write.claim(), Some(&"k2".into()));
}

#[test]
fn a_reply_comes_once() {
    let mut page = Page::at_code();
    let sent = page.sends(Event::CodeTyped("123456".into()));
    page.answers(&sent, Err(wrong(4)));
    page.answers(&sent, Err(wrong(3)));
    assert_eq!(
        page.message(),
        Some((Field::Code, Reason::CodeWrong { attempts_left: 4 }))
    );
}

#[test]
fn a_card_bound_late_is_in_the_wallet() {
    let mut page = Page::at_findings(verified("k1", &[]));
    let sent = page.sends(Event::OpenNewCard);
    page.on(Event::OtherPhone);
    assert_eq!(page.screen(), PHONE_STEP);
    let effects = page.replies(sent.call, Ok(bound("k1")));
    assert_eq!(wallet_news(&effects), WalletNews::Replied);
    assert_eq!(page.screen(), PHONE_STEP);
    // A reload shows the result.
    assert_eq!(page.state.saved().last_bound, Some("k1".into()));
}

/// A page that left the claim `k1` while `event` was under way, and has come
/// back to it.
fn left_and_come_back(event: Event) -> (Page, Sent) {
    let mut page = Page::at_code();
    page.now = at(60);
    let sent = page.sends(event);
    page.on(Event::OtherPhone);
    let call = page.reads_wallet(Event::Begun);
    let effects = page.replies(call, Ok(Reply::Wallet(wallet_summary(Some("k1")))));
    let (call, _) = claim_read_in(&effects).expect("the open claim to load");
    page.replies(call, Ok(Reply::Claim(code_sent("k1", 60))));
    (page, sent)
}

#[test]
fn a_call_that_is_still_under_way_is_waited_for_and_not_made_twice() {
    let (mut page, first) = left_and_come_back(Event::Resend);
    page.sends_nothing(Event::Resend);
    assert!(page.state.is_busy());
    page.answers(&first, Ok(code_sent("k1", 120)));
    assert_eq!(page.state.send_code_at(), Some(at(120)));
    assert!(!page.state.is_busy());

    let (mut page, first) = left_and_come_back(Event::CodeTyped("000000".into()));
    page.sends_nothing(Event::CodeTyped("123456".into()));
    assert!(page.state.is_busy());
    page.answers(&first, Err(wrong(4)));
    // The new code was not tried yet, and is still there.
    assert_eq!(page.code_step().typed.as_str(), "123456");
    page.sends(Event::Verify);
}

#[test]
fn a_binding_that_is_come_back_to_shows_its_result() {
    let stands = || verified("k1", &[("c1", Eligibility::Selectable)]);
    let mut page = Page::at_findings(stands());
    let sent = page.sends(Event::Bind);
    page.on(Event::OtherPhone);
    let call = page.reads_wallet(Event::Begun);
    let effects = page.replies(call, Ok(Reply::Wallet(wallet_summary(Some("k1")))));
    let (call, _) = claim_read_in(&effects).expect("the open claim to load");
    page.replies(call, Ok(Reply::Claim(stands())));
    assert!(page.state.is_busy());
    page.replies(sent.call, Ok(bound("k1")));
    assert_eq!(page.screen(), Screen::Step(StepKind::Done));
}

#[test]
fn a_late_wallet_or_claim_is_ignored() {
    let mut page = Page::new(Saved::default());
    let (call, _) = page.load(Some("k1")).expect("a claim to load");
    page.replies(call, Err(ApiError::Timeout));
    page.on(Event::Dismissed);
    page.on(Event::PhoneTyped(PHONE.into()));
    page.replies(call, Ok(Reply::Claim(code_sent("k1", 60))));
    assert_eq!(page.screen(), PHONE_STEP);
    assert_eq!(page.state.phone().as_str(), PHONE);
}

#[test]
fn a_session_that_is_over_is_told_however_late() {
    let mut page = Page::at_code();
    let sent = page.sends(Event::CodeTyped("123456".into()));
    page.on(Event::OtherPhone);
    let login_url = crate::fixtures::login_url();
    let error = problem(401, ProblemCode::NotSignedIn { login_url });
    let effects = page.answers(&sent, Err(error.clone()));
    assert_eq!(effects, [Effect::SessionFailed(error)]);
}

#[test]
fn a_binding_that_is_refused_late_takes_nothing_from_a_later_one() {
    let found = |claim| verified(claim, &[("c1", Eligibility::Selectable)]);
    let mut page = Page::at_findings(found("k1"));
    let first = page.sends(Event::Bind);
    page.on(Event::OtherPhone);
    page.now = at(60);
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Ok(found("k2")));
    let second = page.sends(Event::Bind);
    page.replies(second.call, Ok(bound("k2")));
    page.answers(&first, Err(problem(410, ProblemCode::ClaimExpired)));
    assert_eq!(page.screen(), Screen::Step(StepKind::Done));
    // So that a reload shows it again.
    assert_eq!(page.state.saved().last_bound, Some("k2".into()));
}
