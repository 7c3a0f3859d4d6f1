//! Every problem at every step.

use kabao_contract::Contract;
use kabao_core::{
    domain::{claim::Eligibility, id::CardId},
    json::Json,
    machine::claim::{
        effect::Effect,
        event::{Event, Reply},
        placement::{Field, Placement, Reason, StepKind, placement},
        saved::Saved,
        state::{Screen, Step},
    },
    problem::{ApiError, ProblemCode},
};

use crate::{
    fixtures::{PHONE, at, bound, code_sent, gateway, problem, told, verified, wallet_summary},
    page::{Page, Sent, WalletNews, wallet_news},
};

const PHONE_STEP: Screen = Screen::Step(StepKind::Phone);

/// A page at each step that makes calls, with a call under way.
fn under_way() -> Vec<(StepKind, Page, Sent)> {
    let cards = [
        ("c1", Eligibility::Selectable),
        ("c2", Eligibility::Selectable),
    ];
    [
        (Page::ready_to_send(), Event::SendCode),
        (Page::at_code(), Event::Resend),
        (Page::at_code(), Event::CodeTyped("123456".into())),
        (Page::at_findings(verified("k1", &cards)), Event::Bind),
        (Page::at_findings(verified("k1", &[])), Event::OpenNewCard),
    ]
    .into_iter()
    .map(|(mut page, event)| {
        page.now = at(60);
        let step = page.state.step().kind();
        let sent = page.sends(event);
        (step, page, sent)
    })
    .collect()
}

/// The problems of the contract, each as its first example has it.
fn contract_problems() -> Vec<(String, ApiError)> {
    let contract = Contract::load().expect("the contract is readable");
    let examples = contract
        .examples()
        .expect("the examples are in their place");
    contract
        .problem_codes()
        .into_iter()
        .map(|code| {
            let example = examples
                .iter()
                .find(|example| example.schema == "Problem" && example.value["code"] == code)
                .expect("an example of each code");
            let status = example.value["status"].as_u64().expect("a status");
            let status = u16::try_from(status).expect("a status");
            let problem =
                kabao_core::wire::problem::read_problem(status, &Json::from(&example.value))
                    .expect("readable");
            (code.to_owned(), ApiError::from(problem))
        })
        .collect()
}

#[test]
fn every_problem_of_the_contract_shows_at_every_step() {
    for (code, error) in contract_problems() {
        assert_ne!(error.code(), Some(&ProblemCode::Unknown), "{code}");
        for (step, mut page, sent) in under_way() {
            let effects = page.answers(&sent, Err(error.clone()));
            let is_shown = page.message().is_some()
                || page.state.blocked().is_some()
                || page.state.notice().is_some()
                || page.state.captcha().is_some()
                || effects.iter().any(|effect| {
                    matches!(
                        effect,
                        // A refused key is replaced by itself.
                        Effect::SessionFailed(_) | Effect::Write { .. }
                    )
                });
            assert!(is_shown, "{code} is silent at {step:?}");
        }
    }
}

/// What each code looks like at each step. Where it says nothing else, a code
/// has a page of its own.
#[test]
fn every_problem_of_the_contract_has_this_place() {
    use StepKind::{Choose, Code, Done, Loading, NothingFound, Phone};
    let beside = [Phone, Code, Choose, NothingFound, Done];
    for (code, error) in contract_problems() {
        for step in StepKind::ALL {
            let expected = match (code.as_str(), step) {
                ("not_signed_in" | "another_fan", _) => Placement::Session,
                (
                    "rate_limited"
                    | "unavailable"
                    | "internal"
                    | "in_progress"
                    | "idempotency_key_reused",
                    step,
                ) if beside.contains(&step) => Placement::Notice,
                ("phone_invalid", Phone) => Placement::Inline(Field::Phone, Reason::NumberRefused),
                ("consent_required", _) => Placement::Inline(Field::Consent, Reason::TermsChanged),
                ("sms_too_fast", Phone | Code) => {
                    Placement::Inline(Field::SendCode, Reason::SmsTooFast)
                }
                ("captcha_required", Phone | Code) => Placement::Captcha,
                ("code_wrong", Code) => {
                    let attempts_left = 4;
                    Placement::Inline(Field::Code, Reason::CodeWrong { attempts_left })
                }
                ("code_expired", Code) => Placement::Inline(Field::Code, Reason::CodeExpired),
                ("too_many_attempts", Code) => Placement::Inline(Field::Code, Reason::CodeBurned),
                ("claim_not_found" | "claim_expired", _) => {
                    Placement::Inline(Field::SendCode, Reason::ClaimExpired)
                }
                (_, Loading | Phone | Code | Choose | NothingFound | Done) => Placement::Page,
            };
            assert_eq!(placement(step, &error), expected, "{code} at {step:?}");
        }
    }
}

#[test]
fn what_did_not_come_from_the_backend_stands_beside_the_step() {
    for error in [
        ApiError::Offline,
        ApiError::Timeout,
        ApiError::Unreadable,
        gateway(502),
        gateway(413),
    ] {
        for step in StepKind::ALL {
            let expected = match step {
                StepKind::Loading => Placement::Page,
                _ => Placement::Notice,
            };
            assert_eq!(placement(step, &error), expected, "{error:?} at {step:?}");
        }
    }
}

#[test]
fn a_number_in_use_says_so_and_not_that_the_claim_has_expired() {
    for code in [ProblemCode::PhoneInUse, ProblemCode::CardAlreadyBound] {
        let mut page = Page::at_code();
        let sent = page.sends(Event::CodeTyped("123456".into()));
        let error = problem(409, code);
        let effects = page.answers(&sent, Err(error.clone()));
        assert_eq!(wallet_news(&effects), WalletNews::OutOfDate);
        assert_eq!(page.screen(), Screen::Blocked);
        let blocked = page.state.blocked().expect("a problem");
        assert_eq!(blocked.error, error);
        assert!(!blocked.can_retry());
        assert_eq!(page.message(), None);

        page.on(Event::Opened);
        assert_eq!(page.screen(), Screen::Blocked);
        page.on(Event::Dismissed);
        assert_eq!(page.screen(), PHONE_STEP);
        assert_eq!(page.message(), None);
        assert_eq!(page.state.phone().as_str(), PHONE);
    }
}

#[test]
fn a_claim_that_ends_under_the_fan_says_so_at_the_first_step() {
    for (_, mut page, sent) in under_way() {
        let effects = page.answers(&sent, Err(problem(410, ProblemCode::ClaimExpired)));
        assert_eq!(wallet_news(&effects), WalletNews::OutOfDate);
        assert_eq!(page.screen(), PHONE_STEP);
        assert_eq!(
            page.message(),
            Some((Field::SendCode, Reason::ClaimExpired))
        );
    }
}

#[test]
fn what_the_session_has_to_mend_leaves_what_was_typed() {
    let login_url = crate::fixtures::login_url();
    for error in [
        problem(401, ProblemCode::NotSignedIn { login_url }),
        problem(409, ProblemCode::AnotherFan),
    ] {
        for (step, mut page, sent) in under_way() {
            let before = page.state.clone();
            let effects = page.answers(&sent, Err(error.clone()));
            assert_eq!(effects, [Effect::SessionFailed(error.clone())]);
            assert_eq!(page.screen(), Screen::Step(step));
            assert!(!page.state.is_busy());
            assert_eq!(page.state.step(), before.step());
            assert_eq!(page.state.phone(), before.phone());
            assert_eq!(page.state.has_consent(), before.has_consent());
        }
    }
}

#[test]
fn nothing_of_one_account_is_left_for_another() {
    for (_, mut page, sent) in under_way() {
        page.state = page.state.of_another_account(Saved::default());
        assert_eq!(page.screen(), Screen::Step(StepKind::Loading));
        assert_eq!(page.state.phone().as_str(), "");
        assert_eq!(page.state.saved(), Saved::default());
        // A reply to the account before is nobody's.
        assert_eq!(page.answers(&sent, Ok(code_sent("k1", 60))), []);
        assert_eq!(page.replies(sent.call, Ok(bound("k1"))), []);
        assert_eq!(page.screen(), Screen::Step(StepKind::Loading));
        let call = page.reads_wallet(Event::Opened);
        assert_ne!(call, sent.call);
    }
}

#[test]
fn a_reply_to_the_account_before_fits_no_call_of_the_next() {
    let mut page = Page::new(Saved::default());
    let before = page.reads_wallet(Event::Opened);
    page.state = page.state.of_another_account(Saved::default());
    page.reads_wallet(Event::Opened);
    let wallet = Reply::Wallet(wallet_summary(Some("k1")));
    assert_eq!(page.replies(before, Ok(wallet)), []);
    assert!(page.state.is_busy());
}

#[test]
fn consent_that_is_required_later_leads_back_to_where_it_is_given() {
    let mut page = Page::at_code();
    page.now = at(60);
    let sent = page.sends(Event::Resend);
    let version = "2026-12".to_owned();
    page.answers(
        &sent,
        Err(problem(422, ProblemCode::ConsentRequired { version })),
    );
    assert_eq!(page.screen(), PHONE_STEP);
    assert_eq!(page.message(), Some((Field::Consent, Reason::TermsChanged)));
}

#[test]
fn a_card_that_can_not_be_bound_after_all_is_not_chosen_any_longer() {
    for (code, eligibility) in [
        (ProblemCode::CardLost, Eligibility::Lost),
        (ProblemCode::CardExpired, Eligibility::Expired),
        (ProblemCode::CardAlreadyBound, Eligibility::AlreadyBound),
    ] {
        let cards = [
            ("c1", Eligibility::Selectable),
            ("c2", Eligibility::Selectable),
        ];
        let mut page = Page::at_findings(verified("k1", &cards));
        let sent = page.sends(Event::Bind);
        page.answers(&sent, Err(told(409, code.clone(), None, Some("c1"))));
        assert_eq!(page.screen(), Screen::Blocked);
        page.on(Event::Dismissed);
        let Step::Choose(step) = page.state.step() else {
            unreachable!("{:?}", page.state.step());
        };
        assert_eq!(step.chosen, [CardId::from("c2")]);
        assert_eq!(step.findings.candidates[0].eligibility, eligibility);

        let sent = page.sends(Event::Bind);
        page.answers(&sent, Err(told(409, code, None, Some("c2"))));
        page.on(Event::Dismissed);
        assert_eq!(page.screen(), Screen::Step(StepKind::NothingFound));
        page.sends_nothing(Event::Bind);
    }
}

#[test]
fn cards_are_chosen_by_tapping_them() {
    let cards = [
        ("c1", Eligibility::Selectable),
        ("c2", Eligibility::Selectable),
        ("c3", Eligibility::Lost),
    ];
    let mut page = Page::at_findings(verified("k1", &cards));
    for card in ["c1", "c2", "c3"] {
        page.on(Event::CardToggled(card.into()));
    }
    page.sends_nothing(Event::Bind);
    assert_eq!(page.message(), Some((Field::Cards, Reason::NoCardChosen)));
    page.on(Event::CardToggled("c2".into()));
    assert_eq!(page.message(), None);
    let Step::Choose(step) = page.state.step() else {
        unreachable!("{:?}", page.state.step());
    };
    assert_eq!(step.chosen, [CardId::from("c2")]);
}

#[test]
fn a_new_card_is_opened_only_where_that_is_allowed() {
    let mut claim = verified("k1", &[]);
    if let kabao_core::domain::claim::Progress::Verified(findings) = &mut claim.progress {
        findings.new_card = kabao_core::domain::claim::NewCard::NotAllowed;
    }
    let mut page = Page::at_findings(claim);
    page.sends_nothing(Event::OpenNewCard);
    assert!(!page.state.is_busy());
}

#[test]
fn a_reply_leaves_the_step_where_it_is() {
    // What a view is keyed on stays the same through notices, messages and
    // captchas, so that it keeps its elements.
    for error in [
        gateway(502),
        problem(422, ProblemCode::CodeWrong { attempts_left: 4 }),
        problem(410, ProblemCode::CodeExpired),
        problem(403, crate::fixtures::captcha("p1")),
        told(429, ProblemCode::SmsTooFast, Some(45), None),
    ] {
        let mut page = Page::at_code();
        let screen = page.screen();
        let sent = page.sends(Event::CodeTyped("123456".into()));
        assert_eq!(page.screen(), screen);
        page.answers(&sent, Err(error.clone()));
        assert_eq!(page.screen(), screen, "{error:?}");
    }
}
