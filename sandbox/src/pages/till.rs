//! The shop's till: scans a member code and takes a price from its card.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kabao_rules::{
    id::PersonId,
    state::{Person, State as Rows},
    till::{self, Receipt, Refusal},
};
use serde::Deserialize;

use super::html::{escaped, page};
use crate::{api, backend::time_in, sandbox::Sandbox};

const FEN_PER_YUAN: i64 = 100;
/// What the form proposes, in yuan.
const PROPOSED: &str = "58.00";

#[derive(Deserialize)]
pub(super) struct Whose {
    person: Option<String>,
}

/// The form, filled in with the code of a person's card in use.
pub(super) async fn show(
    State(sandbox): State<Arc<Sandbox>>,
    Query(whose): Query<Whose>,
) -> Response {
    let person = whose.person.unwrap_or_default();
    let form = sandbox
        .backend
        .read(|state| form(state, &person, None, PROPOSED));
    document("", &form)
}

#[derive(Deserialize)]
pub(super) struct Charge {
    /// Empty if the code was typed.
    #[serde(default)]
    person: String,
    payload: String,
    /// In yuan, as it was typed.
    amount: String,
}

/// Takes the price, or says why it can't be taken.
pub(super) async fn charge(
    State(sandbox): State<Arc<Sandbox>>,
    Form(wanted): Form<Charge>,
) -> Response {
    let payload: String = wanted.payload.split_whitespace().collect();
    let world = sandbox.backend.read(|state| {
        let person = state.people.get(&PersonId::from(wanted.person.as_str()));
        person
            .map(|person| person.world.clone())
            .or_else(|| till::world_of(state, &payload, time_in(state, None)))
    });
    let result = sandbox
        .backend
        .change(world.as_ref(), |state, now, entropy| {
            match fen(&wanted.amount) {
                Some(amount) => till::scan(state, &payload, amount, now, entropy),
                None => (Err(Refusal::NoAmount), Vec::new()),
            }
        });
    let result = match result {
        Ok(result) => result,
        Err(error) => return api::failed(&error),
    };
    let form = sandbox
        .backend
        .read(|state| form(state, &wanted.person, Some(&payload), &wanted.amount));
    match result {
        Ok(receipt) => document(&taken(&receipt), &form),
        Err(refusal) => {
            let page = document(&refused(refusal), &form);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
    }
}

fn document(result: &str, form: &str) -> Response {
    page(
        "收银台",
        &format!(
            "<h1>收银台 <small lang=en>Till</small></h1>\
             <p><a class=button href=/sandbox/>← 沙盒 · Sandbox</a></p>{result}{form}"
        ),
    )
}

fn taken(receipt: &Receipt) -> String {
    let (amount, balance) = (yuan(receipt.amount_fen), yuan(receipt.balance_fen));
    let points = receipt.points;
    format!(
        "<section class=result role=status><p><b>已收 {amount}</b>，余额 {balance}，获得 {points} 积分。\
         <br><small lang=en>{amount} taken; balance {balance}, {points} points earned.</small></p></section>"
    )
}

fn refused(refusal: Refusal) -> String {
    format!(
        "<section class=result role=alert><p><b>{}</b><br><small lang=en>{}</small></p></section>",
        escaped(refusal.sentence()),
        escaped(refusal.english_sentence()),
    )
}

/// The code of a person may have changed since it was typed or proposed, so theirs is
/// looked up anew.
fn form(state: &Rows, person: &str, payload: Option<&str>, amount: &str) -> String {
    let known = state.people.get(&PersonId::from(person));
    let present = known.and_then(|known| code(state, known));
    let hint = match (known, &present) {
        (Some(known), None) => format!(
            "<p>{} 现在没有在用的卡。<small lang=en>No card in use.</small></p>",
            escaped(&known.name)
        ),
        (Some(known), Some(_)) => format!("<p><b>{}</b></p>", escaped(&known.name)),
        (None, _) => String::new(),
    };
    let payload = present.as_deref().or(payload).unwrap_or_default();
    let codes: String = state
        .people
        .values()
        .filter_map(|person| Some((person, code(state, person)?)))
        .map(|(person, code)| {
            format!(
                "<option value=\"{}\">{} · {}</option>",
                escaped(&code),
                escaped(&person.name),
                escaped(person.world.as_str()),
            )
        })
        .collect();
    format!(
        "{hint}<section><form class=fields method=post action=/sandbox/till>\
         <input type=hidden name=person value=\"{}\">\
         <label><span>会员码 <small lang=en>Member code</small></span>\
         <input name=payload list=codes inputmode=numeric autocomplete=off required value=\"{}\"></label>\
         <datalist id=codes>{codes}</datalist>\
         <label><span>金额（元） <small lang=en>Amount in yuan</small></span>\
         <input name=amount inputmode=decimal autocomplete=off required value=\"{}\"></label>\
         <button>收款 · Charge</button></form></section>",
        escaped(person),
        escaped(payload),
        escaped(amount),
    )
}

fn code(state: &Rows, person: &Person) -> Option<String> {
    till::code_of(state, person, time_in(state, Some(&person.world)))
}

/// An amount in yuan as a cashier types it, in fen.
fn fen(typed: &str) -> Option<i64> {
    let typed = typed.trim().trim_start_matches(['¥', '￥']).trim();
    let (yuan, fraction) = typed.split_once('.').unwrap_or((typed, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if yuan.is_empty() || !are_digits(yuan) || !are_digits(fraction) || fraction.len() > 2 {
        return None;
    }
    let fraction: i64 = format!("{fraction:0<2}").parse().ok()?;
    let yuan: i64 = yuan.parse().ok()?;
    yuan.checked_mul(FEN_PER_YUAN)?.checked_add(fraction)
}

fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    let unit = FEN_PER_YUAN.unsigned_abs();
    format!("{sign}¥{}.{:02}", fen / unit, fen % unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_a_cashier_types_it() {
        for (typed, amount) in [
            ("58.00", Some(5_800)),
            ("58", Some(5_800)),
            ("58.5", Some(5_850)),
            ("58.", Some(5_800)),
            (" ¥ 0.09 ", Some(9)),
            ("￥1", Some(100)),
            ("0", Some(0)),
            ("-1", None),
            ("58.001", None),
            ("58,00", None),
            ("", None),
            (".5", None),
            ("5e3", None),
            ("99999999999999999999", None),
            ("92233720368547758.08", None),
        ] {
            assert_eq!(fen(typed), amount, "{typed}");
        }
        assert_eq!(yuan(5_809), "¥58.09");
        assert_eq!(yuan(-50), "-¥0.50");
    }
}
