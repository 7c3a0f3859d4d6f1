//! Every problem of the contract has a screen that names the next step.

use kabao_journeys::{Outcome, visit::Visit, words::LANGUAGES};
use serde_json::json;

use crate::Journey;

pub(crate) const JOURNEYS: &[Journey] = &[
    (
        "each problem of a page is explained",
        "case-1a",
        each_problem_of_a_page,
    ),
    (
        "each problem of sending the code is explained",
        "case-1a",
        each_problem_of_sending,
    ),
    (
        "an unknown problem is explained too",
        "case-1a",
        unknown_problem,
    ),
    (
        "a slow or broken network is explained, and trying again helps",
        "case-1a",
        network,
    ),
    (
        "each problem can be met by hand, from the sandbox's own page",
        "case-2",
        by_hand,
    ),
];

fn by_hand(visit: &Visit<'_>) -> Outcome {
    visit.open("/sandbox/problems")?;
    for problem in ["sms_daily_limit", "phone_in_use", "card_already_bound"] {
        visit.see(problem)?;
    }
    visit.tap("rate_limited")?;
    visit.be_at("/a/case-2")?;
    // It happens in the language of the browser, whichever that is.
    visit.wait("the problem", || {
        let text = visit.text()?;
        Ok(LANGUAGES.iter().any(|words| text.contains(words.too_many)))
    })?;
    visit.open("/a/case-2?lang=zh-CN")?;
    visit.see("当前使用")
}

fn each_problem_of_a_page(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("手动申请会员卡")?;
    for (problem, words) in [
        ("account_unavailable", "公众号暂时不可用"),
        ("bad_request", "请求有误"),
        ("forbidden", "没有权限"),
        ("not_found", "页面不存在"),
        ("rate_limited", "操作过于频繁"),
        ("unavailable", "系统正在维护"),
        ("internal", "系统故障"),
        ("snapshot_user", "当前是快照页"),
    ] {
        visit.break_next("GET", "/wallet", &json!({ "problem": problem }), 1)?;
        visit.open_screen("")?;
        visit.see(words)?;
        visit.see("怎么办")?;
    }
    Ok(())
}

fn each_problem_of_sending(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("我已阅读并同意")?;
    for (problem, words) in [
        ("phone_invalid", "手机号不被接受"),
        ("sms_too_fast", "验证码刚刚发送过"),
        ("sms_hourly_limit", "一小时内的短信已发完"),
        ("sms_daily_limit", "今天的短信已发完"),
        ("sms_gateway_failed", "短信没有发出"),
        ("sms_credits_exhausted", "短信额度已用完"),
    ] {
        visit.break_next("POST", "/claims", &json!({ "problem": problem }), 1)?;
        visit.open_screen("/claim")?;
        visit.type_into("手机号", &visit.phone_of("li")?)?;
        visit.tap("我已阅读并同意")?;
        visit.tap("获取验证码")?;
        visit.see(words)?;
    }
    assert!(visit.codes("li")?.is_empty());
    Ok(())
}

fn unknown_problem(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("手动申请会员卡")?;
    visit.break_next("GET", "/wallet", &json!({ "problem": "of_the_future" }), 1)?;
    visit.open_screen("")?;
    visit.see("出现未知问题")?;
    visit.see("服务代码")?;
    let version = "return document.querySelector('meta[name=\"kabao:version\"]').content";
    let version = visit.run(version, vec![])?;
    let version = version.as_str().ok_or("the page has no version")?;
    visit.see(&format!("版本 {version}"))
}

fn network(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("手动申请会员卡")?;
    visit.break_next("GET", "/wallet", &json!("lose_reply"), 100)?;
    visit.open_screen("")?;
    visit.see("网络连接失败")?;
    visit.mend()?;
    visit.tap("再试一次")?;
    visit.see("手动申请会员卡")
}
