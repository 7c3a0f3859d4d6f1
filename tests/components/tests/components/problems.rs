//! Every problem of the contract, and everything else that can come in the place
//! of a reply, on every screen that can meet it.

use core::pin::Pin;
use std::collections::BTreeSet;

use kabao::i18n::{Explanation, Language, Mender};
use kabao_core::{
    problem::{ApiError, ProblemCode},
    wire::response::read_response,
};
use serde_json::json;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    backend::Backend,
    contract::{self, Example},
    page::{all, pass, press, says, script, show_app, show_app_in, text, type_into, until},
    replies,
};

const PHONE: &str = "[autocomplete=tel-national]";

/// A screen with a call that it makes.
struct Screen {
    /// The call, as the contract names it.
    operation: &'static str,
    method: &'static str,
    path: &'static str,
    /// Shows the screen and lets it make the call.
    meet: for<'a> fn(&'a Backend) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
    /// What a person still reads there, whatever happens to the call; nothing for
    /// a call that the screen is made of.
    keeps: &'static str,
    /// The button that makes the call once more, besides one that says so.
    again: &'static str,
}

/// A screen, with what it takes to be shown.
macro_rules! screen {
    ($operation:literal, $method:literal $path:literal, keeps $keeps:literal, again $again:literal, $meet:ident) => {
        Screen {
            operation: $operation,
            method: $method,
            path: $path,
            meet: |backend| Box::pin($meet(backend)),
            keeps: $keeps,
            again: $again,
        }
    };
}

const SCREENS: &[Screen] = &[
    screen!("getWallet", "GET" "/wallet", keeps "", again "", wallet),
    screen!("putCurrentCard", "PUT" "/current-card", keeps "8000 0000 0001", again "Switch to", switch),
    screen!("getCard", "GET" "/cards/1", keeps "", again "", card),
    screen!("getEntries", "GET" "/cards/1/entries", keeps "8000 0000 0001", again "", card),
    screen!("getCoupons", "GET" "/cards/1/coupons", keeps "8000 0000 0001", again "", coupons),
    screen!("getCode", "GET" "/cards/1/code", keeps "", again "", code),
    screen!("getProfile", "GET" "/profile", keeps "", again "", profile),
    screen!("unlinkPhone", "DELETE" "/profile/phone", keeps "138****8000", again "Withdraw consent", unlink),
    screen!("signOut", "DELETE" "/session", keeps "", again "", sign_out),
    screen!("getTerms", "GET" "/terms/2026-01", keeps "Membership Terms", again "", terms),
    screen!("getTable", "GET" "/tables/R-08", keeps "", again "", table),
    screen!("openClaim", "POST" "/claims", keeps "", again "Send code", open_claim),
    screen!("resendSms", "POST" "/claims/9/sms", keeps "138****8000", again "new code", resend),
    screen!("verify", "POST" "/claims/9/verification", keeps "138****8000", again "Confirm", verify),
    screen!("bind", "POST" "/claims/9/binding", keeps "Sichuan Bistro", again "Yes, it’s mine", bind),
    screen!("getClaim", "GET" "/claims/9", keeps "", again "", resume),
];

async fn wallet(backend: &Backend) {
    show_app("/a/x", backend).await;
}

async fn switch(backend: &Backend) {
    wallet(backend).await;
    says("nding in 0002").await;
    press("Switch to Sichuan Bistro card ending in 0002");
}

async fn card(backend: &Backend) {
    show_app("/a/x/cards/1", backend).await;
}

async fn coupons(backend: &Backend) {
    card(backend).await;
    says("8000 0000 0001").await;
    // A filter of the history has the same name.
    let mut buttons = all("button").into_iter();
    let tab = buttons.find(|button| button.text_content().as_deref() == Some("Coupons"));
    let tab = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    tab.expect("a tab").click();
}

async fn code(backend: &Backend) {
    show_app("/a/x/cards/1/code", backend).await;
}

async fn profile(backend: &Backend) {
    show_app("/a/x/profile", backend).await;
}

async fn unlink(backend: &Backend) {
    profile(backend).await;
    says("138****8000").await;
    press("Withdraw consent and unlink phone");
    says("Unlink your phone?").await;
    press("Unlink phone");
}

async fn sign_out(backend: &Backend) {
    profile(backend).await;
    says("138****8000").await;
    press("Sign out");
}

async fn table(backend: &Backend) {
    show_app("/t/R-08", backend).await;
}

async fn phone_step(backend: &Backend) {
    backend.always("GET", "/wallet", 200, replies::empty_wallet());
    show_app("/a/x/claim", backend).await;
    says("Phone number").await;
}

async fn terms(backend: &Backend) {
    phone_step(backend).await;
    press("Membership Terms");
}

async fn open_claim(backend: &Backend) {
    phone_step(backend).await;
    type_into(PHONE, "138 0013 8000");
    script(
        "const box = document.querySelector('[type=checkbox]'); \
         box.checked = true; box.dispatchEvent(new Event('change'))",
    );
    press("Send code");
}

async fn code_step(backend: &Backend) {
    backend.always("POST", "/claims", 201, replies::claim());
    open_claim(backend).await;
    until(|| !all("#claim-code").is_empty(), "the code is asked for").await;
}

async fn resend(backend: &Backend) {
    code_step(backend).await;
    pass(61_000);
    says("Send a new code").await;
    press("Send a new code");
}

async fn verify(backend: &Backend) {
    code_step(backend).await;
    type_into("#claim-code", "123456");
}

async fn bind(backend: &Backend) {
    let mut candidate = replies::card("3");
    candidate["selectable"] = json!(true);
    candidate["staff_check_required"] = json!(false);
    let mut verified = replies::claim();
    verified["claim"]["state"] = json!("verified");
    verified["claim"]["candidates"] = json!([candidate]);
    verified["claim"]["merchants"] = json!([replies::merchant()]);
    verified["claim"]["can_open_new"] = json!(true);
    backend.always("POST", "/claims/9/verification", 200, verified);
    verify(backend).await;
    says("card found").await;
    press("Yes, it’s mine");
}

async fn resume(backend: &Backend) {
    let mut wallet = replies::empty_wallet();
    wallet["open_claim_id"] = json!("9");
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x/claim", backend).await;
}

/// A backend on which all goes well, but for one kind of call.
fn backend_of(screen: &Screen, answer: &Answer) -> Backend {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::wallet());
    backend.always("GET", "/profile", 200, replies::profile());
    let in_full = json!({
        "server_time": replies::NOW, "fan": "f1",
        "card": replies::card("1"), "merchant": replies::merchant(),
    });
    backend.always("GET", "/cards/1", 200, in_full);
    let none = json!({ "server_time": replies::NOW, "items": [] });
    backend.always("GET", "/entries", 200, &none);
    backend.always("GET", "/coupons", 200, &none);
    match answer {
        Answer::Reply(status, body) => {
            backend.always(screen.method, screen.path, *status, body);
        }
        Answer::Lost => backend.never(screen.method, screen.path),
        Answer::TimedOut => backend.silent(screen.method, screen.path),
    }
    backend
}

/// What comes in the place of a success.
enum Answer {
    Reply(u16, String),
    Lost,
    TimedOut,
}

impl Answer {
    /// What the app makes of it.
    fn error(&self) -> ApiError {
        match self {
            Self::Reply(status, body) => {
                let answer = read_response(*status, None, body);
                answer.result.err().unwrap_or(ApiError::Unreadable)
            }
            Self::Lost => ApiError::Offline,
            Self::TimedOut => ApiError::Timeout,
        }
    }
}

/// How a person goes on after a problem.
enum WayOn {
    /// The same call can be made again, at once or when the time that the backend
    /// asks for is over.
    Again,
    /// A button or a link of this name.
    Press(&'static str),
    /// A field to type into or to tick.
    Field(&'static str),
    /// People with a phone to call.
    Call,
    /// People to whom the fan gives a code.
    StaffCode,
    /// What the words send the fan to, outside the page.
    Elsewhere(&'static str),
    /// The app leaves to sign in.
    SignIn,
}

/// The way on after each problem. One that is new to the app has none before it is
/// listed here.
fn way_on(screen: &Screen, error: &ApiError) -> WayOn {
    let Some(code) = error.code() else {
        return WayOn::Again;
    };
    match code {
        ProblemCode::NotSignedIn { .. } => match screen.operation {
            // A session that is over is what was wanted.
            "signOut" => WayOn::Press("Sign in again"),
            // It needs no session.
            "getTable" => WayOn::Again,
            _ => WayOn::SignIn,
        },
        ProblemCode::AnotherFan => WayOn::Press("Reload"),
        ProblemCode::SnapshotUser => WayOn::Elsewhere("使用完整服务"),
        ProblemCode::Forbidden | ProblemCode::NotFound | ProblemCode::CardNotFound => {
            match screen.operation {
                "getWallet" | "getTable" => WayOn::Elsewhere("from the account’s menu"),
                "getCard" | "getCode" | "getProfile" => WayOn::Press("Open my member cards"),
                _ => WayOn::Elsewhere("cards"),
            }
        }
        ProblemCode::AccountUnavailable
        | ProblemCode::RateLimited
        | ProblemCode::Unavailable
        | ProblemCode::InProgress
        | ProblemCode::WalletChanged { .. }
        | ProblemCode::SmsHourlyLimit
        | ProblemCode::SmsDailyLimit
        | ProblemCode::SmsCreditsExhausted
        | ProblemCode::SmsGatewayFailed
        | ProblemCode::IdempotencyKeyReused
        | ProblemCode::TermsNotFound => WayOn::Again,
        ProblemCode::BadRequest
        | ProblemCode::Internal
        | ProblemCode::CardAlreadyBound
        | ProblemCode::PhoneInUse
        | ProblemCode::Unknown => WayOn::StaffCode,
        ProblemCode::CardFrozen | ProblemCode::CardLost | ProblemCode::CardExpired => WayOn::Call,
        ProblemCode::TableCodeStale(_) | ProblemCode::TableCodeUnknown(_) => {
            WayOn::Elsewhere("staff")
        }
        ProblemCode::PhoneInvalid | ProblemCode::ClaimNotFound | ProblemCode::ClaimExpired => {
            WayOn::Field(PHONE)
        }
        ProblemCode::ConsentRequired { .. } => WayOn::Field("[type=checkbox]"),
        ProblemCode::SmsTooFast => WayOn::Again,
        ProblemCode::CaptchaRequired(_) => WayOn::Field(".captcha input"),
        ProblemCode::CodeWrong { .. } => WayOn::Field("#claim-code"),
        ProblemCode::CodeExpired | ProblemCode::TooManyAttempts => WayOn::Press("Send a new code"),
    }
}

/// What is said in fewer words where a problem is mended on the spot. Any other
/// problem is explained in the same words everywhere.
fn told_in_short(code: &ProblemCode) -> Option<String> {
    Some(match code {
        ProblemCode::NotSignedIn { .. } => "You’re signed out".to_owned(),
        ProblemCode::WalletChanged { .. } => "The wallet was just changed elsewhere".to_owned(),
        ProblemCode::ClaimNotFound | ProblemCode::ClaimExpired => {
            "Your last request has expired".to_owned()
        }
        ProblemCode::PhoneInvalid => "Number not accepted. Please check it".to_owned(),
        ProblemCode::ConsentRequired { .. } => "The terms have changed".to_owned(),
        ProblemCode::SmsTooFast => "A code was sent a moment ago".to_owned(),
        ProblemCode::CaptchaRequired(_) => "Security check".to_owned(),
        ProblemCode::CodeWrong { attempts_left } => {
            format!("That code isn’t right. {attempts_left} tries left.")
        }
        ProblemCode::CodeExpired => "The code has expired".to_owned(),
        ProblemCode::TooManyAttempts => "This code no longer works".to_owned(),
        _ => return None,
    })
}

/// Whether the page tells of `error` in its own words.
fn tells(error: &ApiError, language: Language) -> bool {
    let text = text();
    let explanation = Explanation::of(error, language);
    let parts = [explanation.happened, explanation.next_step];
    let is_explained = text.contains(explanation.next_step)
        && (text.contains(explanation.title) || parts.iter().all(|part| text.contains(part)));
    let line = error.code().and_then(told_in_short);
    is_explained || line.is_some_and(|line| text.contains(&line))
}

/// The names of what can be pressed or waited for.
fn controls() -> Vec<String> {
    let name = |control: web_sys::Element| {
        let label = control.get_attribute("aria-label");
        label.or_else(|| control.text_content()).unwrap_or_default()
    };
    all("button, main a").into_iter().map(name).collect()
}

/// Meets `answer` on `screen`, until a person is told of it.
async fn met(screen: &Screen, what: &str, answer: &Answer) -> Backend {
    let backend = backend_of(screen, answer);
    (screen.meet)(&backend).await;
    let place = format!("{what} on {}", screen.operation);
    let error = answer.error();
    let is_told = || {
        let has_left = !backend.left_for().is_empty();
        let is_called = backend.count(screen.method, screen.path) > 0;
        has_left || is_called && tells(&error, Language::English)
    };
    until(is_told, &place).await;
    assert!(
        !text().contains(what),
        "{place} tells the code itself: {}",
        text()
    );
    backend
}

/// The button that makes the call again, once it can be pressed.
fn again(screen: &Screen) -> Option<String> {
    let is_it = |name: &String| {
        name.ends_with("ry again") || !screen.again.is_empty() && name.contains(screen.again)
    };
    controls().into_iter().find(is_it)
}

/// What a person knew is still there, if the problem may pass.
fn keeps(screen: &Screen, what: &str, error: &ApiError) {
    assert!(
        !error.is_transient() || text().contains(screen.keeps),
        "{what} on {}: {} is gone: {}",
        screen.operation,
        screen.keeps,
        text()
    );
}

/// The call can be made once more.
async fn can_be_repeated(screen: &Screen, backend: &Backend, what: &str) {
    let place = format!("another try after {what} on {}", screen.operation);
    let waits = |name: &String| name.starts_with("Please try") || name.starts_with("New code in");
    let before = backend.count(screen.method, screen.path);
    if controls().iter().any(waits) {
        pass(61_000);
    }
    let is_repeated = || backend.count(screen.method, screen.path) > before;
    until(|| is_repeated() || again(screen).is_some(), &place).await;
    if is_repeated() {
        // The page has asked by itself.
        return;
    }
    let is_sent = || {
        // Opening a sheet, or the terms, comes before the call itself.
        for name in ["Unlink phone"] {
            if controls().iter().any(|it| it == name) {
                press(name);
            }
        }
        backend.count(screen.method, screen.path) > before
    };
    press(again(screen).expect("a button").trim());
    until(is_sent, &format!("{place} is sent")).await;
}

async fn can_go_on(screen: &Screen, backend: &Backend, what: &str, error: &ApiError) {
    let place = format!("{what} on {}", screen.operation);
    keeps(screen, what, error);
    match way_on(screen, error) {
        WayOn::Again => can_be_repeated(screen, backend, what).await,
        WayOn::SignIn => until(|| !backend.left_for().is_empty(), &place).await,
        WayOn::Press(name) => {
            until(|| controls().iter().any(|it| it.trim() == name), &place).await;
        }
        WayOn::Field(selector) => until(|| !all(selector).is_empty(), &place).await,
        WayOn::Call => until(|| !all("a[href^=\"tel:\"]").is_empty(), &place).await,
        WayOn::StaffCode => until(|| shows_staff_code(error), &place).await,
        WayOn::Elsewhere(words) => assert!(text().contains(words), "{place}: {}", text()),
    }
}

/// Whether the page shows the staff code of the backend's, or one of the same form
/// with the problem's number.
fn shows_staff_code(error: &ApiError) -> bool {
    let code = match error {
        ApiError::Problem(problem) => problem.support.as_ref().map(|it| it.staff_code.clone()),
        _ => None,
    };
    let number = format!("{:02}-", error.staff_number());
    let shown = all(".support__code dd");
    let mut codes = shown.iter().filter_map(|it| it.text_content());
    codes.any(|shown| match &code {
        Some(code) => shown == *code,
        None => shown.starts_with(&number),
    })
}

fn error_of(example: &Example) -> ApiError {
    Answer::Reply(example.status, example.body.to_string()).error()
}

async fn meet_problem(screen: &Screen, example: &Example) {
    let Example { code, status, body } = example;
    let answer = Answer::Reply(*status, body.to_string());
    let backend = met(screen, code, &answer).await;
    can_go_on(screen, &backend, code, &answer.error()).await;
}

/// Meets every problem of a call, and what is no reply of the backend's at all.
async fn meet_all(operation: &str) {
    let screen = SCREENS.iter().find(|screen| screen.operation == operation);
    let screen = screen.expect("a screen");
    for example in contract::problems(operation) {
        meet_problem(screen, &example).await;
    }
    let page = "<html><h1>Bad Gateway</h1></html>";
    let gateways = [502, 503, 504, 429, 408].map(|status| {
        (
            format!("a gateway's {status}"),
            Answer::Reply(status, page.to_owned()),
        )
    });
    let others = [
        (
            "an unreadable reply".to_owned(),
            Answer::Reply(200, "{".to_owned()),
        ),
        ("a lost call".to_owned(), Answer::Lost),
        ("a call without a reply".to_owned(), Answer::TimedOut),
        (
            "of_the_future".to_owned(),
            Answer::Reply(409, json!({ "code": "of_the_future" }).to_string()),
        ),
    ];
    for (what, answer) in gateways.into_iter().chain(others) {
        let backend = met(screen, &what, &answer).await;
        can_go_on(screen, &backend, &what, &answer.error()).await;
    }
}

/// The words ask for a staff code just where the provider mends the problem, and
/// every language says that the same people mend it.
#[wasm_bindgen_test]
fn who_is_asked_for_what_is_the_same_in_every_language() {
    for example in contract::all_problems() {
        let code = &example.code;
        let error = error_of(&example);
        let english = Explanation::of(&error, Language::English);
        let chinese = Explanation::of(&error, Language::Chinese);
        assert_eq!(english.mender, chinese.mender, "{code}");
        let asks = english.mender == Mender::Provider;
        assert_eq!(english.next_step.contains("staff code"), asks, "{code}");
        assert_eq!(chinese.next_step.contains("服务代码"), asks, "{code}");
    }
}

/// In Chinese too, a problem in place of the page tells all there is to know.
#[wasm_bindgen_test]
async fn every_problem_is_told_in_chinese() {
    for example in contract::all_problems() {
        // The page is left for signing in.
        if example.code == "not_signed_in" {
            continue;
        }
        let error = error_of(&example);
        let backend = Backend::new();
        backend.always("GET", "/wallet", example.status, &example.body);
        show_app_in(Language::Chinese, "/a/x", &backend).await;
        let explanation = Explanation::of(&error, Language::Chinese);
        for part in [
            explanation.title,
            explanation.happened,
            explanation.next_step,
        ] {
            says(part).await;
        }
    }
}

#[wasm_bindgen_test]
fn every_problem_of_the_contract_has_a_screen_that_meets_it() {
    let met: BTreeSet<_> = SCREENS
        .iter()
        .flat_map(|screen| contract::problems(screen.operation))
        .map(|example| example.code)
        .collect();
    let known: BTreeSet<_> = contract::codes().into_iter().collect();
    assert_eq!(met, known);
}

macro_rules! meets_all {
    ($($test:ident $operation:literal)*) => {$(
        #[wasm_bindgen_test]
        async fn $test() {
            meet_all($operation).await;
        }
    )*};
}

meets_all! {
    the_wallet "getWallet"
    a_switch "putCurrentCard"
    a_card "getCard"
    the_history "getEntries"
    the_coupons "getCoupons"
    the_code "getCode"
    the_profile "getProfile"
    unlinking "unlinkPhone"
    signing_out "signOut"
    the_terms "getTerms"
    a_table "getTable"
    opening_a_claim "openClaim"
    asking_for_another_code "resendSms"
    checking_a_code "verify"
    binding_a_card "bind"
    going_on_with_a_claim "getClaim"
}
