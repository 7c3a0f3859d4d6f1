//! Every screen and state of the app, and how a person comes to it. The
//! accessibility checks and the pictures of `cargo xtask screens` both go by
//! this list.

use serde_json::json;

use crate::{Failure, Outcome, visit::Visit};

/// A screen in one of its states.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Its name, fit for a file.
    pub name: &'static str,
    /// The case of the sandbox in which it can be seen.
    pub case: &'static str,
    /// How to come to it, in either language.
    pub walk: fn(&Visit<'_>) -> Outcome,
}

const fn screen(name: &'static str, case: &'static str, walk: fn(&Visit<'_>) -> Outcome) -> Screen {
    Screen { name, case, walk }
}

/// All of them.
pub const SCREENS: &[Screen] = &[
    screen("wallet", "case-2", |visit| wallet_of(visit, "chen")),
    screen("wallet-empty", "case-1a", |visit| wallet_of(visit, "li")),
    screen("wallet-claim-open", "case-1a", claim_left_open),
    screen("wallet-1", "many", |visit| wallet_of(visit, "yi")),
    screen("wallet-8", "many", |visit| wallet_of(visit, "ba")),
    screen("wallet-search-none", "many", search_in_vain),
    screen("wallet-250", "many", |visit| wallet_of(visit, "duo")),
    screen("wallet-frozen", "statuses", |visit| {
        wallet_of(visit, "dong")
    }),
    screen("wallet-lost", "statuses", |visit| wallet_of(visit, "shi")),
    screen("wallet-expired", "statuses", |visit| wallet_of(visit, "qi")),
    screen("wallet-negative", "statuses", |visit| {
        wallet_of(visit, "fu")
    }),
    screen("wallet-operator", "case-3", |visit| {
        wallet_of(visit, "chen")
    }),
    screen("wallet-not-following", "not-following", |visit| {
        wallet_of(visit, "li")
    }),
    screen("wallet-switched", "case-2", switched),
    screen("wallet-switch-refused", "case-2", switch_refused),
    screen("wallet-reminders", "statuses", |visit| {
        wallet_of(visit, "jiang")?;
        visit.see("58")
    }),
    screen("wallet-pinned", "case-2", pinned),
    screen("wallet-offline", "case-2", offline),
    screen("wallet-slow", "case-2", slow),
    screen("card", "statuses", |visit| card_of(visit, "quan")),
    screen("card-coupons", "statuses", coupons),
    screen("card-coupon-code", "statuses", coupon_code),
    screen("card-negative", "statuses", |visit| card_of(visit, "fu")),
    screen("code", "case-2", |visit| code_of(visit, "chen")),
    screen("code-rotating", "statuses", |visit| code_of(visit, "zhuan")),
    screen("code-full-screen", "case-2", |visit| {
        code_of(visit, "chen")?;
        visit.tap(visit.words().full_screen)?;
        visit.wait("the whole screen", || visit.can_tap(visit.words().close))
    }),
    screen("code-used", "case-2", used_code),
    screen("code-offline", "statuses", offline_code),
    screen("code-frozen", "statuses", frozen_code),
    screen("claim-phone", "case-1a", claim),
    screen("claim-phone-wrong", "case-1a", wrong_phone),
    screen("claim-consent", "case-1a", forgotten_consent),
    screen("claim-terms", "case-1a", terms),
    screen("claim-captcha", "captcha", captcha),
    screen("claim-code", "case-1a", |visit| ask_for_code(visit, "li")),
    screen("claim-code-wrong", "case-1a", wrong_code),
    screen("claim-one", "case-1a", |visit| {
        findings(visit, "li", visit.words().one_found)
    }),
    screen("claim-not-mine", "case-1a", not_mine),
    screen("claim-candidates", "case-1a", |visit| {
        findings(visit, "zhang", visit.words().six_found)
    }),
    screen("claim-nothing", "case-1b", |visit| {
        findings(visit, "li", visit.words().not_kept)
    }),
    screen("claim-done", "case-1a", done),
    screen("claim-phone-in-use", "case-1x", |visit| {
        findings(visit, "li", visit.words().phone_in_use)
    }),
    screen("claim-sms-exhausted", "sms-exhausted", no_credits),
    screen("profile", "case-2", profile),
    screen("profile-unlink", "case-2", unlink),
    screen("profile-signed-out", "case-2", signed_out),
    screen("table-stale", "case-1a", stale_table),
    screen("table-unknown", "case-1a", |visit| {
        visit.open_anywhere("/t/R000")?;
        visit.see(visit.words().unknown_table)
    }),
    screen("snapshot", "snapshot", |visit| problem_of(visit, "li")),
    screen("unavailable", "unavailable", |visit| {
        problem_of(visit, "li")
    }),
    screen("problem-internal", "case-2", internal),
    screen("problem-network", "case-2", no_network),
    screen("home", "case-1a", |visit| visit_address(visit, "/")),
    screen("not-found", "case-1a", |visit| {
        visit.open_screen("/nowhere")?;
        visit.see(visit.words().no_such_page)
    }),
];

fn wallet_of(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.see(visit.words().account)
}

fn problem_of(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.open_screen("")?;
    visit.see(visit.words().what_to_do)
}

fn visit_address(visit: &Visit<'_>, path: &str) -> Outcome {
    visit.open_anywhere(path)?;
    visit.see(visit.words().home)
}

fn search_in_vain(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "ba")?;
    visit.type_into(visit.words().search, "zzz")?;
    visit.see(visit.words().no_match)
}

fn switched(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.tap(visit.words().switch_to)?;
    visit.see(visit.words().undo)
}

fn switch_refused(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.break_next(
        "PUT",
        "/current-card",
        &json!({ "problem": "card_frozen" }),
        1,
    )?;
    visit.tap(visit.words().switch_to)?;
    visit.see(visit.words().frozen)
}

fn offline(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.run("dispatchEvent(new Event('offline'))", vec![])?;
    visit.see(visit.words().offline)
}

fn slow(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.break_next("GET", "/wallet", &json!("hang"), 1)?;
    visit.open_screen("")?;
    visit.see(visit.words().slow)
}

fn card_of(visit: &Visit<'_>, person: &str) -> Outcome {
    wallet_of(visit, person)?;
    visit.open_current_card("")?;
    visit.see(visit.words().copy_number)?;
    visit.see(visit.words().history)
}

fn coupons(visit: &Visit<'_>) -> Outcome {
    card_of(visit, "quan")?;
    visit.tap_exactly(visit.words().coupons)?;
    visit.see(visit.words().valid_until)
}

fn code_of(visit: &Visit<'_>, person: &str) -> Outcome {
    wallet_of(visit, person)?;
    visit.tap(visit.words().show_code)?;
    visit.see(visit.words().to_the_staff)
}

/// The till takes the code that is on the screen.
fn used_code(visit: &Visit<'_>) -> Outcome {
    code_of(visit, "chen")?;
    let script = "return document.querySelector('.code-plate__number').textContent";
    let shown = visit.run(script, vec![])?;
    let shown = shown.as_str().unwrap_or_default();
    let payload: String = shown.chars().filter(char::is_ascii_digit).collect();
    visit.command(json!({ "command": "use_code", "payload": payload, "amount_fen": 800 }))?;
    visit.see("¥8.00")
}

fn pinned(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.open_current_card("")?;
    // The history comes in above the button and moves it away.
    visit.wait("the history", || {
        let has_come = "return !document.querySelector('.skeleton')";
        Ok(visit.run(has_come, vec![])? == true)
    })?;
    visit.tap(visit.words().pin)?;
    visit.tap(visit.words().back)?;
    visit.tap(visit.words().switch_to)?;
    visit.see(visit.words().pinned)
}

fn coupon_code(visit: &Visit<'_>) -> Outcome {
    card_of(visit, "jiang")?;
    visit.tap_exactly(visit.words().coupons)?;
    // A button that has just come under the finger takes no tap at once.
    visit.wait("the coupon's own code", || {
        if visit.can_tap(visit.words().show_coupon)? {
            visit.tap(visit.words().show_coupon)?;
        }
        let script = "return !!document.querySelector('dialog[open] .coupon-code')";
        Ok(visit.run(script, vec![])? == true)
    })
}

fn offline_code(visit: &Visit<'_>) -> Outcome {
    code_of(visit, "zhuan")?;
    visit.break_next("GET", "/code", &json!({ "problem": "unavailable" }), 1000)?;
    visit.reload()?;
    visit.see(visit.words().offline_code)
}

fn frozen_code(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "dong")?;
    visit.open_current_card("/code")?;
    visit.see(visit.words().frozen)
}

fn claim(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "li")?;
    visit.open_screen("/claim")?;
    visit.see(visit.words().send_code)
}

fn type_phone(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.see(visit.words().account)?;
    visit.open_screen("/claim")?;
    let phone = visit.phone_of(person)?;
    visit.type_into(visit.words().phone, &phone)
}

fn wrong_phone(visit: &Visit<'_>) -> Outcome {
    claim(visit)?;
    visit.type_into(visit.words().phone, "1380001")?;
    visit.tap(visit.words().consent)?;
    visit.tap(visit.words().send_code)?;
    visit.see(visit.words().too_few_digits)
}

fn forgotten_consent(visit: &Visit<'_>) -> Outcome {
    type_phone(visit, "li")?;
    visit.tap(visit.words().send_code)?;
    visit.see(visit.words().agree)
}

fn terms(visit: &Visit<'_>) -> Outcome {
    claim(visit)?;
    visit.tap(visit.words().privacy)?;
    visit.see(visit.words().handler)
}

fn send(visit: &Visit<'_>, person: &str) -> Outcome {
    type_phone(visit, person)?;
    visit.tap(visit.words().consent)?;
    visit.tap(visit.words().send_code)
}

fn captcha(visit: &Visit<'_>) -> Outcome {
    send(visit, "li")?;
    visit.see(visit.words().security_check)
}

fn ask_for_code(visit: &Visit<'_>, person: &str) -> Outcome {
    send(visit, person)?;
    visit.see(visit.words().enter_code)
}

fn type_code(visit: &Visit<'_>, code: &str) -> Outcome {
    visit.type_into(visit.words().code, code)
}

fn wrong_code(visit: &Visit<'_>) -> Outcome {
    ask_for_code(visit, "li")?;
    let code = visit.newest_code("li")?;
    type_code(visit, if code == "000000" { "111111" } else { "000000" })?;
    visit.see(visit.words().tries_left)
}

/// The step after the code: what was found, or why nothing was, by its own words.
fn findings(visit: &Visit<'_>, person: &str, words: &str) -> Outcome {
    ask_for_code(visit, person)?;
    let code = visit.newest_code(person)?;
    type_code(visit, &code)?;
    visit.see(words)
}

fn not_mine(visit: &Visit<'_>) -> Outcome {
    findings(visit, "li", visit.words().one_found)?;
    visit.tap(visit.words().not_mine)?;
    visit.see(visit.words().open_new)
}

fn done(visit: &Visit<'_>) -> Outcome {
    ask_for_code(visit, "li")?;
    type_code(visit, &visit.newest_code("li")?)?;
    visit.tap(visit.words().get_back)?;
    visit.see("¥128.00")?;
    visit.see(visit.words().to_the_cards)?;
    visit.wait("the balance to be counted up", || {
        let shown = "return [...document.querySelectorAll('.count-up')] \
            .every((it) => it.textContent === it.dataset.total)";
        Ok(visit.run(shown, vec![])? == true)
    })
}

fn no_credits(visit: &Visit<'_>) -> Outcome {
    send(visit, "li")?;
    visit.see(visit.words().no_credits)
}

fn claim_left_open(visit: &Visit<'_>) -> Outcome {
    ask_for_code(visit, "li")?;
    visit.open_screen("")?;
    visit.see(visit.words().go_on)
}

fn profile(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.open_screen("/profile")?;
    visit.see(visit.words().consents)
}

fn unlink(visit: &Visit<'_>) -> Outcome {
    profile(visit)?;
    visit.tap(visit.words().withdraw)?;
    visit.see(visit.words().unlink)
}

fn signed_out(visit: &Visit<'_>) -> Outcome {
    profile(visit)?;
    visit.tap(visit.words().sign_out)?;
    visit.see(visit.words().signed_out)
}

fn stale_table(visit: &Visit<'_>) -> Outcome {
    let codes = visit.table_codes();
    let dead: Result<_, Failure> = codes
        .into_iter()
        .find(|(_, is_live)| !is_live)
        .ok_or_else(|| "no table code is dead".into());
    visit.open_anywhere(&format!("/t/{}", dead?.0))?;
    visit.see("028-8555-0188")
}

fn internal(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.break_next("GET", "/wallet", &json!({ "problem": "internal" }), 1)?;
    visit.open_screen("")?;
    visit.see(visit.words().staff_code)
}

fn no_network(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.break_next("GET", "/wallet", &json!("lose_reply"), 100)?;
    visit.open_screen("")?;
    visit.see(visit.words().no_connection)
}
