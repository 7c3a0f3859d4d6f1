//! Everything that a fan can read, and what is said of what isn't there.

use serde_json::Value;

use super::{
    check::Check,
    client::Call,
    run::{Run, Session, items, nobody_s, text},
};

/// How many cards of a wallet are looked at.
const CARDS: usize = 8;
/// The problem of using a card with a status that can't be used.
const UNUSABLE: [(&str, &str); 3] = [
    ("frozen", "card_frozen"),
    ("lost", "card_lost"),
    ("expired", "card_expired"),
];

/// Reads all that is there for a fan.
pub(super) fn all(run: &mut Run<'_>, fan: &Session) {
    let wallet = wallet(run, fan);
    for card in items(&wallet, "cards").iter().take(CARDS) {
        read_card(run, fan, card);
    }
    if let Some(claim) = wallet["open_claim_id"].as_str() {
        let reply = run.send(fan.get(&format!("/claims/{claim}")));
        run.look_whose(fan, &reply);
    }
    let reply = run.send(fan.get("/profile"));
    run.look_whose(fan, &reply);
    run.send(fan.get(&format!("/terms/{}", text(&wallet["terms"], "version"))));
    what_is_not_there(run, fan);
}

fn wallet(run: &mut Run<'_>, fan: &Session) -> Value {
    let reply = run.send(fan.get("/wallet"));
    run.look_whose(fan, &reply);
    if reply.is_success() {
        match misfit(&reply.json) {
            None => run.look(&reply, Check::WalletFits, true),
            Some(why) => run.look_at(&reply, Check::WalletFits, false, why),
        }
    }
    reply.json
}

/// What doesn't fit together in a wallet.
fn misfit(wallet: &Value) -> Option<&'static str> {
    let merchants: Vec<&str> = ids(wallet, "merchants");
    let cards: Vec<&str> = ids(wallet, "cards");
    let has_shop = |card: &Value| merchants.contains(&text(card, "merchant_id"));
    let has_twice = |ids: &[&str]| {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        sorted.windows(2).any(|pair| pair.first() == pair.last())
    };
    if !items(wallet, "cards").iter().all(has_shop) {
        Some("a card's merchant is missing")
    } else if !merchants.contains(&text(wallet, "merchant_id")) {
        Some("the merchant in focus is missing")
    } else if has_twice(&cards) || has_twice(&merchants) {
        Some("something is there twice")
    } else if wallet["current_card_id"]
        .as_str()
        .is_some_and(|card| !cards.contains(&card))
    {
        Some("the card in use is no card of the wallet")
    } else {
        None
    }
}

fn ids<'a>(value: &'a Value, field: &str) -> Vec<&'a str> {
    items(value, field)
        .iter()
        .map(|it| text(it, "id"))
        .collect()
}

fn read_card(run: &mut Run<'_>, fan: &Session, card: &Value) {
    let id = text(card, "id");
    for part in ["", "/entries", "/coupons"] {
        let reply = run.send(fan.get(&format!("/cards/{id}{part}")));
        run.look_whose(fan, &reply);
    }
    let code = run.send(fan.get(&format!("/cards/{id}/code")));
    let status = text(card, "status");
    if let Some((_, problem)) = UNUSABLE.iter().find(|(known, _)| *known == status) {
        run.expect(&code, problem);
    }
}

fn what_is_not_there(run: &mut Run<'_>, fan: &Session) {
    let nobody_s = nobody_s();
    for part in ["", "/code", "/entries", "/coupons"] {
        let reply = run.send(fan.get(&format!("/cards/{nobody_s}{part}")));
        run.expect(&reply, "card_not_found");
    }
    let reply = run.send(fan.get(&format!("/claims/{nobody_s}")));
    run.expect(&reply, "claim_not_found");
    let reply = run.send(fan.get(&format!("/terms/{nobody_s}")));
    run.expect(&reply, "terms_not_found");
    let reply = run.send(fan.get("/no-such-call"));
    run.expect(&reply, "not_found");
}

/// Table codes, which need no sign-in.
pub(super) fn tables(run: &mut Run<'_>, codes: &[String]) {
    let reply = run.send(Call::get(format!("/api/v1/tables/{}", nobody_s())));
    run.expect(&reply, "table_code_unknown");
    for code in codes {
        let reply = run.send(Call::get(format!("/api/v1/tables/{code}")));
        if !reply.is_success() && reply.code() != "table_code_stale" {
            run.look(&reply, Check::Problem("table_code_stale"), false);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_wallet_whose_parts_do_not_fit_is_told() {
        let card = |id, merchant| json!({ "id": id, "merchant_id": merchant });
        let wallet = |cards: Value, focus| {
            json!({
                "merchants": [{ "id": "m1" }, { "id": "m2" }],
                "merchant_id": focus,
                "cards": cards,
                "current_card_id": "c1",
            })
        };
        let good = json!([card("c1", "m1"), card("c2", "m2")]);
        assert_eq!(misfit(&wallet(good.clone(), "m1")), None);
        for wrong in [
            wallet(good, "m3"),
            wallet(json!([card("c1", "m1"), card("c2", "m3")]), "m1"),
            wallet(json!([card("c1", "m1"), card("c1", "m1")]), "m1"),
            wallet(json!([card("c2", "m1")]), "m1"),
        ] {
            assert!(misfit(&wrong).is_some(), "{wrong}");
        }
    }
}
