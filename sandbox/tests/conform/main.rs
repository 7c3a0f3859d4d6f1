//! The sandbox keeps the contract, as `kabao-conform` finds it from outside; and what a
//! backend may get wrong, `kabao-conform` finds.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod fault;
mod scene;

use std::{collections::BTreeSet, sync::LazyLock};

use kabao_contract::{
    Contract,
    conform::{self, check::Check, report::Report},
};

use fault::Fault;
use scene::Scene;

static CONTRACT: LazyLock<Contract> =
    LazyLock::new(|| Contract::load().expect("the contract is readable"));

fn look(scene: &Scene) -> Report {
    conform::run(&CONTRACT, &scene.target()).expect("the sandbox can be asked")
}

fn broken(report: &Report) -> BTreeSet<Check> {
    report.broken().iter().map(|(_, check)| *check).collect()
}

/// Asserts that the sandbox with this fault breaks `expected` and nothing else.
fn finds(fault: Fault, scene: fn(Option<Fault>) -> Scene, expected: Check) {
    let report = look(&scene(Some(fault)));
    let table = report.table(&CONTRACT);
    assert_eq!(broken(&report), BTreeSet::from([expected]), "{table}");
}

/// What no scene leads to: it takes time, a crowd, or a backend that is down.
const OUT_OF_REACH: &[&str] = &[
    "rate_limited",
    "unavailable",
    "internal",
    "in_progress",
    "sms_hourly_limit",
    "sms_daily_limit",
    "code_expired",
    "card_already_bound",
];

#[test]
fn the_sandbox_keeps_the_contract() {
    let mut tried = BTreeSet::new();
    let mut called = BTreeSet::new();
    let mut unseen: BTreeSet<&str> = CONTRACT.problem_codes().into_iter().collect();
    let refusals = ["case-1x", "captcha", "gateway", "sms-exhausted"].map(Scene::refusal);
    for scene in [Scene::claim(None), Scene::lists(None)]
        .into_iter()
        .chain(refusals)
    {
        let report = look(&scene);
        let still: BTreeSet<&str> = report.unseen_problems(&CONTRACT).into_iter().collect();
        unseen = unseen.intersection(&still).copied().collect();
        let table = report.table(&CONTRACT);
        assert_eq!(broken(&report), BTreeSet::new(), "{table}");
        tried.extend(
            report
                .rows()
                .iter()
                .filter(|row| row.kept > 0 || !row.broken.is_empty())
                .map(|row| row.check),
        );
        called.extend(report.rows().iter().map(|row| row.operation.clone()));
    }
    assert_eq!(unseen, OUT_OF_REACH.iter().copied().collect());
    for check in Check::ALL {
        assert!(tried.contains(check), "{} was tried", check.name());
    }
    for operation in CONTRACT.operations() {
        assert!(
            called.contains(&operation.id),
            "{} was called",
            operation.id
        );
    }
}

#[test]
fn a_status_of_another_call_is_found() {
    finds(Fault::WrongStatus, Scene::claim, Check::Declared);
}

#[test]
fn a_problem_of_another_media_type_is_found() {
    finds(Fault::WrongMediaType, Scene::lists, Check::MediaType);
}

#[test]
fn a_missing_field_is_found() {
    finds(Fault::MissingField, Scene::lists, Check::Schema);
}

#[test]
fn a_reply_that_a_cache_may_keep_is_found() {
    finds(Fault::MayBeStored, Scene::lists, Check::NoStore);
}

#[test]
fn a_cookie_that_scripts_can_read_is_found() {
    finds(Fault::OpenCookie, Scene::lists, Check::CookieAttributes);
}

#[test]
fn idempotency_that_is_ignored_is_found() {
    finds(Fault::FreshKeys, Scene::claim, Check::Idempotency);
}

#[test]
fn a_revision_that_is_ignored_is_found() {
    finds(Fault::AnyRevision, Scene::claim, Check::IfMatch);
}

#[test]
fn a_switch_in_place_that_a_late_one_undoes_is_found() {
    finds(Fault::SameRevision, Scene::claim, Check::NewRevision);
}

#[test]
fn a_card_that_others_can_read_is_found() {
    finds(Fault::CardsOfOthers, Scene::lists, Check::OthersCard);
}

#[test]
fn a_cursor_that_leads_in_a_circle_is_found() {
    finds(Fault::CursorCircles, Scene::lists, Check::Paging);
}

#[test]
fn a_backend_open_to_other_origins_is_found() {
    finds(Fault::Cors, Scene::lists, Check::Cors);
}

#[test]
fn an_sms_limit_that_is_not_kept_is_found() {
    finds(Fault::NoSmsLimit, Scene::claim, Check::SmsLimit);
}

#[test]
fn a_sign_in_that_another_browser_can_end_is_found() {
    finds(Fault::AnyBrowser, Scene::lists, Check::StateBound);
}

#[test]
fn a_page_of_another_fan_that_may_write_is_found() {
    finds(Fault::AnyPage, Scene::claim, Check::KabaoFan);
}

#[test]
fn a_wait_that_only_the_body_tells_is_found() {
    finds(Fault::NoRetryAfter, Scene::claim, Check::RetryAfter);
}

#[test]
fn entries_in_another_order_are_found() {
    finds(Fault::OldestFirst, Scene::lists, Check::NewestFirst);
}

#[test]
fn a_session_that_goes_on_is_found() {
    finds(Fault::SessionLives, Scene::claim, Check::SignedOut);
}

#[test]
fn a_sign_in_on_another_host_is_found() {
    finds(Fault::LoginElsewhere, Scene::lists, Check::LoginUrl);
}
