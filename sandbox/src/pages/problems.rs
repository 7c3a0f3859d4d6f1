//! Every problem of the contract, and what a network does to a call, to be met by
//! hand: choose one, and the next call that can have it does.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use kabao_rules::problem::Code;

use super::html::page;
use crate::{
    faults::{Fault, Rule},
    sandbox::Sandbox,
};

/// The account in which the problems happen.
const ACCOUNT: &str = "case-2";

pub(super) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/sandbox/problems", get(index))
        .route("/sandbox/problems/{code}", get(meet))
}

struct Place {
    method: &'static str,
    /// How the path of the call ends.
    path: &'static str,
    /// What to do in the app.
    hint: &'static str,
    person: &'static str,
}

const WALLET: Place = Place {
    method: "GET",
    path: "/wallet",
    hint: "打开卡包 · Opening the wallet",
    person: "chen",
};
const SWITCH: Place = Place {
    method: "PUT",
    path: "/current-card",
    hint: "点另一张卡的头像 · Tap another card’s avatar",
    person: "chen",
};
const CODE: Place = Place {
    method: "GET",
    path: "/code",
    hint: "出示会员码 · Show the member code",
    person: "chen",
};
const SEND: Place = Place {
    method: "POST",
    path: "/claims",
    hint: "获取验证码 · Ask for the SMS code",
    person: "li",
};
const VERIFY: Place = Place {
    method: "POST",
    path: "/verification",
    hint: "输入验证码 · Type the SMS code",
    person: "li",
};
const BIND: Place = Place {
    method: "POST",
    path: "/binding",
    hint: "绑定会员卡 · Bind the card",
    person: "li",
};
const TERMS: Place = Place {
    method: "GET",
    path: "/terms/2026-11",
    hint: "打开协议 · Open the terms",
    person: "li",
};

/// `None` for a problem that has a case of its own, or carries what can't be made up.
const fn place(code: Code) -> Option<Place> {
    Some(match code {
        Code::SnapshotUser
        | Code::AccountUnavailable
        | Code::BadRequest
        | Code::Forbidden
        | Code::NotFound
        | Code::RateLimited
        | Code::Unavailable
        | Code::Internal => WALLET,
        Code::AnotherFan | Code::CardNotFound | Code::CardLost | Code::CardExpired => SWITCH,
        Code::CardFrozen => CODE,
        Code::PhoneInvalid
        | Code::SmsTooFast
        | Code::SmsHourlyLimit
        | Code::SmsDailyLimit
        | Code::SmsCreditsExhausted
        | Code::SmsGatewayFailed
        | Code::IdempotencyKeyReused
        | Code::InProgress => SEND,
        Code::CodeExpired
        | Code::TooManyAttempts
        | Code::ClaimNotFound
        | Code::ClaimExpired
        | Code::PhoneInUse => VERIFY,
        Code::CardAlreadyBound => BIND,
        Code::TermsNotFound => TERMS,
        _ => return None,
    })
}

/// What a network or a gateway can do to the next switch.
const BREAKDOWNS: &[(&str, Fault, &str)] = &[
    (
        "gateway",
        Fault::Gateway(502),
        "网关返回 502 页面 · A gateway’s page, 502",
    ),
    ("no-answer", Fault::Hang, "一直没有回应 · Never answered"),
    (
        "reset",
        Fault::Reset,
        "连接中断，没有办理 · The connection breaks, nothing is done",
    ),
    (
        "lost-reply",
        Fault::LoseReply,
        "已办理，回应丢失 · Done, but the reply is lost",
    ),
    (
        "unreadable",
        Fault::TruncatedBody,
        "已办理，回应残缺 · Done, but the reply is cut off",
    ),
];

async fn index() -> Response {
    let mut body = String::from(
        "<h1>每一种问题 · Every problem</h1><p>选一种问题，照着做一步，它就会出现一次。\
         <small lang=en>Choose a problem and take the step: it happens once.</small></p><section><ul>",
    );
    for code in Code::ALL {
        if let Some(place) = place(*code) {
            body.push_str(&row(code.text(), code.text(), place.hint));
        }
    }
    for (name, _, what) in BREAKDOWNS {
        body.push_str(&row(name, what, SWITCH.hint));
    }
    body.push_str(
        "</ul></section><p><small>not_signed_in：清除 Cookie 后刷新 · clear the cookies and reload. \
         wallet_changed：在两个标签页里切换 · switch in two tabs. \
         consent_required, captcha_required, code_wrong, table_code_*：见各个案例 · \
         see the cases.</small></p>",
    );
    page("会员卡包 · 每一种问题", &body)
}

fn row(name: &str, title: &str, hint: &str) -> String {
    format!("<li><a href=/sandbox/problems/{name}><b>{title}</b><br><small>{hint}</small></a></li>")
}

/// Lets a problem happen in the next call that can have it.
async fn meet(State(sandbox): State<Arc<Sandbox>>, Path(name): Path<String>) -> Response {
    let breakdown = BREAKDOWNS.iter().find(|(known, ..)| *known == name);
    let found = match breakdown {
        Some((_, fault, _)) => Some((SWITCH, fault.clone())),
        None => Code::by_text(&name)
            .and_then(place)
            .map(|place| (place, Fault::Problem(name))),
    };
    let Some((place, fault)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    sandbox.faults.clear(ACCOUNT);
    sandbox.faults.add(Rule {
        account: ACCOUNT.to_owned(),
        method: Some(place.method.to_owned()),
        path: place.path.to_owned(),
        fault,
        times: 1,
        retry_after: None,
    });
    Redirect::to(&format!("/sandbox/as/{ACCOUNT}-{}", place.person)).into_response()
}
