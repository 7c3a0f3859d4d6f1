//! Opening the wallet.

use kabao_journeys::{Failure, Outcome, visit::Visit};
use serde_json::json;

use crate::Journey;

pub(crate) const JOURNEYS: &[Journey] = &[
    (
        "not following: the account's QR code is shown, and nothing is blocked",
        "not-following",
        not_following,
    ),
    (
        "the old account's menu leads to the present account",
        "old-menu",
        old_menu,
    ),
    ("a snapshot page says how to go on", "snapshot", snapshot),
    (
        "no authorised account: the page says so, with the shop's phone",
        "unavailable",
        unavailable,
    ),
    (
        "the member code is one tap away, and Back returns",
        "statuses",
        member_code,
    ),
    ("a frozen card in use says what to do", "statuses", frozen),
    (
        "case 3: the operator's menu is one tap away",
        "case-3",
        operator_menu,
    ),
    (
        "the phone can be unlinked, and signing out works",
        "case-1a",
        profile,
    ),
    (
        "among many cards one is found by name, initials and number",
        "many",
        search,
    ),
    ("many cards can be sorted", "many", sort),
    (
        "the cards of the merchant in focus come first",
        "many",
        groups,
    ),
    ("what could not be refreshed tells its age", "case-2", age),
    (
        "offline, the wallet stays and says so; online, it refreshes",
        "case-2",
        offline,
    ),
    ("a slow network is told of", "case-2", slow),
    (
        "an address without an account says where to begin",
        "case-1a",
        signpost,
    ),
];

/// What only Chromium's driver can set up.
pub(crate) const IN_CHROMIUM: &[Journey] = &[
    (
        "a phone that can't run the app is told how to be served",
        "case-2",
        no_wasm,
    ),
    (
        "an app that does not start makes way for help after 8 seconds",
        "case-2",
        never_starts,
    ),
];

fn no_wasm(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("当前使用")?;
    visit.run_at_every_start("WebAssembly.validate = () => false")?;
    visit.run_at_every_start("WebAssembly.instantiateStreaming = () => new Promise(() => {})")?;
    visit.open_screen("")?;
    help_is_there(visit)
}

fn never_starts(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("当前使用")?;
    visit.run_at_every_start("WebAssembly.instantiateStreaming = () => new Promise(() => {})")?;
    visit.open_screen("")?;
    help_is_there(visit)
}

/// The page of help, with the shop and its phone, which the wallet's reply has
/// told.
fn help_is_there(visit: &Visit<'_>) -> Outcome {
    visit.see("这台手机暂时打不开会员卡包")?;
    visit.see("报手机号，由店员查询会员卡")?;
    visit.see("江南面馆")?;
    visit.see("服务代码")?;
    assert!(visit.can_tap("028-")?, "the shop can be called");
    Ok(())
}

/// The merchants of the cards in the list, in order.
fn listed(visit: &Visit<'_>) -> Result<Vec<String>, Failure> {
    let script = "return [...document.querySelectorAll('ul li h3')].map((it) => it.innerText)";
    Ok(serde_json::from_value(visit.run(script, vec![])?)?)
}

fn search(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("ba")?;
    visit.see("最近使用")?;
    for (query, found) in [
        ("面馆", Some("江南面馆")),
        ("ysc", Some("云上茶舍")),
        ("0004", Some("老街火锅")),
        ("火星", None),
    ] {
        visit.clear_and_type("搜索会员卡", query)?;
        let expected: Vec<String> = found.map(str::to_owned).into_iter().collect();
        visit.wait(query, || Ok(listed(visit)? == expected))?;
    }
    visit.see("没有符合的会员卡")?;
    visit.see("当前使用")
}

fn sort(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("ba")?;
    visit.see("最近使用")?;
    let by_use = listed(visit)?;
    visit.tap_exactly("余额")?;
    let mut reversed = by_use.clone();
    reversed.reverse();
    visit.wait("the largest balance first", || {
        Ok(listed(visit)? == reversed)
    })?;
    visit.tap_exactly("最近使用")?;
    visit.wait("the order from before", || Ok(listed(visit)? == by_use))
}

fn groups(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("duo")?;
    visit.see("川味小馆的其他会员卡")?;
    // Of a long list few rows are in the page, and each says how many there are.
    let sizes = "return [...document.querySelectorAll('.wallet__list')].map((list) => \
        Number(list.querySelector('[aria-setsize]')?.ariaSetSize ?? list.children.length)) \
        .reduce((one, other) => one + other)";
    visit.wait("249 other cards", || Ok(visit.run(sizes, vec![])? == 249))?;
    let names = listed(visit)?;
    let in_focus = names.iter().take_while(|name| *name == "川味小馆").count();
    assert!(in_focus > 1, "the merchant in focus comes first");
    assert!(!names[in_focus..].contains(&"川味小馆".to_owned()));
    Ok(())
}

fn age(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    assert!(!visit.text()?.contains("截至"), "it is fresh");
    visit.break_next("GET", "/wallet", &json!({ "problem": "unavailable" }), 1)?;
    visit.put_clock_ahead(120)?;
    visit.run(
        "document.dispatchEvent(new Event('visibilitychange'))",
        vec![],
    )?;
    visit.see("暂时无法更新")?;
    visit.see("截至")?;
    visit.tap("再试一次")?;
    visit.see_no_more("截至")
}

fn offline(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.run("dispatchEvent(new Event('offline'))", vec![])?;
    visit.see("离线 · 截至")?;
    visit.see("当前使用")?;
    visit.see("**** **** 4100")?;
    visit.run("dispatchEvent(new Event('online'))", vec![])?;
    visit.see_no_more("离线")?;
    visit.see_no_more("****")
}

fn slow(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.break_next("GET", "/wallet", &json!({ "delay_ms": 4000 }), 1)?;
    visit.open_screen("")?;
    visit.see("网络较慢")?;
    visit.see("出示会员码")?;
    visit.see_no_more("网络较慢")
}

fn not_following(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("关注公众号")?;
    let picture = visit.run(
        "const image = document.querySelector('img[alt*=关注]'); \
         return image.decode().then(() => [image.naturalWidth, image.getBoundingClientRect().width])",
        vec![],
    )?;
    assert!(
        picture[0].as_u64() > Some(100),
        "the picture is there: {picture}"
    );
    assert!(
        picture[1].as_f64() >= Some(200.0),
        "it is large enough to be recognised: {picture}"
    );
    visit.tap("手动申请会员卡")?;
    visit.see("获取验证码")
}

fn old_menu(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("关注公众号")?;
    visit.be_at(&format!("/a/{}", visit.account()))
}

fn snapshot(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("当前是快照页")?;
    visit.see("使用完整服务")
}

fn unavailable(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.open_screen("")?;
    visit.see("公众号暂时不可用")?;
    visit.see("028-8555-0188")?;
    let text = visit.text()?;
    assert!(
        text.contains("12-"),
        "the staff code names the problem: {text}"
    );
    Ok(())
}

fn member_code(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("fu")?;
    visit.see("-¥12.50")?;
    visit.tap("出示会员码")?;
    visit.see("请向店员出示")?;
    visit.be_at(&format!("/a/{}/cards/{0}-c3004/code", visit.account()))?;
    visit.go_back()?;
    visit.see("当前使用")
}

fn frozen(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("dong")?;
    visit.see("已冻结")?;
    visit.see("请联系店家解冻")?;
    assert!(!visit.can_tap("出示会员码")?);
    assert!(visit.can_tap("致电店家")?);
    Ok(())
}

fn operator_menu(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("食在本地")?;
    visit.tap("微外卖")?;
    visit.see("公众号菜单的其他页面")
}

fn profile(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.tap("手动申请会员卡")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("我已阅读并同意")?;
    visit.tap("获取验证码")?;
    visit.see("输入验证码")?;
    visit.type_into("验证码", &visit.newest_code("li")?)?;
    visit.tap("是我的，绑定")?;
    visit.see("积分已找回")?;
    visit.tap("查看会员卡包")?;
    visit.tap("我的资料")?;
    visit.see("138****8000")?;
    visit.double_tap("撤回同意并解除手机号")?;
    visit.see("解除手机号？")?;
    visit.double_tap("解除手机号")?;
    visit.see("没有登记手机号")?;
    visit.see("已撤回")?;
    visit.tap("退出登录")?;
    visit.see("已退出登录")?;
    let status = visit.run(
        "return fetch('/api/v1/accounts/' + arguments[0] + '/wallet').then((reply) => reply.status)",
        vec![json!(visit.account())],
    )?;
    assert_eq!(status, 401);
    Ok(())
}

fn signpost(visit: &Visit<'_>) -> Outcome {
    visit.open("/?lang=zh-CN")?;
    visit.see("请从公众号菜单打开")?;
    visit.open("/a/nobody/nothing?lang=zh-CN")?;
    visit.see("没有这个页面")
}
