//! Every problem of the contract, to be met by hand: choose one, and the next
//! call that can have it does.

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

/// The account in which the problems happen, and the people who meet them.
const ACCOUNT: &str = "case-2";

pub(super) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/sandbox/problems", get(index))
        .route("/sandbox/problems/{code}", get(meet))
}

/// Where a problem is met.
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

/// Where a problem can be met; `None` for what has its own case or can't be
/// made up, because it carries something of its own.
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

/// All of them.
async fn index() -> Response {
    let mut body = String::from(
        "<h1>每一种问题 · Every problem</h1><p>选一种问题，照着做一步，它就会出现一次。\
         <small lang=en>Choose a problem and take the step: it happens once.</small></p><section><ul>",
    );
    for code in Code::ALL {
        if let Some(place) = place(*code) {
            let (text, hint) = (code.text(), place.hint);
            body.push_str(&format!(
                "<li><a href=/sandbox/problems/{text}><b>{text}</b><br><small>{hint}</small></a></li>"
            ));
        }
    }
    body.push_str(
        "</ul></section><p><small>not_signed_in：清除 Cookie 后刷新 · clear the cookies and reload. \
         wallet_changed：在两个标签页里切换 · switch in two tabs. \
         consent_required, captcha_required, code_wrong, table_code_*：见各个案例 · \
         see the cases.</small></p>",
    );
    page("会员卡包 · 每一种问题", &body)
}

/// Makes a problem happen with the next call that can have it.
async fn meet(State(sandbox): State<Arc<Sandbox>>, Path(code): Path<String>) -> Response {
    let known = Code::ALL.iter().find(|known| known.text() == code);
    let Some(place) = known.and_then(|code| place(*code)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    sandbox.faults.clear(ACCOUNT);
    sandbox.faults.add(Rule {
        account: ACCOUNT.to_owned(),
        method: Some(place.method.to_owned()),
        path: place.path.to_owned(),
        fault: Fault::Problem(code),
        times: 1,
    });
    Redirect::to(&format!("/sandbox/as/{ACCOUNT}-{}", place.person)).into_response()
}
