//! The backend's own words, in the language that a request asks for.

use kabao_rules::{cases::Case, request::Request};
use serde_json::Value;

use crate::play::{Play, Session, text};

fn get_in(play: &mut Play, session: &Session, language: &str, path: &str) -> Value {
    let request = play.request(session, kabao_rules::request::Method::Get, path);
    let answer = play.call(&Request {
        accept_language: Some(language.to_owned()),
        ..request
    });
    answer.ok()
}

/// The words of the backend's own in a reply: not the names of people and shops.
fn words(value: &Value, field: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let is_level = matches!(field, "level" | "next");
                words(value, if is_level { "level" } else { name }, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, field, found)),
        Value::String(text) => {
            let names = ["level", "benefits", "label", "title", "rule", "shop"];
            if names.contains(&field) {
                found.push(text.clone());
            }
        }
        _ => {}
    }
}

fn words_of(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    words(value, "", &mut found);
    assert!(!found.is_empty(), "{value}");
    found
}

fn is_chinese(text: &str) -> bool {
    text.contains(|letter: char| ('\u{3000}'..='\u{9FFF}').contains(&letter))
}

#[test]
fn every_word_is_there_in_english() {
    for (case, key) in [
        (Case::Statuses, "quan"),
        (Case::Statuses, "jiang"),
        (Case::Many, "ba"),
        (Case::OwnToPlatform, "chen"),
        (Case::OwnToOperator, "chen"),
        (Case::OwnToOwn, "axin"),
    ] {
        let mut play = Play::of(case);
        let session = play.sign_in(key);
        let wallet = get_in(&mut play, &session, "en-GB, zh;q=0.5", "/wallet");
        let mut replies = vec![wallet.clone()];
        for card in wallet["cards"].as_array().expect("cards") {
            let card = text(&card["id"]);
            for part in ["entries", "coupons"] {
                let path = format!("/cards/{card}/{part}");
                let page = get_in(&mut play, &session, "en", &path);
                let is_empty = page["items"].as_array().is_some_and(Vec::is_empty);
                replies.extend((!is_empty).then_some(page));
            }
        }
        for reply in replies {
            for word in words_of(&reply) {
                assert!(!is_chinese(&word), "{} {key}: {word}", case.name());
            }
        }
    }
}

#[test]
fn names_stay_what_they_are() {
    let mut play = Play::of(Case::Statuses);
    let quan = play.sign_in("quan");
    let wallet = get_in(&mut play, &quan, "en", "/wallet");
    assert_eq!(wallet["merchants"][0]["name"], "老街火锅");
    assert_eq!(wallet["account"]["name"], "食在本地");
    assert_eq!(wallet["cards"][0]["holder"]["name"], "阿券");
}

#[test]
fn without_a_language_and_in_any_other_they_are_in_chinese() {
    let mut play = Play::of(Case::Statuses);
    let quan = play.sign_in("quan");
    let as_ever = play.wallet(&quan);
    assert_eq!(as_ever["cards"][0]["level"]["name"], "银卡会员");
    for language in ["zh-CN", "zh-CN, en", "fr", "", "\u{0}"] {
        assert_eq!(get_in(&mut play, &quan, language, "/wallet"), as_ever);
    }
}

#[test]
fn a_retry_in_another_language_gets_the_same_answer_in_it() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let (claim, _) = play.claim(&li, "8000");
    let body = serde_json::json!({ "card_ids": [play.card("8000")] });
    let path = format!("/claims/{claim}/binding");
    let key = play.new_key();
    let bound = play.post_as(&li, &path, &body, &key).ok();
    assert_eq!(bound["wallet"]["cards"][0]["level"]["name"], "银卡会员");
    let request = play.request(&li, kabao_rules::request::Method::Post, &path);
    let again = play.call(&Request {
        idempotency_key: Some(key),
        accept_language: Some("en".to_owned()),
        body: body.to_string(),
        ..request
    });
    let again = again.ok();
    assert_eq!(
        again["wallet"]["cards"][0]["level"]["name"],
        "Silver member"
    );
    assert_eq!(again["claim"]["id"], bound["claim"]["id"]);
}

#[test]
fn the_till_s_title_is_translated_too() {
    let mut play = Play::of(Case::Statuses);
    let quan = play.sign_in("quan");
    let card = play.card("3006");
    let path = format!("/cards/{card}/code");
    let payload = text(&play.get(&quan, &path).ok()["payload"]);
    play.command(&kabao_rules::command::Command::UseCode {
        payload,
        amount_fen: 5_800,
    });
    let code = get_in(&mut play, &quan, "en", &path);
    assert_eq!(code["last_use"]["title"], "Payment");
}
