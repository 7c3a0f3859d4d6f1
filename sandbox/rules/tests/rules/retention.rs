//! What is kept no longer than it is needed.

use kabao_rules::{cases::Case, change::Change, retention};
use serde_json::json;

use crate::play::{Play, text};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

fn due(play: &Play) -> Vec<Change> {
    let world = play.account.as_str().into();
    retention::due(&play.state, &world, play.now)
}

fn tidy(play: &mut Play) {
    let changes = due(play);
    play.apply(&changes);
    assert_eq!(due(play), [], "what is done is not done again");
}

/// The tables whose rows say `text`.
fn tables_with(play: &Play, text: &str) -> Vec<&'static str> {
    let mut tables: Vec<_> = play
        .state
        .rows()
        .filter(|change| {
            let row = change.row().unwrap_or_default();
            row.to_string().contains(text)
        })
        .map(|change| change.table())
        .collect();
    tables.dedup();
    tables
}

const STRANGE: &str = "13987654321";

/// Opens a claim for a number that no row knows.
fn open(play: &mut Play, key: &str) -> (crate::play::Session, String) {
    let fan = play.sign_in(key);
    let body = json!({ "phone": STRANGE, "consent": { "version": "2026-11" } });
    let opened = play.post(&fan, "/claims", &body).ok();
    (fan, text(&opened["claim"]["id"]))
}

fn newest_code(play: &Play) -> String {
    let message = play.state.messages.values().next_back();
    message.expect("a message").code.clone()
}

#[test]
fn a_code_is_forgotten_once_it_is_used_and_the_number_is_the_fans_alone() {
    let mut play = Play::of(Case::OwnToOwn);
    let (fan, claim) = open(&mut play, "axin");
    assert_eq!(tables_with(&play, STRANGE), ["claims", "messages"]);
    let code = newest_code(&play);
    play.verify(&fan, &claim, &code).ok();
    assert_eq!(tables_with(&play, STRANGE), ["fans", "messages"]);
    let code = format!("\"{code}\"");
    assert_eq!(tables_with(&play, &code), ["messages"]);
}

#[test]
fn a_claim_that_ends_forgets_its_number_and_its_code() {
    let mut play = Play::of(Case::OwnToOwn);
    let (fan, claim) = open(&mut play, "axin");
    let claim = format!("/claims/{claim}");
    play.wait(5 * MINUTE - 1);
    let before = play.state.clone();
    tidy(&mut play);
    assert_eq!(play.state, before);
    play.wait(1);
    tidy(&mut play);
    assert!(play.state.claims.values().all(|claim| claim.code.is_none()));
    play.wait(25 * MINUTE);
    tidy(&mut play);
    assert_eq!(tables_with(&play, STRANGE), ["messages"]);
    play.wait(24 * HOUR - 1);
    tidy(&mut play);
    play.get(&fan, &claim).ok();
    play.wait(1);
    tidy(&mut play);
    assert_eq!(tables_with(&play, STRANGE), [""; 0]);
    play.get(&fan, &claim).problem("claim_not_found");
}

#[test]
fn a_message_is_kept_for_a_day() {
    let mut play = Play::of(Case::OwnToOwn);
    open(&mut play, "axin");
    play.wait(24 * HOUR - 1);
    tidy(&mut play);
    assert_eq!(play.state.messages.size(), 1);
    play.wait(1);
    tidy(&mut play);
    assert_eq!(play.state.messages.size(), 0);
}

#[test]
fn a_claim_that_is_given_up_for_another_forgets_its_number() {
    let mut play = Play::of(Case::OwnToOwn);
    let (fan, _) = open(&mut play, "axin");
    play.open_claim(&fan, "9000").ok();
    assert_eq!(tables_with(&play, STRANGE), ["messages"]);
}

#[test]
fn unlinking_leaves_the_number_nowhere_but_where_the_merchant_had_it() {
    let mut play = Play::of(Case::OwnToOwn);
    let (fan, claim) = open(&mut play, "axin");
    let code = newest_code(&play);
    play.verify(&fan, &claim, &code).ok();
    play.open_new(&fan, &claim).ok();
    assert_eq!(tables_with(&play, STRANGE), ["fans", "members", "messages"]);
    play.delete(&fan, "/profile/phone").ok();
    assert_eq!(tables_with(&play, STRANGE), [""; 0]);

    let li = play.sign_in("li");
    let (claim, _) = play.claim(&li, "8000");
    play.bind(&li, &claim, &[play.card("8000")]).ok();
    play.delete(&li, "/profile/phone").ok();
    let phone = play.phone("8000");
    assert_eq!(tables_with(&play, &phone), ["people", "members"]);
    let axin = play.sign_in("axin");
    play.wait(MINUTE);
    play.claim(&axin, "8000").1.problem("card_already_bound");
}

#[test]
fn a_number_that_is_still_unproven_goes_with_it_too() {
    let mut play = Play::of(Case::OwnToOwn);
    let (fan, _) = open(&mut play, "axin");
    play.delete(&fan, "/profile/phone").ok();
    assert_eq!(tables_with(&play, STRANGE), [""; 0]);
}

#[test]
fn unlinking_does_not_begin_the_limits_anew() {
    let mut play = Play::of(Case::OwnToOwn);
    let (fan, _) = open(&mut play, "axin");
    play.delete(&fan, "/profile/phone").ok();
    let body = json!({ "phone": STRANGE, "consent": { "version": "2026-11" } });
    play.post(&fan, "/claims", &body).problem("sms_too_fast");
}

#[test]
fn a_month_later_nothing_is_left_of_a_visit() {
    let mut play = Play::of(Case::Captcha);
    let before: Vec<_> = play
        .state
        .rows()
        .map(|row| (row.table(), row.key()))
        .collect();
    let li = play.sign_in("li");
    play.open_claim(&li, "8000").problem("captcha_required");
    let begun = play.begin_sign_in("/enter?account=captcha");
    play.answer_of_wechat(&begun.expect("a page"), &Play::as_stranger("li"));
    play.wait(30 * 24 * HOUR);
    tidy(&mut play);
    let rows = play.state.rows().map(|row| (row.table(), row.key()));
    let left: Vec<_> = rows.filter(|row| !before.contains(row)).collect();
    assert_eq!(left, []);
}

#[test]
fn what_is_still_needed_is_kept() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    play.claim(&li, "8000").1.ok();
    let before = play.state.clone();
    tidy(&mut play);
    assert_eq!(play.state, before);

    let mut play = Play::of(Case::Captcha);
    let li = play.sign_in("li");
    play.open_claim(&li, "8000").problem("captcha_required");
    let begun = play.begin_sign_in("/enter?account=captcha");
    play.answer_of_wechat(&begun.expect("a page"), &Play::as_stranger("li"));
    let before = play.state.clone();
    tidy(&mut play);
    assert_eq!(play.state, before);
}

#[test]
fn the_clock_of_one_world_ages_no_other() {
    let mut play = Play::of(Case::OwnToOwn);
    let now = play.now;
    play.apply(&kabao_rules::cases::World::of(Case::OwnToPlatform).build(now));
    play.sign_in("li");
    let other = "case-2".into();
    let later = now.plus_seconds(60 * 24 * HOUR);
    assert_eq!(retention::due(&play.state, &other, later), []);
}
