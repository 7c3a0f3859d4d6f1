//! Recovering an old card.

use kabao_journeys::{Outcome, visit::Visit};
use serde_json::json;

use crate::Journey;

pub(crate) const JOURNEYS: &[Journey] = &[
    (
        "case 1a: the old card comes back by phone and SMS",
        "case-1a",
        old_card_comes_back,
    ),
    (
        "case 1a: a plastic card comes back too",
        "case-1a",
        plastic_card_comes_back,
    ),
    (
        "case 1a: of several cards, those that can be bound are bound at once",
        "case-1a",
        several_cards,
    ),
    (
        "case 1b: nothing matches, and a new card can be opened",
        "case-1b",
        nothing_matches,
    ),
    (
        "case 1x: the number is in use, and the page says who can mend it",
        "case-1x",
        number_in_use,
    ),
    (
        "case 4: the old card comes back by phone and SMS",
        "case-4",
        old_card_comes_back,
    ),
    (
        "no card found: another number can be tried",
        "case-1a",
        another_number,
    ),
    (
        "SMS credits used up: nothing is lost, and the shop can help",
        "sms-exhausted",
        credits_used_up,
    ),
    (
        "the gateway fails: the same request goes through later",
        "gateway",
        gateway_fails,
    ),
    ("a captcha is solved on the way", "captcha", captcha),
    (
        "wrong codes until the attempts run out, then a new code",
        "case-1a",
        wrong_codes,
    ),
    (
        "a reload in the middle of a claim resumes it",
        "case-1a",
        reload_in_the_middle,
    ),
    (
        "Back and Forward after binding lead to what came back",
        "case-1a",
        back_and_forward,
    ),
    (
        "a claim that was left is offered again on the wallet",
        "case-1a",
        claim_left_open,
    ),
    (
        "consent is asked for when it was forgotten",
        "case-1a",
        forgotten_consent,
    ),
    (
        "a number that is none is named as such",
        "case-1a",
        wrong_number,
    ),
    (
        "a double tap on each button that writes does it once",
        "case-1a",
        double_taps,
    ),
    (
        "the session ends in the middle of a claim",
        "case-1a",
        session_ends,
    ),
    (
        "a lost answer is asked for again and sends one message",
        "case-1a",
        lost_answer,
    ),
];

/// What only Chromium's driver can set up.
pub(crate) const IN_CHROMIUM: &[Journey] = &[
    (
        "the countdown is right on a phone whose clock is wrong",
        "case-1a",
        wrong_clock,
    ),
    (
        "at the end the page can be closed, back to the account",
        "case-1a",
        close,
    ),
];

/// Types the phone number, agrees, and asks for the code.
fn ask_for_code(visit: &Visit<'_>, phone: &str) -> Outcome {
    visit.type_into("手机号", phone)?;
    visit.tap("我已阅读并同意")?;
    visit.tap("获取验证码")?;
    visit.see("输入验证码")
}

fn begin_claim(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.tap("手动申请会员卡")?;
    visit.see("获取验证码")?;
    let phone = visit.phone_of(person)?;
    ask_for_code(visit, &phone)
}

/// Types the code that arrived; a whole code is sent by itself.
fn type_code(visit: &Visit<'_>, person: &str) -> Outcome {
    let code = visit.newest_code(person)?;
    visit.type_into("验证码", &code)
}

/// A code that was not sent.
fn other_than(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

fn old_card_comes_back(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("公众号已更换")?;
    visit.tap("手动申请会员卡")?;
    let phone = visit.phone_of("li")?;
    ask_for_code(visit, &phone)?;
    visit.see("138****8000")?;
    type_code(visit, "li")?;
    visit.see("这是您的卡吗？")?;
    visit.see("¥128.00")?;
    visit.tap("是我的，绑定")?;
    visit.see("余额 ¥128.00、560 积分已找回")?;
    visit.tap("查看会员卡包")?;
    visit.see("当前使用")?;
    visit.be_at(&format!("/a/{}", visit.account()))?;
    assert_eq!(
        visit.known_of("li")?["current_card"],
        format!("{}-c8000", visit.account())
    );
    Ok(())
}

fn plastic_card_comes_back(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "wang")?;
    type_code(visit, "wang")?;
    visit.see("实体卡")?;
    visit.tap("是我的，绑定")?;
    visit.see("余额 ¥56.00、120 积分已找回")
}

fn several_cards(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "zhang")?;
    type_code(visit, "zhang")?;
    visit.see("找到 6 张会员卡")?;
    visit.see("已挂失，请到店办理")?;
    visit.see("已过期，请联系店家续期")?;
    visit.see("请到店核对身份后由店员绑定")?;
    visit.tap("绑定 3 张会员卡")?;
    visit.see("3 张卡回来了")?;
    assert_eq!(
        visit.known_of("zhang")?["cards"].as_array().map(Vec::len),
        Some(3)
    );
    Ok(())
}

fn nothing_matches(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "li")?;
    type_code(visit, "li")?;
    visit.see("请开一张新的会员卡")?;
    // Where the members were not kept, it is said why, and nothing is promised.
    visit.see("没有保留原来的会员资料")?;
    assert!(!visit.can_tap("换个手机号再试")?);
    visit.tap("开一张新卡")?;
    visit.see("新会员卡已开好")?;
    visit.tap("查看会员卡包")?;
    visit.see("¥0.00")
}

fn number_in_use(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "li")?;
    type_code(visit, "li")?;
    visit.see("手机号码已被使用")?;
    visit.see("清除旧的登记")?;
    visit.see("由店家的服务商处理")?;
    visit.see("028-8555-0188")?;
    let text = visit.text()?;
    assert!(
        text.contains("53-"),
        "the staff code names the problem: {text}"
    );
    Ok(())
}

fn another_number(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "axin")?;
    type_code(visit, "axin")?;
    visit.see("没有找到会员卡")?;
    // With it the shop can look for the card.
    visit.see("服务代码")?;
    visit.tap("换个手机号再试")?;
    visit.see("获取验证码")?;
    // What was typed is still there, to be corrected.
    let phone = visit.phone_of("axin")?;
    let grouped = format!("{} {} {}", &phone[..3], &phone[3..7], &phone[7..]);
    visit.see_typed("手机号", &grouped)
}

fn credits_used_up(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("我已阅读并同意")?;
    visit.tap("获取验证码")?;
    visit.see("店家的短信额度已用完")?;
    visit.see("不是您的问题")?;
    visit.see("028-8555-0188")?;
    // The shop buys more, and the same tap goes on.
    let merchant = format!("{}-chuanwei", visit.account());
    visit.command(json!({ "command": "set_sms_credits", "merchant": merchant, "credits": 5 }))?;
    visit.tap("再试一次")?;
    visit.see("输入验证码")
}

fn gateway_fails(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("我已阅读并同意")?;
    visit.tap("获取验证码")?;
    visit.see("短信没有发出")?;
    let merchant = format!("{}-chuanwei", visit.account());
    visit.command(
        json!({ "command": "set_sms_gateway", "merchant": merchant, "gateway": "working" }),
    )?;
    visit.tap("再试一次")?;
    visit.see("输入验证码")
}

fn captcha(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("我已阅读并同意")?;
    visit.tap("获取验证码")?;
    visit.see("安全验证")?;
    visit.type_into("请输入图中的数字", "no")?;
    visit.tap("提交")?;
    visit.see("答案不对，请再试一次")?;
    let picture = visit.run(
        "return fetch(document.querySelector('img[src*=captcha]').src).then((reply) => reply.text())",
        vec![],
    )?;
    let digits: String = picture
        .as_str()
        .unwrap_or_default()
        .split("</text>")
        .filter_map(|part| part.chars().last().filter(char::is_ascii_digit))
        .collect();
    visit.type_into("请输入图中的数字", &digits)?;
    visit.tap("提交")?;
    visit.see("输入验证码")
}

fn wrong_codes(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "li")?;
    let wrong = other_than(&visit.newest_code("li")?);
    // The first whole code is sent by itself; corrections are confirmed.
    visit.type_into("验证码", wrong)?;
    visit.see("还可以试 4 次")?;
    for left in (1..4).rev() {
        visit.type_into("验证码", wrong)?;
        visit.tap("确认")?;
        visit.see(&format!("还可以试 {left} 次"))?;
    }
    visit.type_into("验证码", wrong)?;
    visit.tap("确认")?;
    visit.see("这个验证码已作废")?;
    visit.put_clock_ahead(61)?;
    visit.reload()?;
    visit.tap("重新获取验证码")?;
    visit.see("新的验证码已发送")?;
    assert_eq!(visit.codes("li")?.len(), 2);
    type_code(visit, "li")?;
    visit.see("这是您的卡吗？")
}

fn reload_in_the_middle(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "li")?;
    visit.see("秒后可重新获取")?;
    visit.reload()?;
    visit.see("输入验证码")?;
    visit.see("138****8000")?;
    visit.see("秒后可重新获取")?;
    type_code(visit, "li")?;
    visit.see("这是您的卡吗？")?;
    visit.reload()?;
    visit.see("这是您的卡吗？")?;
    visit.tap("是我的，绑定")?;
    visit.see("积分已找回")?;
    assert_eq!(visit.codes("li")?.len(), 1, "a reload sends no message");
    Ok(())
}

fn back_and_forward(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "li")?;
    type_code(visit, "li")?;
    visit.tap("是我的，绑定")?;
    visit.see("余额 ¥128.00、560 积分已找回")?;
    let claim = format!("/a/{}/claim", visit.account());
    visit.tap("出示会员码")?;
    visit.see("请向店员出示")?;
    visit.go_back()?;
    visit.be_at(&claim)?;
    visit.see("余额 ¥128.00、560 积分已找回")?;
    // Wallet and claim share an entry of the history: this leaves the app.
    visit.go_back()?;
    visit.wait("the app to be left", || {
        Ok(!visit.path()?.starts_with("/a/"))
    })?;
    visit.go_forward()?;
    visit.be_at(&claim)?;
    visit.see("余额 ¥128.00、560 积分已找回")
}

fn claim_left_open(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "li")?;
    visit.arrive_as("li")?;
    visit.see("还差一步")?;
    visit.tap("继续办理")?;
    visit.see("输入验证码")
}

fn forgotten_consent(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("获取验证码")?;
    visit.see("川味小馆")?;
    visit.tap("不同意")?;
    visit.see_no_more("请先阅读并同意")?;
    assert!(
        visit.codes("li")?.is_empty(),
        "without consent nothing is sent"
    );
    visit.tap("获取验证码")?;
    visit.tap("同意并继续")?;
    visit.see("输入验证码")
}

fn wrong_number(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", "1380001800")?;
    visit.tap("我已阅读并同意")?;
    visit.tap("获取验证码")?;
    visit.see("手机号不足 11 位")?;
    assert!(visit.codes("li")?.is_empty());
    Ok(())
}

fn double_taps(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("我已阅读并同意")?;
    visit.double_tap_that_sends("获取验证码", "POST", "/claims")?;
    visit.see("输入验证码")?;
    assert_eq!(visit.codes("li")?.len(), 1);
    assert_eq!(visit.known_of("li")?["claims"], 1);

    let wrong = other_than(&visit.newest_code("li")?);
    visit.type_into("验证码", wrong)?;
    visit.see("还可以试 4 次")?;
    visit.type_into("验证码", wrong)?;
    visit.double_tap_that_sends("确认", "POST", "/verification")?;
    visit.see("还可以试 3 次")?;

    visit.put_clock_ahead(61)?;
    visit.reload()?;
    visit.see("重新获取验证码")?;
    visit.double_tap_that_sends("重新获取验证码", "POST", "/sms")?;
    visit.see("新的验证码已发送")?;
    assert_eq!(visit.codes("li")?.len(), 2);

    type_code(visit, "li")?;
    visit.see("这是您的卡吗？")?;
    visit.double_tap_that_sends("是我的，绑定", "POST", "/binding")?;
    visit.see("积分已找回")?;
    assert_eq!(
        visit.known_of("li")?["cards"].as_array().map(Vec::len),
        Some(1)
    );
    Ok(())
}

fn session_ends(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "li")?;
    visit.command(json!({ "command": "end_sessions", "account": visit.account() }))?;
    let code = visit.newest_code("li")?;
    visit.type_into("验证码", &code)?;
    // Signing in is silent, and leads back to the very step.
    visit.see("输入验证码")?;
    visit.wait("the backend to answer this window again", || {
        let script = "return fetch('/api/v1/accounts/' + arguments[0] + '/wallet') \
            .then((reply) => reply.status)";
        Ok(visit.run(script, vec![json!(visit.account())])? == 200)
    })?;
    visit.be_at(&format!("/a/{}/claim", visit.account()))?;
    type_code(visit, "li")?;
    visit.see("这是您的卡吗？")
}

fn lost_answer(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("我已阅读并同意")?;
    visit.break_next("POST", "/claims", &json!("lose_reply"), 1)?;
    visit.tap("获取验证码")?;
    visit.see("输入验证码")?;
    assert_eq!(
        visit.codes("li")?.len(),
        1,
        "the same intention is carried out once"
    );
    Ok(())
}

fn wrong_clock(visit: &Visit<'_>) -> Outcome {
    visit.run_at_every_start("{ const now = Date.now; Date.now = () => now() + 600000; }")?;
    begin_claim(visit, "li")?;
    let seconds = || -> Result<Option<u32>, kabao_journeys::Failure> {
        let text = visit.text()?;
        let before = text.split(" 秒后可重新获取").next().unwrap_or_default();
        let digits = before.rsplit(|character: char| !character.is_ascii_digit());
        Ok(digits
            .into_iter()
            .next()
            .and_then(|digits| digits.parse::<u32>().ok()))
    };
    visit.wait("a countdown from 60 seconds", || {
        Ok(seconds()?.is_some_and(|seconds| (40..=60).contains(&seconds)))
    })?;
    visit.reload()?;
    visit.wait("the countdown to go on", || {
        Ok(seconds()?.is_some_and(|seconds| (30..=60).contains(&seconds)))
    })
}

fn close(visit: &Visit<'_>) -> Outcome {
    begin_claim(visit, "li")?;
    type_code(visit, "li")?;
    visit.tap("是我的，绑定")?;
    visit.see("卡回来了")?;
    visit.run(
        "window.calls = []; window.WeixinJSBridge = { call: (name) => window.calls.push(name) }",
        vec![],
    )?;
    visit.tap("回到公众号")?;
    visit.wait("the page to be closed", || {
        Ok(visit.run("return window.calls.join()", vec![])? == "closeWindow")
    })
}
