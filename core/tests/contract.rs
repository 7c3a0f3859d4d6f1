//! The app reads every reply of the contract, and sends nothing else than it
//! allows.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

use kabao_contract::{Contract, Example};
use kabao_core::{
    domain::{
        captcha::CaptchaAnswer,
        card::{Card, CardKind, CardOrigin, CardStatus},
        claim::{Binding, Bound, Claim, Eligibility, Progress},
        coupon::{Coupon, CouponState},
        entry::{Entry, EntryKind},
        id::CardId,
        list_page::ListPage,
        member_code::MemberCode,
        profile::Profile,
        terms::TermsText,
        wallet::{AccountKind, Wallet},
    },
    problem::ProblemCode,
    wire::{
        card::CardInFull,
        problem::read_problem,
        reply::{Acknowledged, Reply, server_time},
        request::{
            BindingBody, ConsentBody, OpenClaimBody, ResendBody, SwitchBody, VerificationBody,
        },
        table::Table,
        wallet::Switched,
    },
};
use serde_json::{Value, json};

fn contract() -> Contract {
    Contract::load().expect("the contract is readable")
}

fn examples() -> Vec<Example> {
    contract()
        .examples()
        .expect("the examples are where they should be")
}

fn example(name: &str) -> Value {
    let mut examples = examples().into_iter();
    examples
        .find(|example| example.name == name)
        .expect("there is such an example")
        .value
}

/// Whether the app reads an example.
fn is_read(example: &Example) -> bool {
    let json = &example.value;
    match example.schema.as_str() {
        "Wallet" => Wallet::read(json).is_ok(),
        "Switched" => Switched::read(json).is_ok(),
        "CardInFull" => CardInFull::read(json).is_ok(),
        "MemberCode" => MemberCode::read(json).is_ok(),
        "ClaimReply" => Claim::read(json).is_ok(),
        "Bound" => Bound::read(json).is_ok(),
        "Profile" => Profile::read(json).is_ok(),
        "Acknowledged" => Acknowledged::read(json).is_ok(),
        "TermsText" => TermsText::read(json).is_ok(),
        "Table" => Table::read(json).is_ok(),
        "Problem" => read_problem(400, &example.value).is_some(),
        "Entries" => ListPage::<Entry>::read(json).is_ok(),
        "Coupons" => ListPage::<Coupon>::read(json).is_ok(),
        other => panic!("the app does not know {other}"),
    }
}

#[test]
fn the_app_reads_every_reply_and_every_problem() {
    let mut count = 0;
    for example in examples().iter().filter(|example| example.status.is_some()) {
        assert!(
            is_read(example),
            "{} of {}: {}",
            example.name,
            example.operation,
            example.value
        );
        count += 1;
    }
    assert!(count > 200, "{count} examples were read");
}

#[test]
fn the_app_reads_the_clock_of_every_reply() {
    for example in examples().iter().filter(|example| example.status.is_some()) {
        assert!(server_time(&example.value).is_some(), "{}", example.name);
    }
}

#[test]
fn the_app_knows_every_problem_of_the_contract() {
    let contract = contract();
    for code in contract.problem_codes() {
        let problem = read_problem(400, &example(code)).expect("readable");
        assert_ne!(problem.code, ProblemCode::Unknown, "{code}");
    }
}

#[test]
fn a_problem_of_the_future_is_unknown_and_no_failure_to_read() {
    let problem = json!({ "type": "about:blank", "code": "of_the_future", "status": 409 });
    let problem = read_problem(400, &problem).expect("readable");
    assert_eq!(problem.code, ProblemCode::Unknown);
}

/// The wallet of an example, with one card changed.
fn with_card(field: &str, value: &str) -> Card {
    let mut wallet = example("wallet_two_cards");
    wallet["cards"][0][field] = json!(value);
    let wallet = Wallet::read(&wallet).expect("readable");
    wallet.cards.into_iter().next().expect("a card")
}

/// The values that the contract allows for a field.
fn values(schema: &str, field: &str) -> Vec<String> {
    let contract = contract();
    let values = &contract.document()["components"]["schemas"][schema]["properties"][field]["enum"];
    serde_json::from_value(values.clone()).expect("an enumeration")
}

#[test]
fn the_app_knows_every_value_of_every_enumeration_and_survives_new_ones() {
    for status in values("Card", "status") {
        assert_ne!(
            with_card("status", &status).status,
            CardStatus::Unknown,
            "{status}"
        );
    }
    assert_eq!(with_card("status", "melted").status, CardStatus::Unknown);
    for kind in values("Card", "kind") {
        assert_ne!(with_card("kind", &kind).kind, CardKind::Unknown, "{kind}");
    }
    assert_eq!(with_card("kind", "golden").kind, CardKind::Unknown);
    for origin in values("Card", "origin") {
        assert_ne!(
            with_card("origin", &origin).origin,
            CardOrigin::Unknown,
            "{origin}"
        );
    }
    assert_eq!(
        with_card("origin", "found_on_the_road").origin,
        CardOrigin::Unknown
    );

    let kind_of_entry = |kind: &str| {
        let mut entries = example("entries");
        entries["items"][0]["kind"] = json!(kind);
        let entries = ListPage::<Entry>::read(&entries).expect("readable");
        entries.items[0].kind
    };
    for kind in values("Entry", "kind") {
        assert_ne!(kind_of_entry(&kind), EntryKind::Unknown, "{kind}");
    }
    assert_eq!(kind_of_entry("stamps"), EntryKind::Unknown);

    let state_of_coupon = |state: &str| {
        let mut coupons = example("coupons");
        coupons["items"][0]["state"] = json!(state);
        let coupons = ListPage::<Coupon>::read(&coupons).expect("readable");
        coupons.items[0].state
    };
    for state in values("Coupon", "state") {
        assert_ne!(state_of_coupon(&state), CouponState::Unknown, "{state}");
    }
    assert_eq!(state_of_coupon("lent"), CouponState::Unknown);

    let kind_of_account = |kind: &str| {
        let mut wallet = example("wallet_two_cards");
        wallet["account"]["kind"] = json!(kind);
        Wallet::read(&wallet).expect("readable").account.kind
    };
    for kind in values("Account", "kind") {
        assert_ne!(kind_of_account(&kind), AccountKind::Unknown, "{kind}");
    }
    assert_eq!(kind_of_account("cooperative"), AccountKind::Unknown);

    let progress = |state: &str| {
        let mut claim = example("claim_verified");
        claim["claim"]["state"] = json!(state);
        Claim::read(&claim).expect("readable").progress
    };
    for state in values("Claim", "state") {
        assert_ne!(progress(&state), Progress::Unknown, "{state}");
    }
    assert_eq!(progress("pondered"), Progress::Unknown);
}

#[test]
fn each_candidate_is_selectable_or_says_why_not() {
    let claim = Claim::read(&example("claim_verified")).expect("readable");
    let Progress::Verified(findings) = claim.progress else {
        panic!("expected findings");
    };
    let eligibilities: Vec<_> = findings
        .candidates
        .iter()
        .map(|candidate| candidate.eligibility)
        .collect();
    assert_eq!(
        eligibilities,
        [
            Eligibility::Selectable,
            Eligibility::Lost,
            Eligibility::Expired,
            Eligibility::StaffCheckRequired,
            Eligibility::AlreadyBound,
        ]
    );
}

#[test]
fn what_the_app_sends_keeps_to_the_contract() {
    let contract = contract();
    let captcha = CaptchaAnswer {
        id: "k1".to_owned(),
        answer: "4711".to_owned(),
    };
    let consent = || ConsentBody { version: "2026-11" };
    let claim = "/claims/k1";
    let sent = [
        (
            "PUT",
            "/current-card".to_owned(),
            json(&SwitchBody { card_id: "c8000" }),
        ),
        (
            "POST",
            "/claims".to_owned(),
            json(&OpenClaimBody {
                phone: "13800018000",
                consent: consent(),
                captcha: None,
            }),
        ),
        (
            "POST",
            "/claims".to_owned(),
            json(&OpenClaimBody {
                phone: "13800018000",
                consent: consent(),
                captcha: Some((&captcha).into()),
            }),
        ),
        (
            "POST",
            format!("{claim}/sms"),
            json(&ResendBody { captcha: None }),
        ),
        (
            "POST",
            format!("{claim}/sms"),
            json(&ResendBody {
                captcha: Some((&captcha).into()),
            }),
        ),
        (
            "POST",
            format!("{claim}/verification"),
            json(&VerificationBody { code: "123456" }),
        ),
        (
            "POST",
            format!("{claim}/binding"),
            json(&BindingBody::from(&Binding::Cards(vec![CardId::from(
                "c8000",
            )]))),
        ),
        (
            "POST",
            format!("{claim}/binding"),
            json(&BindingBody::from(&Binding::NewCard)),
        ),
    ];
    for (method, path, body) in sent {
        let path = format!("/api/v1/accounts/case-2{path}");
        let violations = contract.check_request(method, &path, &body);
        assert_eq!(violations, Vec::<String>::new(), "{method} {path}: {body}");
    }
}

fn json(body: &impl serde::Serialize) -> Value {
    serde_json::to_value(body).expect("a body is JSON")
}
