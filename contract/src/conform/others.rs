//! What belongs to another fan: there is no such thing, and nothing more is told.

use serde_json::{Value, json};

use super::{
    check::Check,
    client::{Call, Reply},
    run::{Run, Session, items, nobody_s, text},
};

/// What may differ between two replies that tell the same.
const OF_THE_MOMENT: [&str; 2] = ["server_time", "support"];

/// Asks for the cards of `other`.
pub(super) fn cards(run: &mut Run<'_>, fan: &Session, other: &Session) {
    let theirs = run.wallet(other);
    let own = run.wallet(fan);
    let Some(card) = foreign_card(&own, &theirs) else {
        let why = "the other fan has no card of their own";
        run.report.not_tried("getCard", Check::OthersCard, why);
        return;
    };
    for part in ["", "/code", "/entries", "/coupons"] {
        let none = run.send(fan.get(&format!("/cards/{}{part}", nobody_s())));
        let reply = run.send(fan.get(&format!("/cards/{card}{part}")));
        look_same(run, &reply, &none, Check::OthersCard, "card_not_found");
    }
}

/// Tries to put a card of `other` in use.
pub(super) fn switch(run: &mut Run<'_>, fan: &Session, other: &Session) {
    let theirs = run.wallet(other);
    let own = run.wallet(fan);
    let Some(card) = foreign_card(&own, &theirs) else {
        return;
    };
    let switch = |id: &str| fan.switch(id, text(&own, "revision"));
    let none = run.send(switch(&nobody_s()));
    let reply = run.send(switch(card));
    look_same(run, &reply, &none, Check::OthersCard, "card_not_found");
}

/// A card of `theirs` that isn't in `own` too.
fn foreign_card<'a>(own: &Value, theirs: &'a Value) -> Option<&'a str> {
    let is_own = |id: &str| {
        items(own, "cards")
            .iter()
            .any(|card| text(card, "id") == id)
    };
    items(theirs, "cards")
        .iter()
        .map(|card| text(card, "id"))
        .find(|id| !is_own(id))
}

/// Asks for a claim of another fan as `other`, and for what can be done with it.
pub(super) fn claim(run: &mut Run<'_>, other: &Session, claim: &str) {
    let body = json!({ "code": "000000" });
    let binding = json!({ "open_new": true });
    for (part, body) in [
        ("", None),
        ("/sms", Some(json!({}))),
        ("/verification", Some(body)),
        ("/binding", Some(binding)),
    ] {
        let call = |id: &str| -> Call {
            let rest = format!("/claims/{id}{part}");
            match &body {
                None => other.get(&rest),
                Some(body) => other.post(&rest, body),
            }
        };
        let none = run.send(call(&nobody_s()));
        let reply = run.send(call(claim));
        look_same(run, &reply, &none, Check::OthersClaim, "claim_not_found");
    }
}

/// Two fans have two identifiers.
pub(super) fn names(run: &mut Run<'_>, fan: &Session, other: &Session) {
    run.wallet(fan);
    let reply = run.send(other.get("/wallet"));
    run.look_whose(other, &reply);
    let (Some(one), Some(another)) = (run.fan_of(fan), run.fan_of(other)) else {
        let why = "the backend leaves `fan` out";
        run.report.not_tried("getWallet", Check::FanTold, why);
        return;
    };
    let differs = one != another;
    run.look_at(&reply, Check::FanTold, differs, "two fans have the same");
}

/// A write for a page that shows another fan does nothing.
pub(super) fn page(run: &mut Run<'_>, fan: &Session) {
    let wallet = run.wallet(fan);
    if run.fan_of(fan).is_none() {
        let why = "the backend leaves `fan` out";
        run.report.not_tried("putCurrentCard", Check::KabaoFan, why);
        return;
    }
    let switch = fan.switch(&nobody_s(), text(&wallet, "revision"));
    let reply = run.send(switch.with("kabao-fan", nobody_s()));
    run.look(&reply, Check::KabaoFan, reply.code() == "another_fan");
}

/// Notes whether `reply`, about what is another's, is `code` and the same as `none`, about
/// what nobody has.
fn look_same(run: &mut Run<'_>, reply: &Reply, none: &Reply, check: Check, code: &str) {
    if reply.code() != code {
        run.look(reply, check, false);
        return;
    }
    let is_same = lasting(&reply.json) == lasting(&none.json);
    let why = "it is told apart from what nobody has";
    run.look_at(reply, check, is_same, why);
}

/// A reply without what is of the moment.
fn lasting(reply: &Value) -> Value {
    let mut lasting = reply.clone();
    if let Some(fields) = lasting.as_object_mut() {
        fields.retain(|name, _| !OF_THE_MOMENT.contains(&name.as_str()));
    }
    lasting
}
