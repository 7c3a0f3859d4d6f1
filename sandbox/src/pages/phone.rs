//! The phone that receives the codes.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kabao_rules::{
    id::{PersonId, Phone},
    state::{Sms, State as Rows},
    timestamp::Timestamp,
};
use serde::Deserialize;

use super::html::{escaped, page};
use crate::sandbox::Sandbox;

/// How many messages are shown.
const MESSAGES: usize = 30;

/// Looks for new messages, because nobody wants to reload a phone.
const REFRESH: &str = "<script>setInterval(function(){fetch(location.href)\
    .then(function(r){return r.text()}).then(function(t){\
    var d=new DOMParser().parseFromString(t,'text/html').getElementById('list');\
    var l=document.getElementById('list');\
    if(d&&d.innerHTML!==l.innerHTML)l.innerHTML=d.innerHTML}).catch(function(){})},2000)</script>";

#[derive(Deserialize)]
pub(super) struct Whose {
    person: Option<String>,
}

/// The messages to one person's number, or to every number if nobody is named.
pub(super) async fn show(
    State(sandbox): State<Arc<Sandbox>>,
    Query(whose): Query<Whose>,
) -> Response {
    let person = whose.person.map(PersonId::from);
    let shown = sandbox.backend.read(|state| match &person {
        None => Some((String::new(), list(state, None))),
        Some(person) => {
            let person = state.people.get(person)?;
            let number = escaped(person.phone.as_str());
            let whose = format!(
                "<p><b>{}</b> {number} <a class=button href=/sandbox/phone>全部短信 · All</a></p>",
                escaped(&person.name)
            );
            Some((whose, list(state, Some(&person.phone))))
        }
    });
    let Some((whose, list)) = shown else {
        return StatusCode::NOT_FOUND.into_response();
    };
    page(
        "短信",
        &format!(
            "<h1>短信 <small lang=en>Messages</small></h1>\
             <p><a class=button href=/sandbox/>← 沙盒 · Sandbox</a></p>{whose}\
             <div id=list>{list}</div>{REFRESH}"
        ),
    )
}

/// The newest first.
fn list(state: &Rows, phone: Option<&Phone>) -> String {
    let mut messages: Vec<_> = state
        .messages
        .values()
        .filter(|message| phone.is_none_or(|phone| message.phone == *phone))
        .collect();
    messages.sort_by_key(|message| std::cmp::Reverse(message.at));
    let rows: String = messages.into_iter().take(MESSAGES).map(row).collect();
    if rows.is_empty() {
        "<p>还没有短信。<small lang=en>No messages yet.</small></p>".to_owned()
    } else {
        format!("<ul class=messages>{rows}</ul>")
    }
}

fn row(message: &Sms) -> String {
    format!(
        "<li><small>{} · {}</small><p>{}</p></li>",
        escaped(message.phone.as_str()),
        clock_face(message.at),
        escaped(&message.text).replace(
            &message.code,
            &format!("<b class=code>{}</b>", escaped(&message.code))
        ),
    )
}

/// The time of day in China.
fn clock_face(at: Timestamp) -> String {
    at.plus_seconds(8 * 60 * 60)
        .rfc3339()
        .get(11..19)
        .unwrap_or_default()
        .to_owned()
}
