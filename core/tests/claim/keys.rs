//! Idempotency keys: one for each thing asked for, kept while it is not known
//! what became of it.

use kabao_core::{
    domain::{
        claim::{Binding, Eligibility},
        id::CardId,
    },
    machine::claim::{
        call::Write,
        effect::Effect,
        event::{Event, Reply},
        placement::StepKind,
        saved::{Fingerprint, Saved, SavedKey},
        state::Screen,
    },
    problem::{ApiError, ProblemCode},
};

use crate::{
    fixtures::{
        MASKED, PHONE, TERMS, at, bound, code_sent, gateway, problem, told, verified,
        wallet_summary,
    },
    page::{Page, Sent, WalletNews, claim_read_in, wallet_news},
};

/// A page that is about to make each of the calls, and what makes it.
fn about_to_write() -> Vec<(Page, Event)> {
    let mut resend = Page::at_code();
    resend.now = at(60);
    let mut verify = Page::at_code();
    verify.on(Event::CodeComposed("123456".into()));
    vec![
        (Page::ready_to_send(), Event::SendCode),
        (resend, Event::Resend),
        (verify, Event::Verify),
        (at_choose(), Event::Bind),
        (at_choose(), Event::OpenNewCard),
    ]
}

fn at_choose() -> Page {
    let cards = [
        ("c1", Eligibility::Selectable),
        ("c2", Eligibility::Selectable),
    ];
    Page::at_findings(verified("k1", &cards))
}

fn saved(effects: &[Effect]) -> Option<&Saved> {
    effects.iter().find_map(|effect| match effect {
        Effect::Save(saved) => Some(saved),
        _ => None,
    })
}

#[test]
fn while_the_outcome_is_unknown_the_key_stays_and_the_step_too() {
    for error in [
        ApiError::Offline,
        ApiError::Timeout,
        ApiError::Unreadable,
        gateway(502),
        gateway(503),
        gateway(504),
        gateway(408),
        problem(500, ProblemCode::Internal),
        problem(503, ProblemCode::Unavailable),
        problem(409, ProblemCode::InProgress),
        problem(429, ProblemCode::RateLimited),
    ] {
        for (mut page, event) in about_to_write() {
            let screen = page.screen();
            let first = page.sends(event);
            page.answers(&first, Err(error.clone()));
            assert_eq!(page.screen(), screen, "{error:?}");
            let notice = page.state.notice().expect("a notice");
            assert_eq!(notice.error, error);
            assert!(notice.can_retry());
            assert!(!page.state.is_busy());

            let again = page.sends(Event::Retry);
            assert_eq!((&again.write, &again.key), (&first.write, &first.key));
            // The notice stays, so that its button can show that it is busy.
            assert!(page.state.notice().is_some() && page.state.is_busy());
            page.sends_nothing(Event::Retry);
        }
    }
}

#[test]
fn the_button_of_the_step_repeats_with_the_same_key_too() {
    for (mut page, event) in about_to_write() {
        let first = page.sends(event.clone());
        page.answers(&first, Err(ApiError::Timeout));
        let again = page.sends(event);
        assert_eq!(again.key, first.key);
    }
}

#[test]
fn a_wait_that_the_other_side_asks_for_is_kept() {
    let mut page = Page::ready_to_send();
    let first = page.sends(Event::SendCode);
    page.now = at(100);
    let error = told(429, ProblemCode::RateLimited, Some(7), None);
    page.answers(&first, Err(error));
    let notice = page.state.notice().expect("a notice");
    assert_eq!(notice.retry_at, Some(at(107)));
    page.now = at(106);
    page.sends_nothing(Event::Retry);
    page.now = at(107);
    page.sends(Event::Retry);
}

#[test]
fn what_others_can_mend_is_repeated_with_the_same_key() {
    for (status, code) in [
        (502, ProblemCode::SmsGatewayFailed),
        (503, ProblemCode::SmsCreditsExhausted),
        (429, ProblemCode::SmsHourlyLimit),
        (429, ProblemCode::SmsDailyLimit),
    ] {
        let mut page = Page::ready_to_send();
        let first = page.sends(Event::SendCode);
        page.answers(&first, Err(problem(status, code.clone())));
        assert_eq!(page.screen(), Screen::Blocked, "{code:?}");
        let again = page.sends(Event::Retry);
        assert_eq!(again.key, first.key, "{code:?}");
        page.answers(&again, Ok(code_sent("k1", 60)));
        assert_eq!(page.screen(), Screen::Step(StepKind::Code));
    }
}

#[test]
fn once_the_outcome_is_known_the_next_try_is_another_key() {
    for (status, code) in [
        (422, ProblemCode::PhoneInvalid),
        (400, ProblemCode::BadRequest),
        (403, ProblemCode::Forbidden),
        (418, ProblemCode::Unknown),
    ] {
        let mut page = Page::ready_to_send();
        let first = page.sends(Event::SendCode);
        page.answers(&first, Err(problem(status, code.clone())));
        page.on(Event::Dismissed);
        let second = page.sends(Event::SendCode);
        assert_ne!(second.key, first.key, "{code:?}");
    }
}

#[test]
fn another_body_is_another_key() {
    let mut page = Page::ready_to_send();
    let first = page.sends(Event::SendCode);
    page.answers(&first, Err(ApiError::Timeout));
    page.on(Event::PhoneTyped("13811118000".into()));
    let second = page.sends(Event::Retry);
    assert_ne!(second.key, first.key);

    let mut page = at_choose();
    let first = page.sends(Event::Bind);
    page.answers(&first, Err(ApiError::Timeout));
    page.on(Event::CardToggled(CardId::from("c2")));
    let second = page.sends(Event::Bind);
    assert_ne!(second.key, first.key);
    assert!(
        matches!(second.write, Write::Bind { binding: Binding::Cards(cards), .. }
        if cards == [CardId::from("c1")])
    );
}

/// Asks for a code, whose reply is lost, and reloads.
fn lost_and_reloaded() -> (Page, Sent) {
    let mut page = Page::ready_to_send();
    let first = page.sends(Event::SendCode);
    (page.reloaded(), first)
}

#[test]
fn a_key_survives_a_reload() {
    let (mut page, first) = lost_and_reloaded();
    page.load(None);
    page.on(Event::PhoneTyped(PHONE.into()));
    page.on(Event::ConsentTicked);
    let again = page.sends(Event::SendCode);
    assert_eq!(again.key, first.key);
}

#[test]
fn a_key_is_saved_before_the_call_and_forgotten_after_it() {
    let mut page = Page::ready_to_send();
    let effects = page.on(Event::SendCode);
    let Some(Effect::Save(kept)) = effects.first() else {
        unreachable!("{effects:?}");
    };
    let sent = crate::page::sent_in(&effects).expect("a call");
    let key = SavedKey {
        key: sent.key.clone(),
        fingerprint: Fingerprint::Open {
            phone_masked: MASKED.to_owned(),
            terms_version: TERMS.to_owned(),
        },
        shown_before: None,
    };
    assert_eq!(kept.keys, [key]);
    let effects = page.answers(&sent, Ok(code_sent("k1", 60)));
    assert_eq!(saved(&effects), Some(&Saved::default()));
}

#[test]
fn after_a_reload_another_number_or_other_terms_are_another_key() {
    let (mut page, first) = lost_and_reloaded();
    page.load(None);
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    page.on(Event::ConsentTicked);
    let second = page.sends(Event::SendCode);
    assert_ne!(second.key, first.key);
}

#[test]
fn the_claim_that_a_lost_call_opened_settles_its_key() {
    let (mut page, first) = lost_and_reloaded();
    let (call, claim) = page.load(Some("k1")).expect("a claim to load");
    assert_eq!(claim, "k1".into());
    let effects = page.replies(call, Ok(Reply::Claim(code_sent("k1", 60))));
    assert_eq!(saved(&effects), Some(&Saved::default()));
    page.on(Event::OtherPhone);
    page.on(Event::PhoneTyped(PHONE.into()));
    page.on(Event::ConsentTicked);
    let second = page.sends(Event::SendCode);
    assert_ne!(second.key, first.key);
}

#[test]
fn a_binding_keeps_its_key_across_a_reload() {
    for (event, other) in [
        (Event::Bind, Event::OpenNewCard),
        (Event::OpenNewCard, Event::Bind),
    ] {
        let mut page = at_choose();
        let first = page.sends(event.clone());
        for (event, is_same) in [(event, true), (other, false)] {
            let mut page = page.reloaded();
            let (call, _) = page.load(Some("k1")).expect("a claim to load");
            let cards = [
                ("c1", Eligibility::Selectable),
                ("c2", Eligibility::Selectable),
            ];
            page.replies(call, Ok(Reply::Claim(verified("k1", &cards))));
            let again = page.sends(event);
            assert_eq!(again.key == first.key, is_same);
        }
    }
}

#[test]
fn a_resend_keeps_its_key_across_a_reload_unless_the_claim_shows_that_it_was_done() {
    for (resend_at, is_done) in [(60, false), (120, true)] {
        let mut page = Page::at_code();
        page.now = at(60);
        let first = page.sends(Event::Resend);
        let mut page = page.reloaded();
        let (call, _) = page.load(Some("k1")).expect("a claim to load");
        page.replies(call, Ok(Reply::Claim(code_sent("k1", resend_at))));
        page.now = at(120);
        let again = page.sends(Event::Resend);
        assert_eq!(again.key != first.key, is_done);
    }
}

#[test]
fn a_code_that_may_have_counted_keeps_its_key_when_the_claim_is_read_again() {
    let mut page = Page::at_code();
    let first = page.sends(Event::CodeTyped("123456".into()));
    page.answers(&first, Err(ApiError::Timeout));
    page.on(Event::OtherPhone);
    let call = page.reads_wallet(Event::Begun);
    let effects = page.replies(call, Ok(Reply::Wallet(wallet_summary(Some("k1")))));
    let (call, _) = claim_read_in(&effects).expect("the open claim to load");
    page.replies(call, Ok(Reply::Claim(code_sent("k1", 60))));
    let again = page.sends(Event::CodeTyped("123456".into()));
    assert_eq!(again.key, first.key);
}

#[test]
fn a_claim_that_goes_on_settles_the_keys_of_the_step_before() {
    let mut page = Page::at_code();
    page.now = at(60);
    let resend = page.sends(Event::Resend);
    page.answers(&resend, Err(ApiError::Timeout));
    assert_eq!(page.state.saved().keys.len(), 1);
    let verify = page.sends(Event::CodeTyped("123456".into()));
    page.answers(
        &verify,
        Ok(verified("k1", &[("c1", Eligibility::Selectable)])),
    );
    assert_eq!(page.state.saved(), Saved::default());
}

#[test]
fn neither_a_code_nor_an_answered_captcha_is_saved() {
    let mut page = Page::at_code();
    page.sends(Event::CodeTyped("987654".into()));
    assert_eq!(page.state.saved(), Saved::default());

    let mut page = Page::ready_to_send();
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(problem(403, crate::fixtures::captcha("p1"))));
    let without_answer = page.state.saved();
    page.on(Event::CaptchaTyped("4711".to_owned()));
    page.sends(Event::CaptchaSubmitted);
    assert_eq!(page.state.saved(), without_answer);
}

#[test]
fn what_is_saved_is_not_personal() {
    let mut page = Page::ready_to_send();
    page.sends(Event::SendCode);
    let text = page.state.saved().encode();
    assert!(text.contains("138") && text.contains("8000"), "{text}");
    assert!(!text.contains("0013"), "{text}");
}

#[test]
fn what_was_saved_is_read_again() {
    let key =
        |byte| kabao_core::domain::idempotency_key::IdempotencyKey::from_random_bytes([byte; 16]);
    // An identifier is the backend's, and may hold whatever parts the others.
    let odd = "k\t1\nbound%,";
    let fingerprints = [
        Fingerprint::Open {
            phone_masked: MASKED.to_owned(),
            terms_version: odd.to_owned(),
        },
        Fingerprint::Resend {
            claim: odd.into(),
            after: at(60),
        },
        Fingerprint::Bind {
            claim: "k1".into(),
            binding: Binding::Cards(vec!["c1".into(), odd.into()]),
        },
        Fingerprint::Bind {
            claim: odd.into(),
            binding: Binding::NewCard,
        },
    ];
    let keys = (1..).zip(fingerprints).map(|(byte, fingerprint)| SavedKey {
        key: key(byte),
        fingerprint,
        shown_before: (byte > 1).then(|| odd.into()),
    });
    let saved = Saved {
        keys: keys.collect(),
        last_bound: Some(odd.into()),
    };
    assert_eq!(Saved::decode(&saved.encode()), saved);
    assert_eq!(Saved::default().encode(), "");
}

#[test]
fn what_the_storage_holds_otherwise_is_passed_over() {
    let key = "01010101-0101-4101-8101-010101010101";
    for text in [
        "",
        "\n\n",
        "{}",
        "bound",
        "bound\t%zz",
        &format!("{key}\t"),
        &format!("{key}\t\topen"),
        &format!("{key}\t\tresend\tk1\tsoon"),
        &format!("{key}\t\tverify\tk1\t123456"),
        &format!("{key}\t\tbind\tk1"),
        "not-a-key\t\tbind\tk1\tc1",
    ] {
        assert_eq!(Saved::decode(text), Saved::default(), "{text}");
    }
}

#[test]
fn a_key_that_was_anothers_is_replaced_once_by_itself() {
    let reused = || problem(422, ProblemCode::IdempotencyKeyReused);
    // Two numbers with the same masked form.
    let (mut page, first) = lost_and_reloaded();
    page.load(None);
    page.on(Event::PhoneTyped("13811118000".into()));
    page.on(Event::ConsentTicked);
    let second = page.sends(Event::SendCode);
    assert_eq!(second.key, first.key);

    let effects = page.answers(&second, Err(reused()));
    let third = crate::page::sent_in(&effects).expect("another try");
    assert_eq!(third.write, second.write);
    assert_ne!(third.key, second.key);
    assert!(page.state.is_busy());

    page.answers(&third, Err(reused()));
    assert!(!page.state.is_busy());
    assert!(page.state.notice().expect("a notice").can_retry());
    let fourth = page.sends(Event::Retry);
    assert_ne!(fourth.key, third.key);
}

#[test]
fn a_refused_key_is_not_replaced_when_the_field_shows_something_else() {
    let mut page = Page::ready_to_send();
    let first = page.sends(Event::SendCode);
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    let reused = problem(422, ProblemCode::IdempotencyKeyReused);
    let effects = page.answers(&first, Err(reused));
    assert!(crate::page::sent_in(&effects).is_none(), "{effects:?}");
    assert!(!page.state.is_busy());
    assert_eq!(page.message(), None);
}

#[test]
fn a_refusal_from_before_the_key_is_looked_at_says_nothing_about_an_earlier_try() {
    let login_url = crate::fixtures::login_url();
    for error in [
        problem(401, ProblemCode::NotSignedIn { login_url }),
        problem(403, ProblemCode::AccountUnavailable),
        problem(403, ProblemCode::SnapshotUser),
        problem(404, ProblemCode::NotFound),
        problem(409, ProblemCode::AnotherFan),
    ] {
        for (mut page, event) in about_to_write() {
            let first = page.sends(event.clone());
            page.answers(&first, Err(ApiError::Timeout));
            let saved = page.state.saved();
            let again = page.sends(Event::Retry);
            page.answers(&again, Err(error.clone()));
            assert_eq!(page.state.saved(), saved, "{error:?}");
            let third = page.sends(event);
            assert_eq!(third.key, first.key, "{error:?}");
        }
    }
}

#[test]
fn a_body_that_is_changed_and_changed_back_is_the_same_write() {
    let mut page = Page::ready_to_send();
    let first = page.sends(Event::SendCode);
    page.answers(&first, Err(ApiError::Timeout));
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    let other = page.sends(Event::SendCode);
    page.answers(&other, Err(ApiError::Timeout));
    let mut reloaded = page.reloaded();
    reloaded.load(None);
    reloaded.on(Event::ConsentTicked);
    for mut page in [page, reloaded] {
        page.on(Event::PhoneTyped(PHONE.into()));
        let again = page.sends(Event::SendCode);
        assert_eq!((&again.write, &again.key), (&first.write, &first.key));
    }

    let mut page = at_choose();
    let first = page.sends(Event::Bind);
    page.answers(&first, Err(ApiError::Timeout));
    page.on(Event::CardToggled(CardId::from("c2")));
    let other = page.sends(Event::Bind);
    page.answers(&other, Err(ApiError::Timeout));
    page.on(Event::CardToggled(CardId::from("c2")));
    let again = page.sends(Event::Bind);
    assert_eq!(again.key, first.key);
}

#[test]
fn the_claim_before_does_not_tell_what_became_of_the_next() {
    let mut page = Page::at_code();
    page.on(Event::OtherPhone);
    page.now = at(60);
    let lost = page.sends(Event::SendCode);
    for (open, is_settled) in [("k1", false), ("k2", true)] {
        let mut page = page.reloaded();
        let (call, _) = page.load(Some(open)).expect("a claim to load");
        page.replies(call, Ok(Reply::Claim(code_sent(open, 60))));
        page.on(Event::OtherPhone);
        page.on(Event::PhoneTyped(PHONE.into()));
        page.on(Event::ConsentTicked);
        let again = page.sends(Event::SendCode);
        assert_eq!(again.key != lost.key, is_settled, "{open}");
    }
}

#[test]
fn the_reply_to_a_repeated_binding_does_not_bring_an_old_wallet_back() {
    let mut page = at_choose();
    let first = page.sends(Event::Bind);
    let effects = page.replies(first.call, Ok(bound("k1")));
    assert_eq!(wallet_news(&effects), WalletNews::Replied);

    // The client has sent it again by itself.
    let mut page = at_choose();
    let first = page.sends(Event::Bind);
    let mut twice = bound("k1");
    if let Reply::Bound(bound) = &mut twice {
        bound.wallet = None;
    }
    let effects = page.replies(first.call, Ok(twice));
    assert_eq!(wallet_news(&effects), WalletNews::OutOfDate);
    assert_eq!(page.screen(), Screen::Step(StepKind::Done));

    let mut page = at_choose();
    let first = page.sends(Event::Bind);
    page.answers(&first, Err(ApiError::Timeout));
    let again = page.sends(Event::Retry);
    let effects = page.replies(again.call, Ok(bound("k1")));
    assert_eq!(wallet_news(&effects), WalletNews::OutOfDate);
    assert_eq!(page.screen(), Screen::Step(StepKind::Done));
}
