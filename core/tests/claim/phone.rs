//! The first step: a number and consent.

use kabao_core::{
    domain::{merchant::Retention, mobile_number::MobileNumberError, wallet::Wallet},
    json::Json,
    machine::claim::{
        call::Write,
        event::{Event, WalletSummary},
        placement::{Field, Reason, StepKind},
        state::Screen,
    },
    problem::{ApiError, ProblemCode},
    wire::reply::Reply as _,
};
use serde_json::json;

use crate::{
    fixtures::{PHONE, TERMS, at, code_sent, problem, told, wallet_summary},
    page::{Page, WalletNews, phone_of, wallet_news},
};

const PHONE_STEP: Screen = Screen::Step(StepKind::Phone);

#[test]
fn what_the_field_shows_is_sent() {
    let mut page = Page::ready_to_send();
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    let sent = page.sends(Event::SendCode);
    assert_eq!(phone_of(&sent.write), "13900139000");
    assert!(
        matches!(&sent.write, Write::Open { terms_version, captcha: None, .. }
        if terms_version == TERMS)
    );
    let effects = page.answers(&sent, Ok(code_sent("k1", 60)));
    assert_eq!(wallet_news(&effects), WalletNews::OutOfDate);
    assert_eq!(page.screen(), Screen::Step(StepKind::Code));
    assert_eq!(page.code_step().claim.phone_masked, "138****8000");
}

#[test]
fn what_is_no_number_is_named_and_not_sent() {
    let mut page = Page::ready_to_send();
    for (typed, error) in [
        ("", MobileNumberError::Empty),
        ("138 0013 800", MobileNumberError::TooShort),
        ("128 0013 8000", MobileNumberError::NotMobile),
    ] {
        page.on(Event::PhoneTyped(typed.into()));
        page.sends_nothing(Event::SendCode);
        assert_eq!(
            page.message(),
            Some((Field::Phone, Reason::Number(error))),
            "{typed}"
        );
    }
    page.on(Event::PhoneTyped(PHONE.into()));
    assert_eq!(page.message(), None);
}

#[test]
fn forgotten_consent_is_asked_for() {
    let mut page = Page::at_phone();
    page.on(Event::PhoneTyped(PHONE.into()));
    page.sends_nothing(Event::SendCode);
    assert!(page.state.asks_consent());
    page.sends_nothing(Event::ConsentDeclined);
    assert!(!page.state.asks_consent() && !page.state.has_consent());
    // The sheet is closed: a second tap on what was its button does nothing.
    page.sends_nothing(Event::ConsentAgreed);
    assert!(!page.state.has_consent());

    page.sends_nothing(Event::SendCode);
    let sent = page.sends(Event::ConsentAgreed);
    assert_eq!(phone_of(&sent.write), "13800138000");
    assert!(page.state.has_consent() && !page.state.asks_consent());
}

#[test]
fn a_double_tap_sends_once() {
    let mut page = Page::ready_to_send();
    page.sends(Event::SendCode);
    assert!(page.state.is_busy());
    page.sends_nothing(Event::SendCode);
}

#[test]
fn changed_terms_are_agreed_to_anew_and_are_another_key() {
    let mut page = Page::ready_to_send();
    let first = page.sends(Event::SendCode);
    let version = "2026-12".to_owned();
    let error = problem(422, ProblemCode::ConsentRequired { version });
    let effects = page.answers(&first, Err(error));
    assert_eq!(wallet_news(&effects), WalletNews::OutOfDate);
    assert_eq!(page.state.terms_version(), Some("2026-12"));
    assert!(!page.state.has_consent());
    assert_eq!(page.message(), Some((Field::Consent, Reason::TermsChanged)));
    assert_eq!(page.screen(), PHONE_STEP);

    page.sends_nothing(Event::SendCode);
    let second = page.sends(Event::ConsentAgreed);
    assert!(matches!(&second.write, Write::Open { terms_version, .. }
        if terms_version == "2026-12"));
    assert_ne!(second.key, first.key);
}

#[test]
fn terms_are_said_to_have_changed_only_to_who_had_agreed_to_others() {
    let mut agreed = Page::ready_to_send();
    agreed.on(Event::WalletUpdated(wallet_summary(None)));
    assert!(agreed.state.has_consent());
    assert_eq!(agreed.message(), None);

    let mut undecided = Page::at_phone();
    undecided.on(Event::WalletUpdated(WalletSummary {
        terms_version: "2026-12".to_owned(),
        ..wallet_summary(None)
    }));
    assert_eq!(undecided.state.terms_version(), Some("2026-12"));
    assert_eq!(undecided.message(), None);
}

#[test]
fn terms_that_change_while_the_outcome_is_unknown_are_another_key() {
    let mut page = Page::ready_to_send();
    let first = page.sends(Event::SendCode);
    page.answers(&first, Err(ApiError::Timeout));
    let wallet = WalletSummary {
        terms_version: "2026-12".to_owned(),
        ..wallet_summary(None)
    };
    page.on(Event::WalletUpdated(wallet));
    assert!(!page.state.has_consent());
    assert_eq!(page.message(), Some((Field::Consent, Reason::TermsChanged)));
    // The retry asks for consent as the button does.
    page.sends_nothing(Event::Retry);
    assert!(page.state.asks_consent());
    let second = page.sends(Event::ConsentAgreed);
    assert_ne!(second.key, first.key);
}

#[test]
fn consent_to_an_old_version_counts_for_nothing() {
    let mut page = Page::at_phone();
    page.on(Event::ConsentTicked);
    assert!(page.state.has_consent());
    page.on(Event::ConsentUnticked);
    assert!(!page.state.has_consent());
    page.on(Event::ConsentTicked);
    let wallet = WalletSummary {
        terms_version: "2026-12".to_owned(),
        ..wallet_summary(None)
    };
    page.on(Event::WalletUpdated(wallet.clone()));
    assert!(!page.state.has_consent());
    page.on(Event::ConsentTicked);
    assert!(page.state.has_consent());
    assert_eq!(page.message(), None);
    page.on(Event::WalletUpdated(wallet));
    assert!(page.state.has_consent());
}

#[test]
fn too_soon_is_said_at_the_button_until_it_is_over() {
    let mut page = Page::ready_to_send();
    let sent = page.sends(Event::SendCode);
    page.now = at(10);
    let error = told(429, ProblemCode::SmsTooFast, Some(45), None);
    page.answers(&sent, Err(error));
    assert_eq!(page.message(), Some((Field::SendCode, Reason::SmsTooFast)));
    assert_eq!(page.state.send_code_at(), Some(at(55)));
    assert_eq!(page.state.message_at(Field::Phone), None);

    page.now = at(54);
    page.sends_nothing(Event::SendCode);
    page.now = at(55);
    page.sends(Event::SendCode);
}

#[test]
fn the_wait_is_that_of_the_number_that_it_was_told_for() {
    let mut page = Page::ready_to_send();
    let sent = page.sends(Event::SendCode);
    let error = told(429, ProblemCode::SmsTooFast, Some(45), None);
    page.answers(&sent, Err(error));
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    assert_eq!(page.message(), None);
    assert_eq!(page.state.send_code_at(), None);
    let sent = page.sends(Event::SendCode);
    assert_eq!(phone_of(&sent.write), "13900139000");
}

#[test]
fn a_number_that_the_backend_refuses_is_named_at_its_field() {
    let mut page = Page::ready_to_send();
    let sent = page.sends(Event::SendCode);
    page.answers(&sent, Err(problem(422, ProblemCode::PhoneInvalid)));
    assert_eq!(page.message(), Some((Field::Phone, Reason::NumberRefused)));
    assert_eq!(page.state.phone().as_str(), PHONE);
}

#[test]
fn a_number_corrected_while_it_is_sent_does_not_stop_the_claim() {
    let mut page = Page::ready_to_send();
    let sent = page.sends(Event::SendCode);
    page.on(Event::PhoneTyped("139 0013 9000".into()));
    page.answers(&sent, Ok(code_sent("k1", 60)));
    // The code went to the number that was shown when it was asked for, and
    // that is the number that the step names.
    assert_eq!(page.code_step().claim.phone_masked, "138****8000");
}

#[test]
fn the_wallet_says_whether_old_cards_may_be_promised() {
    for (retained, retention) in [
        (json!(null), Retention::Kept),
        (json!(true), Retention::Kept),
        (json!(false), Retention::NotKept),
    ] {
        let mut page = Page::at_phone();
        let wallet = json!({
            "server_time": "2026-11-23T13:04:05.678Z", "revision": "7",
            "account": { "id": "case-1b", "name": "川味小馆", "kind": "own", "follows": true, "links": [] },
            "merchants": [
                { "id": "m0", "name": "老码头", "brand_color": "#b3261e" },
                {
                    "id": "m1", "name": "川味小馆", "brand_color": "#b3261e",
                    "members_retained": retained,
                },
            ],
            "merchant_id": "m1", "issue_mode": "manual", "phone_proven": false,
            "terms": { "version": TERMS }, "cards": [],
        });
        let wallet = Wallet::read(&Json::from(&wallet)).expect("a wallet");
        page.on(Event::WalletUpdated(WalletSummary::of(&wallet)));
        assert_eq!(page.state.retention(), retention, "{retained}");
    }
}

#[test]
fn nothing_private_is_printed() {
    let mut page = Page::ready_to_send();
    page.sends(Event::SendCode);
    let mut code = Page::at_code();
    code.on(Event::CodeTyped("987654".into()));
    let printed = format!(
        "{:?} {:?} {:?}",
        page.state,
        code.state,
        Event::PhoneTyped(PHONE.into())
    );
    for secret in ["13800138000", PHONE, "0013", "987654"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
