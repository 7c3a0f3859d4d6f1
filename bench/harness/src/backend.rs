//! The backend of every contestant: wallets of any size, the switch and the code, as
//! the contract has them and as quick as can be, so that what is measured is the page.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, put},
};
use serde_json::{Value, json};

/// The shops whose cards are in the wallets: name, pinyin initials, colour.
const SHOPS: [(&str, &str, &str); 8] = [
    ("川味小馆", "CWXG", "#b3261e"),
    ("江南面馆", "JNMG", "#1f5f8b"),
    ("老街火锅", "LJHG", "#8c2f39"),
    ("云上茶舍", "YSCS", "#2f6b4f"),
    ("海味渔家", "HWYJ", "#0b6e87"),
    ("东北饺子王", "DBJZW", "#7a4b1f"),
    ("粤香茶餐厅", "YXCCT", "#a4511f"),
    ("西北拉面", "XBLM", "#5a4637"),
];
const NOW: &str = "2026-11-23T13:04:05Z";

/// The card in use of each account, where it has been switched.
#[derive(Clone, Default)]
pub(crate) struct Switched(Arc<Mutex<HashMap<String, String>>>);

impl Switched {
    /// Takes back every switch, so that the next load begins where the last one did.
    pub(crate) fn reset(&self) {
        if let Ok(mut switched) = self.0.lock() {
            switched.clear();
        }
    }

    fn of(&self, account: &str) -> Option<String> {
        self.0.lock().ok()?.get(account).cloned()
    }
}

/// Accounts are called `bench-` and the number of their cards.
pub(crate) fn router(switched: Switched) -> Router {
    const ACCOUNT: &str = "/api/v1/accounts/{account}";
    Router::new()
        .route(&format!("{ACCOUNT}/wallet"), get(wallet))
        .route(&format!("{ACCOUNT}/current-card"), put(switch))
        .route(&format!("{ACCOUNT}/cards/{{card}}/code"), get(code))
        .with_state(switched)
}

async fn wallet(State(switched): State<Switched>, Path(account): Path<String>) -> Json<Value> {
    let current = switched.of(&account);
    Json(wallet_of(&account, current.as_deref()))
}

async fn switch(
    State(switched): State<Switched>,
    Path(account): Path<String>,
    Json(body): Json<Value>,
) -> Json<Value> {
    let card = body["card_id"].as_str().unwrap_or_default().to_owned();
    if let Ok(mut cards) = switched.0.lock() {
        cards.insert(account, card.clone());
    }
    Json(json!({
        "server_time": NOW, "fan": "bench", "current_card_id": card, "revision": "2",
    }))
}

async fn code(Path((_, card)): Path<(String, String)>) -> Json<Value> {
    Json(code_of(&card))
}

/// The wallet of an account: as many cards as its name says.
pub(crate) fn wallet_of(account: &str, current: Option<&str>) -> Value {
    let count = account
        .rsplit('-')
        .next()
        .and_then(|count| count.parse().ok())
        .unwrap_or(20);
    let cards: Vec<_> = (0..count).map(card).collect();
    let merchants: Vec<_> = SHOPS
        .iter()
        .enumerate()
        .map(|(index, (name, initials, color))| {
            json!({
                "id": format!("m{index}"), "name": name, "initials": initials,
                "phone": "028-8555-0188", "brand_color": color,
            })
        })
        .collect();
    json!({
        "server_time": NOW, "fan": "bench", "revision": "1",
        "account": {
            "id": account, "name": "排队网会员", "kind": "platform", "follows": true, "links": [],
        },
        "merchants": merchants, "merchant_id": "m0", "issue_mode": "automatic",
        "phone_masked": "138****8000", "phone_proven": true,
        "terms": { "version": "2026-11" },
        "current_card_id": current.unwrap_or("c0"), "cards": cards,
    })
}

fn card(index: usize) -> Value {
    let number = i64::try_from(index).unwrap_or_default();
    json!({
        "id": format!("c{index}"), "merchant_id": format!("m{}", index % SHOPS.len()),
        "number": payload(index), "kind": "online", "status": "active", "origin": "opened",
        "holder": { "name": "李小川" }, "level": { "name": "普通会员", "benefits": [] },
        "balance_fen": number * 731 % 50_000, "points": number * 37 % 3_000,
        "coupon_count": number % 4,
        "last_used_at": format!("2026-{:02}-{:02}T12:00:00Z", 1 + index / 28 % 10, 1 + index % 28),
        "updated_at": NOW,
    })
}

fn payload(index: usize) -> String {
    format!("8800{index:08}")
}

/// The code of a card.
pub(crate) fn code_of(card: &str) -> Value {
    let index = card.trim_start_matches('c').parse().unwrap_or_default();
    json!({
        "server_time": NOW, "fan": "bench", "payload": payload(index), "mode": "static",
    })
}

#[cfg(test)]
mod tests {
    use kabao_contract::Contract;

    use super::{code_of, wallet_of};

    #[test]
    fn the_replies_are_the_contracts() {
        let contract = Contract::load().expect("the contract");
        for count in [0, 1, 20, 500] {
            let wallet = wallet_of(&format!("bench-{count}"), None);
            assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(count));
            assert_eq!(contract.check("Wallet", &wallet), Vec::<String>::new());
        }
        assert_eq!(
            contract.check("MemberCode", &code_of("c17")),
            Vec::<String>::new()
        );
    }
}
