//! Answers the customer's phone.

use js_sys::Reflect;
use kabao_rules::request::Method;
use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::closure::Closure;

use super::state::ConsoleState;
use crate::phone::ASK;

/// Answers what the phone asks.
pub(super) fn answer_phone(state: ConsoleState) {
    let answer = Closure::<dyn Fn(String) -> String>::new(move |question: String| {
        let question: Value = serde_json::from_str(&question).unwrap_or_default();
        answer(state, &question).to_string()
    });
    let _ = Reflect::set(&window(), &ASK.into(), &answer.into_js_value());
}

fn answer(state: ConsoleState, question: &Value) -> Value {
    let Some(backend) = state.backend.get_untracked() else {
        return json!({});
    };
    let mut backend = backend.borrow_mut();
    let text = |name: &str| question[name].as_str().map(str::to_owned);
    if question["ask"] == "sign_in" {
        let home = backend.sign_in();
        let scanned = state.scanned.try_update_value(Option::take).flatten();
        let path = scanned.map_or(home, |code| format!("/t/{code}"));
        return json!({ "path": path });
    }
    let method = match question["method"].as_str() {
        Some("POST") => Method::Post,
        Some("PUT") => Method::Put,
        Some("DELETE") => Method::Delete,
        _ => Method::Get,
    };
    let path = text("path").unwrap_or_default();
    let answer = backend.answer(method, &path, text("key"), text("if_match"), text("body"));
    state.messages.set(backend.messages());
    json!({ "status": answer.status, "body": answer.body })
}
