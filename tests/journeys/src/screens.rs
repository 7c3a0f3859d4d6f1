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
    screen("wallet-offline", "case-2", offline),
    screen("wallet-slow", "case-2", slow),
    screen("card", "statuses", |visit| card_of(visit, "quan")),
    screen("card-coupons", "statuses", coupons),
    screen("card-negative", "statuses", |visit| card_of(visit, "fu")),
    screen("code", "case-2", |visit| code_of(visit, "chen")),
    screen("code-rotating", "statuses", |visit| code_of(visit, "zhuan")),
    screen("code-offline", "statuses", offline_code),
    screen("code-frozen", "statuses", frozen_code),
    screen("claim-phone", "case-1a", claim),
    screen("claim-phone-wrong", "case-1a", wrong_phone),
    screen("claim-consent", "case-1a", forgotten_consent),
    screen("claim-terms", "case-1a", terms),
    screen("claim-captcha", "captcha", captcha),
    screen("claim-code", "case-1a", |visit| ask_for_code(visit, "li")),
    screen("claim-code-wrong", "case-1a", wrong_code),
    screen("claim-candidates", "case-1a", |visit| {
        candidates(visit, "zhang")
    }),
    screen("claim-nothing", "case-1b", |visit| candidates(visit, "li")),
    screen("claim-done", "case-1a", done),
    screen("claim-phone-in-use", "case-1x", |visit| {
        candidates(visit, "li")
    }),
    screen("claim-sms-exhausted", "sms-exhausted", no_credits),
    screen("profile", "case-2", profile),
    screen("profile-unlink", "case-2", unlink),
    screen("profile-signed-out", "case-2", signed_out),
    screen("table-stale", "case-1a", stale_table),
    screen("table-unknown", "case-1a", |visit| {
        visit.open_anywhere("/t/R000")?;
        visit.see(visit.say("无法识别这个餐台码", "Unknown table code"))
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
        visit.see(visit.say("没有这个页面", "No such page"))
    }),
];

fn wallet_of(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.see(visit.say("公众号：", "Account: "))
}

fn problem_of(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.open_screen("")?;
    visit.see(visit.say("现在可以这样做", "What you can do now"))
}

fn visit_address(visit: &Visit<'_>, path: &str) -> Outcome {
    visit.open_anywhere(path)?;
    visit.see(visit.say("会员卡包", "menu"))
}

fn search_in_vain(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "ba")?;
    visit.type_into(visit.say("搜索会员卡", "Search cards"), "zzz")?;
    visit.see(visit.say("没有符合的会员卡", "No card matches"))
}

fn switched(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.tap(visit.say("切换到", "Switch to"))?;
    visit.see(visit.say("撤销", "Undo"))
}

fn switch_refused(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.break_next(
        "PUT",
        "/current-card",
        &json!({ "problem": "card_frozen" }),
        1,
    )?;
    visit.tap(visit.say("切换到", "Switch to"))?;
    visit.see(visit.say("这张卡已冻结", "This card is frozen"))
}

fn offline(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.run("dispatchEvent(new Event('offline'))", vec![])?;
    visit.see(visit.say("离线", "Offline"))
}

fn slow(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.break_next("GET", "/wallet", &json!("hang"), 1)?;
    visit.open_screen("")?;
    visit.see(visit.say("网络较慢", "The network is slow"))
}

fn card_of(visit: &Visit<'_>, person: &str) -> Outcome {
    wallet_of(visit, person)?;
    visit.open_current_card("")?;
    visit.see(visit.say("复制卡号", "Copy number"))?;
    visit.see(visit.say("明细", "History"))
}

fn coupons(visit: &Visit<'_>) -> Outcome {
    card_of(visit, "quan")?;
    visit.tap_exactly(visit.say("优惠券", "Coupons"))?;
    visit.see(visit.say("有效期至", "Valid until"))
}

fn code_of(visit: &Visit<'_>, person: &str) -> Outcome {
    wallet_of(visit, person)?;
    visit.tap(visit.say("出示会员码", "Show member code"))?;
    visit.see(visit.say("请向店员出示", "Show this to the staff"))
}

fn offline_code(visit: &Visit<'_>) -> Outcome {
    code_of(visit, "zhuan")?;
    visit.break_next("GET", "/code", &json!({ "problem": "unavailable" }), 1000)?;
    visit.reload()?;
    visit.see(visit.say("离线会员码", "Offline code"))
}

fn frozen_code(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "dong")?;
    visit.open_current_card("/code")?;
    visit.see(visit.say("这张卡已冻结", "This card is frozen"))
}

fn claim(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "li")?;
    visit.open_screen("/claim")?;
    visit.see(visit.say("获取验证码", "Send code"))
}

fn type_phone(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.see(visit.say("公众号：", "Account: "))?;
    visit.open_screen("/claim")?;
    let phone = visit.phone_of(person)?;
    visit.type_into(visit.say("手机号", "Phone number"), &phone)
}

fn wrong_phone(visit: &Visit<'_>) -> Outcome {
    claim(visit)?;
    visit.type_into(visit.say("手机号", "Phone number"), "1380001")?;
    visit.tap(visit.say("我已阅读并同意", "I have read"))?;
    visit.tap(visit.say("获取验证码", "Send code"))?;
    visit.see(visit.say("手机号不足 11 位", "fewer than 11 digits"))
}

fn forgotten_consent(visit: &Visit<'_>) -> Outcome {
    type_phone(visit, "li")?;
    visit.tap(visit.say("获取验证码", "Send code"))?;
    visit.see(visit.say("同意并继续", "Agree and continue"))
}

fn terms(visit: &Visit<'_>) -> Outcome {
    claim(visit)?;
    visit.tap(visit.say("《隐私政策》", "Privacy Policy"))?;
    visit.see(visit.say("个人信息处理者", "Personal information handler"))
}

fn send(visit: &Visit<'_>, person: &str) -> Outcome {
    type_phone(visit, person)?;
    visit.tap(visit.say("我已阅读并同意", "I have read"))?;
    visit.tap(visit.say("获取验证码", "Send code"))
}

fn captcha(visit: &Visit<'_>) -> Outcome {
    send(visit, "li")?;
    visit.see(visit.say("安全验证", "Security check"))
}

fn ask_for_code(visit: &Visit<'_>, person: &str) -> Outcome {
    send(visit, person)?;
    visit.see(visit.say("输入验证码", "Enter the code"))
}

fn type_code(visit: &Visit<'_>, code: &str) -> Outcome {
    visit.type_into(visit.say("短信验证码", "Text message code"), code)
}

fn wrong_code(visit: &Visit<'_>) -> Outcome {
    ask_for_code(visit, "li")?;
    let code = visit.newest_code("li")?;
    type_code(visit, if code == "000000" { "111111" } else { "000000" })?;
    visit.see(visit.say("验证码不正确", "4 tries left"))
}

/// The step after the code: what was found, or why nothing was.
fn candidates(visit: &Visit<'_>, person: &str) -> Outcome {
    ask_for_code(visit, person)?;
    let code = visit.newest_code(person)?;
    type_code(visit, &code)?;
    visit.see_no_more(visit.say("输入验证码", "Enter the code"))
}

fn done(visit: &Visit<'_>) -> Outcome {
    candidates(visit, "li")?;
    visit.tap(visit.say("绑定 1 张会员卡", "Get 1 card back"))?;
    visit.see("¥128.00")?;
    visit.see(visit.say("查看会员卡包", "Go to my cards"))
}

fn no_credits(visit: &Visit<'_>) -> Outcome {
    send(visit, "li")?;
    visit.see(visit.say("短信额度已用完", "run out of texts"))
}

fn claim_left_open(visit: &Visit<'_>) -> Outcome {
    ask_for_code(visit, "li")?;
    visit.open_screen("")?;
    visit.see(visit.say("继续找回", "Continue"))
}

fn profile(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.open_screen("/profile")?;
    visit.see(visit.say("同意记录", "Consents"))
}

fn unlink(visit: &Visit<'_>) -> Outcome {
    profile(visit)?;
    visit.tap(visit.say("撤回同意并解除手机号", "Withdraw"))?;
    visit.see(visit.say("解除手机号？", "Unlink your phone?"))
}

fn signed_out(visit: &Visit<'_>) -> Outcome {
    profile(visit)?;
    visit.tap(visit.say("退出登录", "Sign out"))?;
    visit.see(visit.say("已退出登录", "signed out"))
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
    visit.see(visit.say("服务代码", "Staff code"))
}

fn no_network(visit: &Visit<'_>) -> Outcome {
    wallet_of(visit, "chen")?;
    visit.break_next("GET", "/wallet", &json!("lose_reply"), 100)?;
    visit.open_screen("")?;
    visit.see(visit.say("网络连接不上", "No connection"))
}
