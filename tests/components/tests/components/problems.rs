//! Every problem of the contract, on every screen that can meet it.

use std::collections::BTreeSet;

use kabao::i18n::{Explanation, Language, Mender};
use kabao_core::{
    problem::{ApiError, ProblemCode},
    wire::response::read_response,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    calls::{PHONE, SCREENS, Screen, good_backend},
    contract::{self, Example},
    page::{all, pass, press, says, show_app_in, text, until},
};

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
pub(crate) fn tells(error: &ApiError, language: Language) -> bool {
    let text = text();
    let explanation = Explanation::of(error, language);
    let parts = [explanation.happened, explanation.next_step];
    let is_explained = text.contains(explanation.next_step)
        && (text.contains(explanation.title) || parts.iter().all(|part| text.contains(part)));
    let line = error.code().and_then(told_in_short);
    is_explained || line.is_some_and(|line| text.contains(&line))
}

/// The names of what can be pressed or waited for.
pub(crate) fn controls() -> Vec<String> {
    let name = |control: web_sys::Element| {
        let label = control.get_attribute("aria-label");
        label.or_else(|| control.text_content()).unwrap_or_default()
    };
    all("button, main a").into_iter().map(name).collect()
}

/// Meets a problem on `screen`, until a person is told of it.
async fn met(screen: &Screen, example: &Example) -> Backend {
    let backend = good_backend();
    backend.always(screen.method, screen.path, example.status, &example.body);
    (screen.meet)(&backend).await;
    let place = format!("{} on {}", example.code, screen.operation);
    let error = error_of(example);
    let is_told = || {
        let has_left = !backend.left_for().is_empty();
        let is_called = backend.count(screen.method, screen.path) > 0;
        has_left || is_called && tells(&error, Language::English)
    };
    until(is_told, &place).await;
    assert!(
        !text().contains(&example.code),
        "{place} tells the code itself: {}",
        text()
    );
    backend
}

/// The button that makes the call again, once it can be pressed.
pub(crate) fn again(screen: &Screen) -> Option<String> {
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

/// What the app makes of it.
fn error_of(example: &Example) -> ApiError {
    let answer = read_response(example.status, None, &example.body.to_string());
    answer.result.expect_err("a problem")
}

/// Meets every problem of a call.
async fn meet_all(operation: &str) {
    let screen = SCREENS.iter().find(|screen| screen.operation == operation);
    let screen = screen.expect("a screen");
    for example in contract::problems(operation) {
        let backend = met(screen, &example).await;
        can_go_on(screen, &backend, &example.code, &error_of(&example)).await;
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
