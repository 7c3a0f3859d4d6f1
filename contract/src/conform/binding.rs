//! The cards that a claim has found are bound, all or none, and once.

use serde_json::{Value, json};

use super::{
    check::Check,
    claiming::Claim,
    client::{Call, Reply},
    run::{Run, Session, items, nobody_s, text},
};

/// How many requests are sent at once.
const AT_ONCE: usize = 4;

/// Binds what the verified claim offers: the cards that can be chosen, or a new one.
pub(super) fn all(run: &mut Run<'_>, claim: &Claim<'_>, verified: &Value, other: Option<&Session>) {
    let found: Vec<&str> = items(verified, "candidates")
        .iter()
        .filter(|candidate| candidate["selectable"] == true)
        .map(|candidate| text(candidate, "id"))
        .collect();
    let wanted = if !found.is_empty() {
        json!({ "card_ids": found })
    } else if verified["can_open_new"] == true {
        json!({ "open_new": true })
    } else {
        let why = "the number leads to no card, and none may be opened";
        run.report.not_tried("bind", Check::Bound, why);
        return;
    };
    let path = claim.path("/binding");
    let before = run.wallet(claim.fan);
    refused(run, claim, verified, other);
    for candidate in items(verified, "candidates") {
        look_refusal(run, claim, candidate);
    }
    let calls = (0..AT_ONCE).map(|_| claim.fan.post(&path, &wanted));
    let calls: Vec<Call> = calls.collect();
    let first = calls.first().cloned();
    let replies = run.send_at_once(calls);
    let after = run.wallet(claim.fan);
    look(run, &replies, &before, &after, &found);
    if let Some(first) = first {
        let reused = run.send(first.with_body(&json!({ "card_ids": [nobody_s()] })));
        let is_kept = reused.code() == "idempotency_key_reused";
        let why = "the key was used with other cards";
        run.look_at(&reused, Check::Idempotency, is_kept, why);
    }
    let again = run.send(claim.fan.post(&path, &wanted));
    let bound = replies.iter().find(|reply| reply.is_success());
    let is_same = bound.is_some_and(|bound| ids(bound) == ids(&again));
    run.look(&again, Check::BoundOnce, is_same);
    let stands = claim.stands(run);
    let is_over = text(&stands, "state") == "bound" && after["open_claim_id"].is_null();
    run.look_at(&again, Check::Bound, is_over, "the claim is still open");
}

/// Bodies that the contract does not take, and cards that the claim has not found.
fn refused(run: &mut Run<'_>, claim: &Claim<'_>, verified: &Value, other: Option<&Session>) {
    let path = claim.path("/binding");
    let any = items(verified, "candidates").first();
    let any = any.map_or("c0", |candidate| text(candidate, "id"));
    for body in [
        json!({}),
        json!({ "card_ids": [] }),
        json!({ "card_ids": [any, any] }),
        json!({ "card_ids": [any], "open_new": true }),
        json!({ "open_new": false }),
    ] {
        if !run.contract.check("BindingRequest", &body).is_empty() {
            let reply = run.send(claim.fan.post(&path, &body));
            run.expect(&reply, "bad_request");
        }
    }
    let theirs = other.map(|other| run.wallet(other));
    let of_other = theirs
        .iter()
        .flat_map(|wallet| items(wallet, "cards"))
        .map(|card| text(card, "id"))
        .find(|id| {
            !items(verified, "candidates")
                .iter()
                .any(|candidate| text(candidate, "id") == *id)
        })
        .map(str::to_owned);
    let nobody_s = nobody_s();
    for card in [Some(nobody_s), of_other].into_iter().flatten() {
        let reply = run.send(claim.fan.post(&path, &json!({ "card_ids": [card] })));
        let is_kept = reply.status >= 400 && text(&claim.stands(run), "state") == "verified";
        let why = "the card is none of the candidates";
        run.look_at(&reply, Check::OthersCard, is_kept, why);
    }
}

/// A candidate that can't be chosen can't be bound either.
fn look_refusal(run: &mut Run<'_>, claim: &Claim<'_>, candidate: &Value) {
    let problem = match text(candidate, "reason") {
        "lost" => "card_lost",
        "expired" => "card_expired",
        "already_bound" => "card_already_bound",
        _ => return,
    };
    let body = json!({ "card_ids": [text(candidate, "id")] });
    let reply = run.send(claim.fan.post(&claim.path("/binding"), &body));
    run.expect(&reply, problem);
}

fn look(run: &mut Run<'_>, replies: &[Reply], before: &Value, after: &Value, found: &[&str]) {
    let Some(bound) = replies.iter().find(|reply| reply.is_success()) else {
        if let Some(reply) = replies.first() {
            run.look(reply, Check::Bound, false);
        }
        return;
    };
    let cards = ids(bound);
    for reply in replies {
        let is_same = ids(reply) == cards || reply.code() == "in_progress";
        let why = "several at once did not end alike";
        run.look_at(reply, Check::BoundOnce, is_same, why);
    }
    let count = |id: &str| {
        let cards = items(after, "cards").iter();
        cards.filter(|card| text(card, "id") == id).count()
    };
    let is_all = if found.is_empty() {
        cards.len() == 1
    } else {
        found.iter().all(|card| cards.contains(card)) && cards.len() == found.len()
    };
    let is_once = cards.iter().all(|card| count(card) == 1);
    run.look(bound, Check::Bound, is_all && is_once);

    let current = text(before, "current_card_id");
    let now = text(after, "current_card_id");
    let is_kept = if current.is_empty() {
        now.is_empty() || cards.contains(&now)
    } else {
        current == now
    };
    run.look(bound, Check::CardInUse, is_kept);
}

fn ids(reply: &Reply) -> Vec<&str> {
    items(&reply.json["claim"], "bound_cards")
        .iter()
        .map(|card| text(card, "id"))
        .collect()
}
