//! What a backend that keeps the contract says.

use serde_json::{Value, json};

pub(crate) const NOW: &str = "2026-03-01T12:00:00Z";

pub(crate) fn merchant() -> Value {
    json!({ "id": "m", "name": "Sichuan Bistro", "brand_color": "#B4232A", "phone": "02800000000" })
}

/// An active card with the number 8000 0000 0000 plus `id` in its last digits.
pub(crate) fn card(id: &str) -> Value {
    json!({
        "id": id, "merchant_id": "m", "number": format!("80000000000{id}"),
        "kind": "online", "status": "active", "origin": "claimed",
        "holder": { "name": "Wang Wei" },
        "level": {
            "name": "Gold", "benefits": ["A dish on your birthday"],
            "next": { "name": "Black", "at_points": 2000 }
        },
        "balance_fen": 12300, "points": 860, "coupon_count": 2, "updated_at": NOW,
    })
}

/// The wallet of a fan with the cards 1 and 2, of which 1 is in use.
pub(crate) fn wallet() -> Value {
    json!({
        "server_time": NOW, "fan": "f1", "revision": "1",
        "account": {
            "id": "x", "name": "Sichuan Bistro", "kind": "own", "follows": true, "links": []
        },
        "merchants": [merchant()], "merchant_id": "m", "issue_mode": "manual",
        "phone_masked": "138****8000", "phone_proven": true,
        "terms": { "version": "2026-01" },
        "current_card_id": "1", "cards": [card("1"), card("2")],
    })
}

/// A wallet without cards, whose fan has proven no phone.
pub(crate) fn empty_wallet() -> Value {
    let mut wallet = wallet();
    wallet["cards"] = json!([]);
    wallet["phone_proven"] = json!(false);
    for field in ["phone_masked", "current_card_id"] {
        wallet.as_object_mut().expect("an object").remove(field);
    }
    wallet
}

/// The claim 9 of the number 138****8000, to which a code was just sent.
pub(crate) fn claim() -> Value {
    json!({
           "server_time": NOW, "fan": "f1",
    "claim": {
               "id": "9", "merchant_id": "m", "state": "code_sent", "phone_masked": "138****8000",
               "code_length": 6, "attempts_left": 5, "resend_at": "2026-03-01T12:01:00Z",
               "code_expires_at": "2026-03-01T12:05:00Z", "expires_at": "2026-03-01T12:30:00Z",
           },
       })
}

pub(crate) fn card_in_full(card: &Value) -> Value {
    json!({ "server_time": NOW, "fan": "f1", "card": card, "merchant": merchant() })
}

/// A page of the history or of the coupons, and the last one.
pub(crate) fn list(items: &[Value]) -> Value {
    json!({ "server_time": NOW, "items": items })
}

/// A card that was found and can be bound.
pub(crate) fn candidate(id: &str) -> Value {
    let mut candidate = card(id);
    candidate["selectable"] = json!(true);
    candidate["staff_check_required"] = json!(false);
    candidate["number"] = json!(format!("********000{id}"));
    candidate
}

/// The claim once the code was right.
pub(crate) fn verified(candidates: &Value) -> Value {
    let mut verified = claim();
    verified["claim"]["state"] = json!("verified");
    verified["claim"]["candidates"] = candidates.clone();
    verified["claim"]["merchants"] = json!([merchant()]);
    verified["claim"]["can_open_new"] = json!(true);
    verified
}

/// What binding leads to.
pub(crate) fn bound(cards: &Value) -> Value {
    let mut wallet = wallet();
    wallet["cards"] = cards.clone();
    wallet["current_card_id"] = cards[0]["id"].clone();
    let mut bound = claim();
    bound["claim"]["state"] = json!("bound");
    bound["claim"]["bound_cards"] = cards.clone();
    bound["wallet"] = wallet;
    bound
}

pub(crate) fn profile() -> Value {
    json!({
        "server_time": NOW, "fan": "f1",
        "phone_masked": "138****8000", "phone_proven": true,
        "consents": [{ "version": "2026-01", "given_at": NOW }],
        "terms": { "version": "2026-01" },
    })
}

/// The terms in one version, which each text names.
pub(crate) fn terms(version: &str) -> Value {
    let party = json!({ "name": "Sichuan Bistro Ltd.", "contact": "02800000000" });
    json!({
        "server_time": NOW, "version": version, "effective_at": NOW, "handler": party, "processor": party,
        "texts": [{
            "language": "en",
            "terms": format!("These are the terms {version}."),
            "privacy": format!("This is the privacy policy {version}."),
            "purpose": "Finding your card", "data_types": "Your phone number",
            "retention": "For as long as you are a member", "rights": "Withdraw at any time",
        }],
    })
}

/// A problem of the contract, with what belongs to it.
pub(crate) fn problem(status: u16, code: &str, more: Value) -> Value {
    let mut problem = json!({
        "type": "about:blank", "title": code, "status": status, "code": code,
        "server_time": NOW, "support": { "staff_code": "21-0301-2000-1234" },
    });
    if let (Some(problem), Value::Object(more)) = (problem.as_object_mut(), more) {
        problem.extend(more);
    }
    problem
}

/// The session is over. Signing in takes WeChat.
pub(crate) fn not_signed_in() -> Value {
    let login_url = "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx0";
    problem(401, "not_signed_in", json!({ "login_url": login_url }))
}
