//! How many SMS and captchas there are for whom.

use kabao_contract::Contract;
use kabao_rules::{
    cases::{Case, World},
    change::Change,
    command::Command,
    limits,
    state::{Counted, Tally},
};
use serde_json::{Value, json};

use crate::play::{Answer, Play, Session, text};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const ENTRY: &str = "/enter?account=case-1a";

fn opening(phone: &str) -> Value {
    json!({ "phone": phone, "consent": { "version": "2026-11" } })
}

/// Opens a claim, and solves the captcha if there is one.
#[track_caller]
fn open(play: &mut Play, who: &Session, phone: &str) -> Answer {
    let answer = play.post(who, "/claims", &opening(phone));
    if answer.body["code"] != "captcha_required" {
        return answer;
    }
    let id = text(&answer.body["captcha"]["id"]);
    let mut body = opening(phone);
    body["captcha"] = json!({ "answer": play.state.captchas[&id].answer, "id": id });
    play.post(who, "/claims", &body)
}

/// A number that nobody else has.
fn number(index: usize) -> String {
    format!("139{index:08}")
}

fn stranger(play: &mut Play, index: usize) -> Session {
    let visitor = Play::as_stranger(&format!("stranger-{index}"));
    play.enter(ENTRY, &visitor).expect("a session").0
}

/// A world whose merchant has credits for everybody.
fn play_with_credits() -> Play {
    let mut play = Play::of(Case::OwnToOwn);
    play.command(&Command::SetSmsCredits {
        merchant: play.merchant("chuanwei"),
        credits: 5_000,
    });
    play
}

/// As if the last SMS had been one of `count` alike, sent two hours ago.
fn multiply(play: &mut Play, count: usize) {
    let last = play.state.tallies.values().next_back();
    let last = last.expect("an SMS was sent").clone();
    let copies: Vec<_> = (1..count)
        .map(|index| {
            Change::PutTally(Tally {
                id: format!("copy-{index}"),
                number: None,
                at: last.at.plus_seconds(-2 * HOUR),
                ..last.clone()
            })
        })
        .collect();
    play.apply(&copies);
}

#[test]
fn the_limits_have_the_names_and_numbers_of_the_contract() {
    let contract = Contract::load().expect("the contract");
    let told = contract.document()["x-limits"]
        .as_object()
        .expect("limits by name");
    // What is tried in other tests, by these numbers.
    let elsewhere = [
        ("number_interval", 60),
        ("code_lives", 5 * 60),
        ("code_attempts", 5),
        ("claim_lives", 30 * 60),
        ("state_lives", 10 * 60),
        ("session_lives", 30 * 24 * 60 * 60),
        ("sessions_per_fan", 10),
    ];
    let all: Vec<_> = limits::NAMED.iter().chain(&elsewhere).collect();
    for (name, limit) in &all {
        assert_eq!(told[*name], json!(limit), "{name}");
    }
    assert_eq!(told.len(), all.len());
}

#[test]
fn a_fan_can_not_spend_the_credits_of_a_merchant() {
    let mut play = play_with_credits();
    let li = play.sign_in("li");
    let mut numbers = (0..).map(number);
    let mut sent_within = |play: &mut Play| {
        let sent = numbers.by_ref().take(30);
        sent.filter(|phone| open(play, &li, phone).status == 201)
            .count()
    };
    assert_eq!(sent_within(&mut play), 10);
    play.wait(HOUR);
    assert_eq!(sent_within(&mut play), 10);
    play.wait(HOUR);
    assert_eq!(sent_within(&mut play), 0);
    let refused = open(&mut play, &li, &number(99)).problem("rate_limited");
    assert_eq!(refused["retry_after"], 22 * HOUR);
    assert!(refused["support"].is_object(), "staff can help");
    let axin = play.sign_in("axin");
    open(&mut play, &axin, &number(99)).ok();
}

#[test]
fn from_the_seventh_sms_of_a_session_a_captcha_is_asked_for() {
    let mut play = play_with_credits();
    let li = play.sign_in("li");
    for index in 0..6 {
        play.post(&li, "/claims", &opening(&number(index))).ok();
    }
    play.post(&li, "/claims", &opening(&number(6)))
        .problem("captcha_required");
    let again = play.sign_in("li");
    play.post(&again, "/claims", &opening(&number(6))).ok();
}

#[test]
fn a_number_that_others_have_used_up_is_open_to_its_owner_with_a_captcha_and_then_to_staff() {
    let mut play = play_with_credits();
    let (attacker, owner) = (play.sign_in("axin"), play.sign_in("li"));
    let phone = play.phone("8000");
    for _ in 0..5 {
        play.post(&attacker, "/claims", &opening(&phone)).ok();
        play.wait(MINUTE);
    }
    open(&mut play, &attacker, &phone).problem("sms_hourly_limit");
    for _ in 0..3 {
        play.post(&owner, "/claims", &opening(&phone))
            .problem("captcha_required");
        open(&mut play, &owner, &phone).ok();
        play.wait(MINUTE);
    }
    let refused = open(&mut play, &owner, &phone).problem("sms_hourly_limit");
    assert!(refused["support"]["phone"].is_string(), "staff can help");
}

#[test]
fn a_number_gets_twenty_sms_a_day_whoever_asks() {
    let mut play = play_with_credits();
    let phone = play.phone("8000");
    let mut sent = 0;
    for index in 0..12 {
        let fan = stranger(&mut play, index);
        for _ in 0..6 {
            if open(&mut play, &fan, &phone).status == 201 {
                sent += 1;
                play.wait(MINUTE);
            }
        }
    }
    assert_eq!(sent, 20);
    let owner = play.sign_in("li");
    open(&mut play, &owner, &phone).problem("sms_daily_limit");
}

#[test]
fn an_address_is_asked_for_captchas_long_before_it_is_refused() {
    let mut play = play_with_credits();
    play.address = Some("192.0.2.1".to_owned());
    for index in 0..30 {
        let fan = stranger(&mut play, index);
        play.post(&fan, "/claims", &opening(&number(index))).ok();
    }
    let fan = stranger(&mut play, 30);
    play.post(&fan, "/claims", &opening(&number(30)))
        .problem("captcha_required");
    multiply(&mut play, 271);
    play.wait(HOUR);
    let fan = stranger(&mut play, 31);
    open(&mut play, &fan, &number(31)).problem("rate_limited");
    // Cases are worlds of their own, with clocks of their own.
    let now = play.now;
    play.apply(&World::of(Case::OwnToPlatform).build(now));
    let elsewhere = Play::as_stranger("elsewhere");
    let elsewhere = play.enter("/enter?account=case-2", &elsewhere);
    let (elsewhere, _) = elsewhere.expect("a session");
    play.post(&elsewhere, "/claims", &opening(&number(32))).ok();
    play.address = Some("192.0.2.2".to_owned());
    open(&mut play, &fan, &number(31)).ok();
}

#[test]
fn a_merchant_s_fans_are_asked_for_captchas_long_before_they_are_refused() {
    let mut play = play_with_credits();
    for index in 0..60 {
        let fan = stranger(&mut play, index);
        play.post(&fan, "/claims", &opening(&number(index))).ok();
    }
    let fan = stranger(&mut play, 60);
    play.post(&fan, "/claims", &opening(&number(60)))
        .problem("captcha_required");
    multiply(&mut play, 941);
    open(&mut play, &fan, &number(60)).problem("rate_limited");
}

#[test]
fn a_fan_is_shown_twenty_captchas_an_hour() {
    let mut play = Play::of(Case::Captcha);
    let li = play.sign_in("li");
    for _ in 0..20 {
        play.open_claim(&li, "8000").problem("captcha_required");
    }
    play.open_claim(&li, "8000").problem("rate_limited");
    let shown = |tally: &&Tally| tally.what == Counted::Captcha;
    assert_eq!(play.state.tallies.values().filter(shown).count(), 20);
    play.wait(HOUR);
    play.open_claim(&li, "8000").problem("captcha_required");
}

#[test]
fn what_limits_keep_tells_nobody_s_number_or_identity() {
    let mut play = Play::of(Case::OwnToOwn);
    play.address = Some("192.0.2.1".to_owned());
    let li = play.sign_in("li");
    play.open_claim(&li, "8000").ok();
    let rows = play.state.rows().filter(|row| row.table() == "tallies");
    let rows: Vec<_> = rows.filter_map(|row| row.row()).collect();
    assert_eq!(rows.len(), 1);
    let row = rows[0].to_string();
    let openid = &play.state.fans[&li.fan].openid;
    for secret in [play.phone("8000").as_str(), openid.as_str(), "192.0.2.1"] {
        assert!(!row.contains(&format!("\"{secret}")), "{row}");
    }
}
