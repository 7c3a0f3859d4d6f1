//! The till: what a scanned code takes from its card, and why not.

use kabao_rules::{
    cases::Case,
    command::Command,
    entropy::Entropy,
    id::CardId,
    state::{CodeMode, EntryKind},
    till::{self, Receipt, Refusal},
};
use serde_json::json;

use crate::play::{Play, Session, text};

fn scan(play: &mut Play, payload: &str, amount_fen: i64) -> Result<Receipt, Refusal> {
    let entropy = Entropy::from_seed([9; 32]);
    let (result, changes) = till::scan(&play.state, payload, amount_fen, play.now, entropy);
    assert_eq!(result.is_ok(), !changes.is_empty(), "{result:?}");
    play.apply(&changes);
    result
}

fn code(play: &mut Play, session: &Session, card: &str) -> serde_json::Value {
    play.get(session, &format!("/cards/{card}/code")).ok()
}

/// The code that the person shows, with nothing of the app between.
fn code_of(play: &Play, key: &str) -> Option<String> {
    let mut people = play.state.people.values();
    let person = people.find(|person| person.openid.as_str() == key);
    till::code_of(&play.state, person.expect("such a person"), play.now)
}

/// The number of a card, which is also its offline code.
fn number(play: &Play, tail: &str) -> String {
    play.state.cards[&CardId::from(play.card(tail))]
        .number
        .clone()
}

#[test]
fn a_code_that_is_used_takes_the_price_and_earns_a_point_for_each_whole_yuan() {
    let mut play = Play::of(Case::Statuses);
    let quan = play.sign_in("quan");
    let card = play.card("3006");
    let before = code(&mut play, &quan, &card);
    assert!(before.get("last_use").is_none(), "{before}");
    let payload = text(&before["payload"]);
    assert_eq!(code_of(&play, "quan").as_ref(), Some(&payload));

    play.wait(5);
    let receipt = scan(&mut play, &payload, 5_899);
    let expected = Receipt {
        card: CardId::from(card.as_str()),
        amount_fen: 5_899,
        balance_fen: 39_701,
        points: 58,
    };
    assert_eq!(receipt, Ok(expected));

    let now = play.now.rfc3339();
    let last_use = code(&mut play, &quan, &card)["last_use"].clone();
    assert_eq!(
        last_use,
        json!({ "at": now, "title": "消费", "amount_fen": 5_899, "points": 58 })
    );
    let shown = play.get(&quan, &format!("/cards/{card}")).ok()["card"].clone();
    assert_eq!(shown["balance_fen"], 39_701);
    assert_eq!(shown["points"], 1_918);
    assert_eq!(shown["last_used_at"], now);
    assert_eq!(shown["updated_at"], now);

    let entries = play.get(&quan, &format!("/cards/{card}/entries")).ok();
    let newest: Vec<_> = [0, 1]
        .map(|place| &entries["items"][place])
        .map(|entry| (&entry["kind"], &entry["amount"], &entry["balance_after"]))
        .into();
    assert_eq!(
        newest,
        [
            (&json!("stored_value"), &json!(-5_899), &json!(39_701)),
            (&json!("points"), &json!(58), &json!(1_918)),
        ]
    );
    assert_eq!(entries["items"][0]["at"], now);
}

#[test]
fn less_than_a_yuan_earns_nothing_and_points_lead_to_the_next_level() {
    let mut play = Play::of(Case::Statuses);
    let payload = code_of(&play, "quan").expect("a code");
    let card = CardId::from(play.card("3006"));
    let count = |play: &Play| play.state.entries_of(&card).count();
    let before = count(&play);
    assert_eq!(scan(&mut play, &payload, 99).map(|it| it.points), Ok(0));
    assert_eq!(count(&play), before + 1);
    let newest = play.state.entries_of(&card).next().expect("an entry");
    assert_eq!(newest.kind, EntryKind::StoredValue);

    assert_eq!(play.state.cards[&card].level.name, "银卡会员");
    scan(&mut play, &payload, 14_000).expect("it is taken");
    assert_eq!(play.state.cards[&card].points, 2_000);
    assert_eq!(play.state.cards[&card].level.name, "金卡会员");
}

#[test]
fn what_can_t_be_taken_is_refused_and_changes_nothing() {
    let mut play = Play::of(Case::Statuses);
    for (payload, amount, refusal) in [
        (String::new(), 5_800, Refusal::UnknownCode),
        ("881234567890".to_owned(), 5_800, Refusal::UnknownCode),
        ("x".to_owned(), 5_800, Refusal::UnknownCode),
        (number(&play, "3001"), 5_800, Refusal::Frozen),
        (number(&play, "3002"), 5_800, Refusal::Lost),
        (number(&play, "3003"), 5_800, Refusal::Expired),
        (number(&play, "3004"), 5_800, Refusal::BalanceTooSmall),
        (number(&play, "3006"), 45_601, Refusal::BalanceTooSmall),
        (number(&play, "3006"), 100_000_000, Refusal::BalanceTooSmall),
        (number(&play, "3006"), 100_000_001, Refusal::NoAmount),
        (number(&play, "3006"), 0, Refusal::NoAmount),
        (number(&play, "3006"), -5_800, Refusal::NoAmount),
        (number(&play, "3006"), i64::MAX, Refusal::NoAmount),
        (number(&play, "3006"), i64::MIN, Refusal::NoAmount),
        (number(&play, "3005"), 5_800, Refusal::OfflineCode),
    ] {
        assert_eq!(
            scan(&mut play, &payload, amount),
            Err(refusal),
            "{payload} {amount}"
        );
        let (chinese, english) = (refusal.sentence(), refusal.english_sentence());
        assert!(chinese.ends_with('。'), "{chinese}");
        assert!(english.ends_with('.'), "{english}");
    }
    let payload = number(&play, "3006");
    assert!(scan(&mut play, &payload, 45_600).is_ok());
}

#[test]
fn a_code_that_changes_is_taken_as_long_as_it_is_said_to_live() {
    for (mode, lives_after) in [
        (CodeMode::Rotating, true),
        (CodeMode::RotatingByExpiry, false),
    ] {
        let mut play = Play::of(Case::Statuses);
        play.command(&Command::SetCodeMode {
            merchant: play.merchant("yunshang"),
            mode,
        });
        let payload = code_of(&play, "zhuan").expect("a code");
        assert!(scan(&mut play, &payload, 100).is_ok());
        play.wait(30);
        assert_eq!(scan(&mut play, &payload, 100).is_ok(), lives_after);
        play.wait(30);
        assert_eq!(scan(&mut play, &payload, 100), Err(Refusal::UnknownCode));
    }
}

#[test]
fn a_till_is_a_command_too() {
    let mut play = Play::of(Case::Statuses);
    let card = CardId::from(play.card("3006"));
    let use_code = |payload: &str| Command::UseCode {
        payload: payload.to_owned(),
        amount_fen: 5_800,
    };
    let before = play.state.clone();
    play.command(&use_code("881234567890"));
    assert_eq!(play.state, before);
    let payload = code_of(&play, "quan").expect("a code");
    play.command(&use_code(&payload));
    assert_eq!(play.state.cards[&card].balance_fen, 39_800);
}

#[test]
fn a_code_tells_whose_clock_the_till_goes_by() {
    let play = Play::of(Case::Statuses);
    let payload = code_of(&play, "quan").expect("a code");
    let world_of = |payload: &str| till::world_of(&play.state, payload, play.now);
    assert_eq!(world_of(&payload), Some(play.account.as_str().into()));
    assert_eq!(world_of("881234567890"), None);
}

#[test]
fn who_has_no_card_in_use_shows_no_code() {
    let play = Play::of(Case::OwnToOwn);
    assert_eq!(code_of(&play, "li"), None);
}
