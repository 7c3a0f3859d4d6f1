//! The switch.

use std::cmp::Ordering;

use kabao_rules::{
    cases::Case,
    command::Command,
    request::{Method, Request},
    state::CardStatus,
};

use crate::play::{Play, Session, text};

/// 小李 of case 2 with both cards, and the revision of the wallet.
fn two_cards() -> (Play, Session, String) {
    let mut play = Play::of(Case::OwnToPlatform);
    let li = play.sign_in("li");
    let (claim, _) = play.claim(&li, "8000");
    let bound = play.bind(&li, &claim, &[play.card("8000")]).ok();
    let revision = text(&bound["wallet"]["revision"]);
    (play, li, revision)
}

#[test]
fn a_switch_on_an_outdated_wallet_is_refused_with_the_present_one() {
    let (mut play, li, revision) = two_cards();
    let card = play.card("8000");
    play.switch(&li, &card, &revision).ok();
    let refused = play.switch(&li, &card, &revision);
    assert_eq!(refused.status, 412);
    let problem = refused.problem("wallet_changed");
    assert_eq!(problem["wallet"]["current_card_id"], card);
}

#[test]
fn a_card_that_is_not_the_fans_is_not_found() {
    let (mut play, li, revision) = two_cards();
    let card = play.card("7000");
    play.switch(&li, &card, &revision).problem("card_not_found");
}

#[test]
fn a_card_that_cannot_be_used_cannot_be_switched_to() {
    for (status, code) in [
        (CardStatus::Frozen, "card_frozen"),
        (CardStatus::Lost, "card_lost"),
        (CardStatus::Expired, "card_expired"),
    ] {
        let (mut play, li, revision) = two_cards();
        let card = play.card("8000");
        play.command(&Command::SetCardStatus {
            card: card.as_str().into(),
            status,
        });
        let problem = play.switch(&li, &card, &revision).problem(code);
        assert!(problem["support"]["staff_code"].is_string());
    }
}

#[test]
fn a_switch_back_to_the_card_in_use_overtakes_one_that_comes_late() {
    let (mut play, li, revision) = two_cards();
    let current = text(&play.wallet(&li)["current_card_id"]);
    let answer = play.switch(&li, &current, &revision).ok();
    assert_eq!(answer["current_card_id"], current);
    assert_ne!(answer["revision"], revision);
    let late = play.card("8000");
    play.switch(&li, &late, &revision).problem("wallet_changed");
    assert_eq!(play.wallet(&li)["current_card_id"], current);
}

#[test]
fn a_switch_without_if_match_is_a_bad_request() {
    let (mut play, li, _) = two_cards();
    let request = play.request(&li, Method::Put, "/current-card");
    let body = serde_json::json!({ "card_id": play.card("8000") }).to_string();
    play.call(&Request { body, ..request })
        .problem("bad_request");
}

#[test]
fn switching_moves_the_focus_to_the_cards_merchant() {
    let mut play = Play::of(Case::OwnToPlatform);
    let chen = play.sign_in("chen");
    let wallet = play.wallet(&chen);
    assert_eq!(wallet["merchant_id"], play.merchant("jiangnan").as_str());
    let card = play.card("4000");
    play.switch(&chen, &card, &text(&wallet["revision"])).ok();
    let after = play.wallet(&chen);
    assert_eq!(after["current_card_id"], card);
    assert_eq!(after["merchant_id"], play.merchant("chuanwei").as_str());
}

#[test]
fn the_revision_goes_up_with_every_change_of_the_wallet_and_with_no_other() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let mut last = 0;
    let mut revision = |play: &mut Play| {
        let now: u64 = text(&play.wallet(&li)["revision"])
            .parse()
            .expect("a number");
        let change = now.cmp(&last);
        last = now;
        change
    };
    revision(&mut play);
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    assert_eq!(revision(&mut play), Ordering::Equal, "a claim is opened");
    let code = play.code("8000");
    play.verify(&li, &claim, &code).ok();
    assert_eq!(
        revision(&mut play),
        Ordering::Greater,
        "the phone is proven"
    );
    play.bind(&li, &claim, &[play.card("8000")]).ok();
    assert_eq!(revision(&mut play), Ordering::Greater, "a card is bound");
    play.delete(&li, "/profile/phone").ok();
    assert_eq!(
        revision(&mut play),
        Ordering::Greater,
        "the phone is unlinked"
    );
    let (merchant, account) = (play.merchant("chuanwei"), play.account.clone());
    play.command(&Command::ClearPhones { merchant, account });
    assert_eq!(revision(&mut play), Ordering::Greater, "phones are cleared");

    let (mut play, li, before) = two_cards();
    let card = play.card("8000");
    let switched = play.switch(&li, &card, &before).ok();
    let [before, after] = [before, text(&switched["revision"])].map(|text| text.parse::<u64>());
    assert!(after.expect("a number") > before.expect("a number"));
    assert_eq!(play.wallet(&li)["revision"], switched["revision"]);
}

#[test]
fn a_card_that_is_issued_or_found_changes_the_revision() {
    let mut play = Play::of(Case::OwnToPlatform);
    let li = play.sign_in("li");
    assert_ne!(play.wallet(&li)["revision"], "1");
}
