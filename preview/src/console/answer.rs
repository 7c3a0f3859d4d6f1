//! Answers the customer's phone.

use js_sys::Reflect;
use kabao_preview::{
    backend::Backend,
    walk::{Ending, Part},
};
use kabao_rules::request::{Method, Request};
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::closure::Closure;

use super::state::ConsoleState;
use crate::phone::around::ASK;

/// Answers what the phone asks.
pub(super) fn answer_phone(state: ConsoleState) {
    let answer = Closure::<dyn Fn(String) -> String>::new(move |question: String| {
        let question: Value = serde_json::from_str(&question).unwrap_or_default();
        answer(state, &question).to_string()
    });
    let _ = Reflect::set(&window(), &ASK.into(), &answer.into_js_value());
}

fn answer(state: ConsoleState, question: &Value) -> Value {
    let picture = question["picture"].as_u64();
    let picture = picture.and_then(|number| usize::try_from(number).ok());
    let world = match picture {
        Some(number) => state.picture(number),
        None => state.backend.get_untracked(),
    };
    let Some(world) = world else {
        return json!({});
    };
    let mut backend = world.borrow_mut();
    match question["ask"].as_str() {
        Some("sign_in") => {
            let home = backend.sign_in();
            if picture.is_some() {
                return json!({ "path": home });
            }
            let scanned = state.scanned.try_update_value(Option::take).flatten();
            let path = scanned.map_or(home, |code| format!("/t/{code}"));
            json!({ "path": path, "play": state.takes_play() })
        }
        Some("customer") => customer(state, &backend),
        Some("played") => {
            if picture.is_some() {
                state.picture_is_taken();
            }
            json!({})
        }
        Some("code") => json!({ "code": backend.newest_code() }),
        _ => {
            let answer = backend.answer(request(question));
            if picture.is_none() {
                state.messages.set(backend.messages());
            }
            json!({ "status": answer.status, "body": answer.body.to_string() })
        }
    }
}

/// What the customer whose phone it is does, for whoever plays them.
fn customer(state: ConsoleState, backend: &Backend) -> Value {
    let customer = backend.setup().customer;
    let outcome = state.outcome_of(backend.setup());
    let Some(outcome) = outcome else {
        return json!({});
    };
    let part = Part::of(customer, outcome);
    let old_card = match outcome.ending {
        Ending::OldCard(_) => backend.eve().old_card(customer),
        Ending::NewCard(_) | Ending::Stopped(_) => None,
    };
    json!({
        "phone": backend.phone(), "claims": part.claims, "opens_new": part.opens_new,
        "taps": part.taps, "old_card": old_card,
    })
}

/// The request that the phone asks to be answered.
fn request(question: &Value) -> Request {
    let text = |name: &str| question[name].as_str().map(str::to_owned);
    Request {
        method: match question["method"].as_str() {
            Some("POST") => Method::Post,
            Some("PUT") => Method::Put,
            Some("DELETE") => Method::Delete,
            _ => Method::Get,
        },
        idempotency_key: text("key"),
        if_match: text("if_match").map(|revision| format!("\"{revision}\"")),
        fan: text("fan"),
        accept_language: text("language"),
        body: text("body").unwrap_or_default(),
        ..Request::get(&text("path").unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use kabao::api::transport;
    use kabao_core::endpoint;

    use super::*;
    use crate::phone::around::question;

    #[test]
    fn every_field_of_a_request_reaches_the_rules() {
        let sent = transport::Request {
            method: endpoint::Method::Put,
            path: "/api/v1/accounts/case-2/current-card?lang=en".to_owned(),
            idempotency_key: Some("0b6bd2b6-6cd5-4b8e-9df2-2f5d3ad0f7a1".to_owned()),
            fan: Some("f".to_owned()),
            accept_language: "en",
            if_match: Some("7".to_owned()),
            body: Some("{}".to_owned()),
        };
        assert_eq!(
            request(&question(&sent)),
            Request {
                method: Method::Put,
                idempotency_key: sent.idempotency_key,
                if_match: Some("\"7\"".to_owned()),
                fan: Some("f".to_owned()),
                accept_language: Some("en".to_owned()),
                body: "{}".to_owned(),
                ..Request::get("/api/v1/accounts/case-2/current-card?lang=en")
            }
        );
    }
}
