//! The switch, with `--write`: the fan's other cards are put in use, and then the first one
//! again.

use serde_json::Value;

use super::{
    check::Check,
    client::{Call, Reply},
    run::{Run, Session, items, nobody_s, text},
};

/// What a refused switch must leave as it was.
fn place(wallet: &Value) -> (String, String) {
    let of = |field| text(wallet, field).to_owned();
    (of("current_card_id"), of("revision"))
}

/// Switches that are malformed, which no backend carries out.
pub(super) fn malformed(run: &mut Run<'_>, fan: &Session) {
    let wallet = run.wallet(fan);
    let revision = text(&wallet, "revision");
    let body = serde_json::json!({ "card_id": nobody_s() });
    let path = fan.path("/current-card");
    let without = fan.sends(Call::json("PUT", path, &body));
    let reply = run.send(without);
    run.expect(&reply, "bad_request");
    let call = fan.switch(&nobody_s(), revision);
    let reply = run.send(call.with("if-match", revision));
    let is_kept = reply.code() == "bad_request";
    run.look_at(&reply, Check::IfMatch, is_kept, "it is without its quotes");
}

pub(super) fn all(run: &mut Run<'_>, fan: &Session, other: Option<&Session>) {
    let wallet = run.wallet(fan);
    let (current, revision) = place(&wallet);
    let cards = |status: fn(&str) -> bool| -> Vec<String> {
        items(&wallet, "cards")
            .iter()
            .filter(|card| status(text(card, "status")))
            .map(|card| text(card, "id").to_owned())
            .collect()
    };
    if let Some(other) = other {
        super::others::switch(run, fan, other);
    }
    refused(run, fan, &wallet);
    let usable = cards(|status| status == "active");
    let Some(card) = usable.iter().find(|card| **card != current) else {
        let why = "the fan has no second card that can be used";
        for check in [Check::Switch, Check::IfMatch, Check::NewRevision] {
            run.report.not_tried("putCurrentCard", check, why);
        }
        return;
    };
    let reply = run.send(fan.switch(card, &revision));
    let after = run.wallet(fan);
    let is_done = reply.is_success()
        && text(&reply.json, "current_card_id") == card
        && place(&after) == (card.clone(), text(&reply.json, "revision").to_owned());
    run.look(&reply, Check::Switch, is_done);
    in_place(run, fan);
    stale(run, fan, &current, &revision);
    at_once(run, fan, &usable);
    back(run, fan, &current);
}

/// Cards that can't be used, and a page of another fan.
fn refused(run: &mut Run<'_>, fan: &Session, wallet: &Value) {
    let (_, revision) = place(wallet);
    for (status, problem) in [
        ("frozen", "card_frozen"),
        ("lost", "card_lost"),
        ("expired", "card_expired"),
    ] {
        let found = items(wallet, "cards")
            .iter()
            .find(|card| text(card, "status") == status);
        if let Some(card) = found {
            let reply = run.send(fan.switch(text(card, "id"), &revision));
            run.expect(&reply, problem);
        }
    }
    if let Some(card) = items(wallet, "cards").last()
        && run.fan_of(fan).is_some()
    {
        let switch = fan.switch(text(card, "id"), &revision);
        let reply = run.send(switch.with("kabao-fan", nobody_s()));
        let after = run.wallet(fan);
        let is_kept = reply.code() == "another_fan" && place(&after) == place(wallet);
        run.look(&reply, Check::KabaoFan, is_kept);
    }
}

/// A switch to the card that is in use already.
fn in_place(run: &mut Run<'_>, fan: &Session) {
    let before = place(&run.wallet(fan));
    let reply = run.send(fan.switch(&before.0, &before.1));
    let after = place(&run.wallet(fan));
    let is_kept = reply.is_success()
        && after.0 == before.0
        && after.1 != before.1
        && after.1 == text(&reply.json, "revision");
    let why = "the card was in use already, and a new revision was due";
    run.look_at(&reply, Check::NewRevision, is_kept, why);
}

/// A switch by a fan who saw an older wallet.
fn stale(run: &mut Run<'_>, fan: &Session, card: &str, revision: &str) {
    let before = run.wallet(fan);
    let reply = run.send(fan.switch(card, revision));
    let after = run.wallet(fan);
    let is_kept = reply.code() == "wallet_changed"
        && place(&after) == place(&before)
        && place(&reply.json["wallet"]) == place(&before);
    let why = "an older revision: `wallet_changed` with the wallet was due, and no change";
    run.look_at(&reply, Check::IfMatch, is_kept, why);
}

/// The same revision twice at once: one switch is made.
fn at_once(run: &mut Run<'_>, fan: &Session, usable: &[String]) {
    let (current, revision) = place(&run.wallet(fan));
    let Some(card) = usable.iter().find(|card| **card != current) else {
        return;
    };
    let calls = vec![fan.switch(card, &revision); 4];
    let replies = run.send_at_once(calls);
    let done = replies.iter().filter(|reply| reply.is_success()).count();
    let is_refused = |reply: &&Reply| reply.code() == "wallet_changed";
    let refused = replies.iter().filter(is_refused).count();
    if let Some(reply) = replies.first() {
        let is_kept = (done, refused) == (1, 3);
        let why = format!("of four at once with one revision {done} were made");
        run.look_at(reply, Check::IfMatch, is_kept, &why);
    }
}

fn back(run: &mut Run<'_>, fan: &Session, card: &str) {
    let (current, revision) = place(&run.wallet(fan));
    if !card.is_empty() && current != card {
        let reply = run.send(fan.switch(card, &revision));
        // A card in use may have become unusable, which the fan can't come back to.
        let is_kept = reply.is_success() || reply.status == 409;
        run.look(&reply, Check::Switch, is_kept);
    }
}
