//! A customer with the phone in hand, who goes on as long as the app lets them.

use kabao_preview::backend::Backend;
use kabao_rules::{
    cases::Customer,
    request::{Method, Request},
};
use serde_json::{Value, json};

/// What a customer sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) account: String,
    pub(crate) follows: bool,
    /// The entries of the menu besides the wallet.
    pub(crate) links: usize,
    /// The code of the problem at which it ends.
    pub(crate) problem: Option<String>,
    /// The identifier of the card of this restaurant that is in use at the end.
    pub(crate) card_in_use: Option<String>,
    pub(crate) has_claimed: bool,
    pub(crate) has_tapped: bool,
}

struct Phone {
    backend: Backend,
    account: String,
    keys: u32,
}

impl Phone {
    fn call(&mut self, method: Method, path: &str, body: &Value) -> Result<Value, String> {
        self.keys += 1;
        let request = Request::get(&format!("/api/v1/accounts/{}{path}", self.account));
        let answer = self.backend.answer(Request {
            method,
            idempotency_key: Some(format!("10000000-0000-4000-8000-{:012}", self.keys)),
            if_match: body["revision"].as_str().map(|it| format!("\"{it}\"")),
            body: body.to_string(),
            ..request
        });
        if answer.status == 200 || answer.status == 201 {
            return Ok(answer.body);
        }
        Err(answer.body["code"].as_str().unwrap_or("none").to_owned())
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(crate) fn play(mut backend: Backend, customer: Customer) -> Seen {
    backend.play(customer);
    let account = backend.sign_in().trim_start_matches("/a/").to_owned();
    let mut phone = Phone {
        backend,
        account: account.clone(),
        keys: 0,
    };
    let wallet = phone
        .call(Method::Get, "/wallet", &Value::Null)
        .expect("a wallet");
    let mut seen = Seen {
        account,
        follows: wallet["account"]["follows"] == true,
        links: wallet["account"]["links"].as_array().map_or(0, Vec::len),
        problem: None,
        card_in_use: None,
        has_claimed: false,
        has_tapped: false,
    };
    if let Err(code) = go_on(&mut phone, customer, wallet, &mut seen) {
        seen.problem = Some(code);
    }
    let wallet = phone
        .call(Method::Get, "/wallet", &Value::Null)
        .expect("a wallet");
    let merchant = phone.backend.eve().merchant();
    let mut cards = wallet["cards"].as_array().cloned().unwrap_or_default();
    cards.retain(|card| {
        card["id"] == wallet["current_card_id"] && card["merchant_id"] == merchant.as_str()
    });
    seen.card_in_use = cards
        .first()
        .and_then(|card| card["id"].as_str().map(str::to_owned));
    seen
}

fn go_on(
    phone: &mut Phone,
    customer: Customer,
    mut wallet: Value,
    seen: &mut Seen,
) -> Result<(), String> {
    let merchant = phone.backend.eve().merchant();
    let old = phone.backend.eve().old_card(customer);
    let holds = |wallet: &Value, id: &str| {
        let cards = wallet["cards"].as_array();
        cards.is_some_and(|cards| cards.iter().any(|card| card["id"] == id))
    };
    let has_ours = wallet["cards"].as_array().is_some_and(|cards| {
        let is_ours = |card: &Value| card["merchant_id"] == merchant.as_str();
        cards.iter().any(is_ours)
    });
    let is_content = match &old {
        Some(old) => holds(&wallet, old.as_str()),
        None => has_ours,
    };
    if !is_content {
        let opening = json!({
            "phone": phone.backend.phone(),
            "consent": { "version": wallet["terms"]["version"] },
        });
        let opened = phone.call(Method::Post, "/claims", &opening)?;
        let claim = opened["claim"]["id"].as_str().expect("an id").to_owned();
        let code = phone.backend.newest_code();
        let verified = phone.call(
            Method::Post,
            &format!("/claims/{claim}/verification"),
            &json!({ "code": code }),
        )?;
        let candidates = verified["claim"]["candidates"].as_array().cloned();
        let ids: Vec<_> = candidates
            .into_iter()
            .flatten()
            .filter(|card| card["selectable"] == true && !holds(&wallet, text(&card["id"])))
            .map(|card| card["id"].clone())
            .collect();
        let body = if ids.is_empty() {
            json!({ "open_new": true })
        } else {
            json!({ "card_ids": ids })
        };
        if !ids.is_empty() || verified["claim"]["can_open_new"] == true {
            let binding = format!("/claims/{claim}/binding");
            phone.call(Method::Post, &binding, &body)?;
            seen.has_claimed = true;
        }
    }
    if !is_content {
        wallet = phone.call(Method::Get, "/wallet", &Value::Null)?;
    }
    // The old card, or else any of this restaurant's.
    let cards = wallet["cards"].as_array().cloned().unwrap_or_default();
    let is_ours = |card: &&Value| card["merchant_id"] == merchant.as_str();
    let is_old = |card: &&Value| old.as_ref().is_some_and(|old| card["id"] == old.as_str());
    let wanted = cards.iter().find(is_old).or_else(|| {
        let in_use = |card: &&Value| card["id"] == wallet["current_card_id"] && is_ours(card);
        cards
            .iter()
            .find(in_use)
            .or_else(|| cards.iter().find(is_ours))
    });
    if let Some(card) = wanted
        && card["id"] != wallet["current_card_id"]
    {
        let tap = json!({ "card_id": card["id"], "revision": wallet["revision"] });
        phone.call(Method::Put, "/current-card", &tap)?;
        seen.has_tapped = true;
    }
    Ok(())
}
