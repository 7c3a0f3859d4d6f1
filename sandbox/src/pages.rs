//! What a person sees of the sandbox: the cases, the phone, the till, the fake WeChat.

mod html;
mod index;
mod phone;
mod problems;
mod reports;
mod till;

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kabao_rules::{
    cases,
    id::{AccountId, PersonId, WorldId},
    wechat::{self, Visitor},
};
use serde::Deserialize;

use crate::{api, backend::time_in, head, sandbox::Sandbox};
use html::{escaped, page};

/// Names the person who holds the phone.
const PERSON_COOKIE: &str = "sandbox_person";

pub(crate) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route(
            "/sandbox",
            get(|| async { Redirect::permanent("/sandbox/") }),
        )
        .route("/sandbox/", get(index::show))
        .route("/sandbox/phone", get(phone::show))
        .route("/sandbox/till", get(till::show).post(till::charge))
        .route("/sandbox/reports", get(reports::show))
        .route("/sandbox/restart", post(restart))
        .route("/sandbox/as/{person}", get(become_person))
        .route("/sandbox/wechat/authorize", get(authorize))
        .route("/sandbox/order/{code}", get(order))
        .route("/sandbox/menu/{account}/{entry}", get(menu_entry))
        .merge(problems::router())
}

#[derive(Deserialize)]
struct Restart {
    world: String,
}

async fn restart(State(sandbox): State<Arc<Sandbox>>, Form(wanted): Form<Restart>) -> Response {
    let world = WorldId::from(wanted.world);
    let result = sandbox.backend.change(None, |state, now, _| {
        ((), cases::restart(state, &world, now))
    });
    match result {
        Ok(()) => Redirect::to("/sandbox/").into_response(),
        Err(error) => api::failed(&error),
    }
}

#[derive(Deserialize)]
struct InLanguage {
    lang: Option<String>,
}

/// Takes up a person's phone and taps the menu, in the language of `?lang=` if it is given.
async fn become_person(
    State(sandbox): State<Arc<Sandbox>>,
    Path(person): Path<String>,
    Query(wanted): Query<InLanguage>,
) -> Response {
    let person = PersonId::from(person);
    let found = sandbox
        .backend
        .read(|state| state.people.get(&person).cloned());
    let Some(found) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut entry = found.entry;
    if let Some(language) = wanted
        .lang
        .filter(|tag| ["zh-CN", "en"].contains(&tag.as_str()))
    {
        entry.push_str(&format!(
            "&return_to=%2Fa%2F{}%3Flang%3D{language}",
            found.world
        ));
    }
    let cookie = format!("{PERSON_COOKIE}={person}; Path=/sandbox; HttpOnly; SameSite=Lax");
    let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, entry)];
    (StatusCode::SEE_OTHER, headers).into_response()
}

#[derive(Deserialize)]
struct Authorize {
    account: String,
    state: String,
    person: Option<String>,
}

/// The authorize page. For the person who holds the phone it redirects at once, as
/// `snsapi_base` does; without a phone it asks who is there.
async fn authorize(
    State(sandbox): State<Arc<Sandbox>>,
    headers: HeaderMap,
    Query(wanted): Query<Authorize>,
) -> Response {
    let account = AccountId::from(wanted.account);
    let held = wanted
        .person
        .or_else(|| head::cookie(&headers, PERSON_COOKIE));
    let visitor = held.and_then(|person| {
        sandbox.backend.read(|state| {
            let person = state.people.get(&PersonId::from(person))?;
            let world = &state.accounts.get(&account)?.world;
            (person.world == *world).then(|| Visitor {
                openid: person.openid.clone(),
                is_snapshot: person.is_snapshot,
            })
        })
    });
    let Some(visitor) = visitor else {
        return choose(&sandbox, &account, &wanted.state);
    };
    let world = sandbox.backend.read(|state| {
        state
            .accounts
            .get(&account)
            .map(|account| account.world.clone())
    });
    let granted = sandbox.backend.change(world.as_ref(), |state, _, entropy| {
        let now = time_in(state, world.as_ref());
        wechat::grant(state, &account, &wanted.state, &visitor, now, entropy)
    });
    match granted {
        Ok(reply) => api::response(reply),
        Err(error) => api::failed(&error),
    }
}

fn choose(sandbox: &Sandbox, account: &AccountId, login: &str) -> Response {
    let rows: String = sandbox.backend.read(|state| {
        let Some(account) = state.accounts.get(account) else {
            return String::new();
        };
        state
            .people
            .values()
            .filter(|person| person.world == account.world)
            .map(|person| {
                format!(
                    "<li><a href='/sandbox/wechat/authorize?account={}&amp;state={}&amp;person={}'>\
                     <b>{}</b> {}</a></li>",
                    escaped(account.id.as_str()),
                    escaped(login),
                    escaped(person.id.as_str()),
                    escaped(&person.name),
                    escaped(&person.story),
                )
            })
            .collect()
    });
    page(
        "微信登录",
        &format!(
            "<h1>微信登录 <small lang=en>Fake WeChat</small></h1>\
             <p>现在用微信的是谁？<small lang=en>Whose WeChat is this?</small></p>\
             <section><ul>{rows}</ul></section>"
        ),
    )
}

/// Where a live table code leads.
async fn order(Path(code): Path<String>) -> Response {
    page(
        "点餐",
        &format!(
            "<h1>点餐 <small lang=en>Ordering</small></h1><p>餐台码 {} 有效。\
             <small lang=en>This table code is live; here the shop’s ordering page would open.\
             </small></p>",
            escaped(&code)
        ),
    )
}

/// Where another entry of the account's menu leads.
async fn menu_entry(Path((account, entry)): Path<(String, String)>) -> Response {
    page(
        "公众号菜单",
        &format!(
            "<h1>{} <small>{}</small></h1><p>这里是公众号菜单的其他页面。\
             <small lang=en>Another page of the account’s menu would open here.</small></p>",
            escaped(&entry),
            escaped(&account)
        ),
    )
}
