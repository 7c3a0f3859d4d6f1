//! Good replies, of which faults make others.

use serde_json::{Value, json};

use crate::{
    contract::LATER,
    replies::{self, NOW},
};

pub(super) fn fuller_wallet() -> Value {
    let mut wallet = replies::wallet();
    wallet["revision"] = json!("2");
    wallet["cards"] = json!([replies::card("1"), replies::card("2"), replies::card("3")]);
    wallet
}

pub(super) fn switched() -> Value {
    json!({ "server_time": NOW, "fan": "f1", "current_card_id": "2", "revision": "2" })
}

pub(super) fn card() -> Value {
    replies::card_in_full(&replies::card("1"))
}

pub(super) fn code() -> Value {
    json!({
        "server_time": NOW, "fan": "f1", "payload": "880001234567890123", "mode": "static",
        "last_use": { "at": NOW, "title": "Lunch", "amount_fen": -1200 },
    })
}

pub(super) fn entries() -> Value {
    replies::list(&[json!({
        "id": "e1", "at": NOW, "kind": "points", "amount": 10, "title": "Lunch", "shop": "North",
    })])
}

pub(super) fn coupons() -> Value {
    replies::list(&[json!({
        "id": "k1", "title": "A free soup", "rule": "One for a table", "state": "unused",
        "value_fen": 500,
    })])
}

pub(super) fn sent_again() -> Value {
    let mut claim = replies::claim();
    claim["server_time"] = json!(LATER);
    claim["claim"]["resend_at"] = json!("2026-03-01T12:02:01Z");
    claim
}

pub(super) fn verified() -> Value {
    replies::verified(&json!([replies::candidate("3")]))
}

pub(super) fn bound() -> Value {
    replies::bound(&json!([replies::card("3")]))
}

pub(super) fn unlinked() -> Value {
    let mut profile = replies::profile();
    profile["phone_proven"] = json!(false);
    profile["consents"][0]["withdrawn_at"] = json!(NOW);
    let fields = profile.as_object_mut().expect("an object");
    fields.remove("phone_masked");
    profile
}

pub(super) fn signed_out() -> Value {
    json!({ "server_time": NOW })
}

pub(super) fn terms() -> Value {
    replies::terms("2026-01")
}

pub(super) fn table() -> Value {
    json!({ "server_time": NOW, "order_url": "https://order.example/t/8" })
}
