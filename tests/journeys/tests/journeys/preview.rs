//! The merchant's preview: each case of the manual, and what may go wrong.

use std::{env, fs, path::PathBuf};

use kabao_journeys::{
    Failure, Outcome,
    files::serve_files,
    visit::{Look, Visit},
};

use crate::Journey;

pub(crate) const JOURNEYS: &[Journey] = &[
    (
        "preview of case 1a: the old card comes back, with the code from the message",
        "case-1a",
        own_to_own,
    ),
    (
        "preview of case 1b: nothing is found, and a new card can be opened",
        "case-1a",
        anew,
    ),
    (
        "preview of case 1x: a forgotten clearing shows on the phone",
        "case-1a",
        uncleared,
    ),
    (
        "preview of case 2: the old card appears beside the new one",
        "case-1a",
        to_platform,
    ),
    (
        "preview of case 3: as case 2, under the operator’s name",
        "case-1a",
        to_operator,
    ),
    (
        "preview of case 4: from the platform to an account of one’s own",
        "case-1a",
        from_platform,
    ),
    (
        "preview: what if something goes wrong shows on the phone at once",
        "case-1a",
        what_ifs,
    ),
    (
        "preview: the verdict counts who can’t be recovered",
        "case-1a",
        readiness,
    ),
    (
        "preview: a tick that does not concern a claim leaves it alone",
        "case-1a",
        half_done,
    ),
    (
        "preview: nothing is fetched after it has loaded, and nothing is kept",
        "case-1a",
        leaves_no_trace,
    ),
    (
        "preview: a reload and a link show the same plan",
        "case-1a",
        same_plan,
    ),
    (
        "preview: the storyboard goes through the steps",
        "case-1a",
        storyboard,
    ),
    (
        "preview of table codes: a live one leads to ordering, a dead one is explained",
        "case-1a",
        table_codes,
    ),
    (
        "preview: a plain file server is enough, under any path, reload included",
        "case-1a",
        plain_files,
    ),
    (
        "preview: the merchant’s own name is on the card",
        "case-1a",
        own_looks,
    ),
    (
        "preview: everyone can use the console",
        "case-1a",
        accessible,
    ),
];

/// What only Chromium's driver can set up.
pub(crate) const IN_CHROMIUM: &[Journey] = &[
    (
        "preview: each hand-out is one page of A4, in both languages, with nothing cut",
        "case-1a",
        hand_outs,
    ),
    (
        "preview: the console works on a phone, in the dark and in English",
        "case-1a",
        on_a_phone,
    ),
    (
        "preview: the merchant’s own picture is on the card",
        "case-1a",
        own_picture,
    ),
];

fn hand_outs(visit: &Visit<'_>) -> Outcome {
    let plans = [
        "now=own&next=own",
        "now=own&next=operator",
        "now=own&next=operator&keep=0",
        "now=platform&next=own&members=500&nophone=40&sms=10",
    ];
    for (language, papers, print_label, back) in [
        ("zh-CN", ["给店主", "给店员", "给顾客"], "打印", "返回"),
        (
            "en",
            ["For the owner", "For the staff", "For the guests"],
            "Print",
            "Back",
        ),
    ] {
        for plan in plans {
            let shop = "shop=%E5%B7%B7%E5%8F%A3%E5%B0%8F%E9%A6%86";
            visit.open(&format!("/preview/?{plan}&{shop}&lang={language}"))?;
            visit.sit_down_at_a_desk()?;
            for paper in papers {
                visit.tap(paper)?;
                visit.see("巷口小馆")?;
                // The pictures of the phone are there.
                visit.see(print_label)?;
                let print = visit.print()?;
                assert_eq!(print.pages, 1, "{language} {plan} {paper}");
                assert!(print.fonts > 0, "there is text on it");
                assert_eq!(print.missing_fonts, 0, "{print:?}");
                let cut = "const paper = document.querySelector('.paper'); \
                    return paper.scrollHeight > Math.ceil(297 / 25.4 * 96)";
                assert_eq!(
                    visit.run(cut, vec![])?,
                    false,
                    "{language} {plan} {paper} does not fit"
                );
                visit.tap(back)?;
            }
        }
    }
    Ok(())
}

fn on_a_phone(visit: &Visit<'_>) -> Outcome {
    visit.open("/preview/?lang=en")?;
    visit.see("Preview: changing your official account")?;
    let axe = fs::read_to_string(env::var("KABAO_AXE")?)?;
    for is_dark in [false, true] {
        visit.set_look(Look {
            is_dark,
            ..Look::default()
        })?;
        let violations = visit.axe_violations(&axe)?;
        assert!(violations.is_empty(), "{}", violations.join("\n"));
        let wide = visit.overflow()?;
        assert!(wide.is_empty(), "{}", wide.join("\n"));
    }
    visit.look_at_phone()?;
    visit.see("Find my card")
}

fn table_codes(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    see_on_phone(visit, "公众号已更换")?;
    visit.tap("在手机上扫：右边餐台码")?;
    see_on_phone(visit, "这里是点餐页面")?;
    // The phone goes to where it bites.
    visit.tap("重新生成右边餐台码")?;
    visit.see("扫了点不了餐")?;
    see_on_phone(visit, "这个餐台码已失效")?;
    visit.tap("在手机上扫：左边餐台码")?;
    see_on_phone(visit, "这里是点餐页面")
}

fn plain_files(visit: &Visit<'_>) -> Outcome {
    let folder = PathBuf::from(env::var("KABAO_DIST")?).join("preview");
    let address = serve_files(folder)?;
    for path in ["/", "/some/where/"] {
        visit.open_address(&format!("{address}{path}?lang=zh-CN&now=own&next=platform"))?;
        visit.sit_down_at_a_desk()?;
        see_on_phone(visit, "排队网会员")?;
        visit.reload()?;
        see_on_phone(visit, "排队网会员")?;
    }
    Ok(())
}

fn own_picture(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    see_on_phone(visit, "公众号已更换")?;
    let picture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/screens.png");
    visit.choose_file("店的头像", &picture.canonicalize()?)?;
    visit.look_at_phone()?;
    visit.wait("the picture", || {
        let script = "return document.querySelector('img.avatar__picture')?.naturalWidth > 0";
        Ok(visit.run(script, vec![])? == true)
    })
}

fn own_looks(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    visit.type_into("店名", "巷口小馆")?;
    visit.run("document.activeElement.blur()", vec![])?;
    see_on_phone(visit, "巷口小馆")
}

fn open(visit: &Visit<'_>) -> Outcome {
    visit.open("/preview/?lang=zh-CN")?;
    visit.sit_down_at_a_desk()?;
    visit.see("切换公众号预演")
}

/// Answers a question of the console.
fn answer(visit: &Visit<'_>, question: &str, answer: &str) -> Outcome {
    let script = "const group = [...document.querySelectorAll('[role=group]')] \
            .find((group) => group.getAttribute('aria-label') === arguments[0]); \
        const button = [...group.querySelectorAll('button')] \
            .find((button) => button.textContent === arguments[1]); \
        button.click(); return button.getAttribute('aria-pressed')";
    visit.wait(answer, || {
        let pressed = visit.run(script, vec![question.into(), answer.into()])?;
        Ok(pressed == "true")
    })
}

const PRESENT: &str = "现在用的是什么公众号？";
const FUTURE: &str = "要换成什么公众号？";
const KEEP: &str = "微会员数据还要保留吗？";

/// Sees something on the phone, and turns back to the console.
fn see_on_phone(visit: &Visit<'_>, text: &str) -> Outcome {
    visit.look_at_phone()?;
    visit.see(text)?;
    visit.look_at_page()
}

/// Asks for a code on the phone, with the customer's own number.
fn ask_for_code(visit: &Visit<'_>, entry: &str) -> Outcome {
    visit.see("他的手机号：138")?;
    let text = visit.text()?;
    let phone: String = text
        .split("他的手机号：")
        .nth(1)
        .ok_or("there is no number")?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    visit.look_at_phone()?;
    visit.tap(entry)?;
    visit.type_into("手机号", &phone)?;
    visit.tap("我已阅读并同意")?;
    visit.tap("获取验证码")
}

/// Types the code of the newest message, which lies over the phone.
fn type_code(visit: &Visit<'_>) -> Outcome {
    visit.see("输入验证码")?;
    visit.look_at_page()?;
    visit.see("验证码")?;
    let code = || -> Result<Option<String>, Failure> {
        let script = "return document.querySelector('.preview__message')?.innerText || ''";
        let text = visit.run(script, vec![])?;
        let text = text.as_str().unwrap_or_default();
        let mut numbers = text.split(|character: char| !character.is_ascii_digit());
        Ok(numbers.find(|digits| digits.len() == 6).map(str::to_owned))
    };
    visit.wait("the message", || Ok(code()?.is_some()))?;
    let code = code()?.ok_or("there is no code")?;
    visit.look_at_phone()?;
    visit.type_into("验证码", &code)
}

fn own_to_own(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    see_on_phone(visit, "公众号已更换")?;
    ask_for_code(visit, "手动申请会员卡")?;
    type_code(visit)?;
    visit.tap("是我的，绑定")?;
    visit.see("余额 ¥128.00、560 积分已找回")
}

fn anew(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    answer(visit, KEEP, "不保留")?;
    visit.see("您选择了不保留会员")?;
    see_on_phone(visit, "请开一张新的会员卡")?;
    see_on_phone(visit, "新会员卡已开好")
}

fn uncleared(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    visit.tap("清除粉丝与会员之间的关联")?;
    visit.see("找不回旧卡：旧粉丝的手机号没有清除")?;
    // The customer is played up to where it bites, and to the end once it is mended.
    see_on_phone(visit, "手机号码已被使用")?;
    let focused = visit.run("return document.activeElement.type", vec![])?;
    assert_eq!(focused, "checkbox", "who ticks steps off keeps their place");
    visit.tap("清除粉丝与会员之间的关联")?;
    see_on_phone(visit, "余额 ¥128.00、560 积分已找回")
}

fn switch_to_shared(visit: &Visit<'_>, future: &str, account: &str) -> Outcome {
    open(visit)?;
    answer(visit, FUTURE, future)?;
    see_on_phone(visit, account)?;
    ask_for_code(visit, "验证手机号")?;
    type_code(visit)?;
    visit.tap("是我的，绑定")?;
    visit.tap("查看会员卡包")?;
    visit.tap("切换到川味小馆会员卡，尾号 8000")?;
    visit.see("已切换到川味小馆，尾号 8000")
}

fn to_platform(visit: &Visit<'_>) -> Outcome {
    switch_to_shared(visit, "排队网公众号", "排队网会员")
}

fn to_operator(visit: &Visit<'_>) -> Outcome {
    switch_to_shared(visit, "运营者（代理商）公众号", "食在本地")
}

fn from_platform(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    for present in ["排队网公众号", "运营者（代理商）公众号"] {
        answer(visit, PRESENT, present)?;
        see_on_phone(visit, "· 公众号")?;
        ask_for_code(visit, "手动申请会员卡")?;
        type_code(visit)?;
        visit.tap("是我的，绑定")?;
        visit.see("余额 ¥128.00、560 积分已找回")?;
        visit.look_at_page()?;
        // The manual has no way from here to an account that is shared.
        let futures = "return [...document.querySelectorAll('[role=group]')] \
            .find((group) => group.getAttribute('aria-label') === arguments[0]).innerText.trim()";
        let futures = visit.run(futures, vec![FUTURE.into()])?;
        assert_eq!(futures, "自有公众号");
    }
    Ok(())
}

fn what_ifs(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    visit.tap("短信用完了")?;
    visit.see("收不到验证码，找不回旧卡")?;
    see_on_phone(visit, "店家的短信额度已用完")?;
    visit.tap("短信用完了")?;

    visit.tap("小李的家人先用自己的微信绑定了小李的卡")?;
    see_on_phone(visit, "这张卡已绑定其他微信")?;
    visit.tap("小李的家人先用自己的微信绑定了小李的卡")?;

    visit.tap("引导客人关注新的公众号")?;
    see_on_phone(visit, "关注公众号“川味小馆”")?;
    visit.tap("引导客人关注新的公众号")?;

    // A customer without a phone on record gets the phone, and one with a plastic card.
    visit.tap("确认所有微会员都已有手机号码")?;
    visit.see("按手机号找不到旧卡，只有新卡")?;
    see_on_phone(visit, "没有找到会员卡")?;
    visit.tap("确认所有微会员都已有手机号码")?;
    visit.tap("老王")?;
    ask_for_code(visit, "手动申请会员卡")?;
    type_code(visit)?;
    visit.see("实体卡")?;
    visit.look_at_page()?;

    // Where cards are issued automatically, somebody new has one at once.
    answer(visit, FUTURE, "排队网公众号")?;
    visit.tap("阿新")?;
    see_on_phone(visit, "当前使用")?;
    visit.tap("卡类型设置为自动发卡")?;
    see_on_phone(visit, "手动申请会员卡")
}

fn readiness(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    visit.see("照这样做，这里的每一种老会员都能找回原来的卡")?;
    visit.type_into("其中没有手机号的", "９００")?;
    visit.see("这样的会员有 900 位")?;
    visit.type_into("微会员一共多少位", "500")?;
    visit.see("没有手机号的会员不会比会员总数还多")?;
    visit.clear_and_type("微会员一共多少位", "很多")?;
    visit.see("请只填数字")?;
    visit.clear_and_type("微会员一共多少位", "５００")?;
    visit.clear_and_type("其中没有手机号的", "40")?;
    visit.see("这样的会员有 40 位")?;
    visit.type_into("现在还剩多少条短信", "200")?;
    visit.see("至少再买 260 条")?;
    visit.tap("购买足够的短信")?;
    visit.see("短信还差 260 条")?;
    visit.reload()?;
    visit.see("短信还差 260 条")?;
    visit.see("这样的会员有 40 位")
}

/// A tick that does not concern the phone leaves it alone.
fn half_done(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    see_on_phone(visit, "公众号已更换")?;
    ask_for_code(visit, "手动申请会员卡")?;
    visit.see("输入验证码")?;
    visit.look_at_page()?;
    visit.tap("小李的家人先用自己的微信绑定了小李的卡")?;
    visit.see("看到“这张卡已绑定其他微信”")?;
    visit.tap("小李的家人先用自己的微信绑定了小李的卡")?;
    visit.look_at_phone()?;
    type_code(visit)?;
    visit.tap("是我的，绑定")?;
    visit.see("余额 ¥128.00、560 积分已找回")
}

fn leaves_no_trace(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    see_on_phone(visit, "公众号已更换")?;
    let requests = || {
        let script = "return performance.getEntriesByType('resource') \
            .concat(...[frames[0]].map((frame) => frame.performance.getEntriesByType('resource'))) \
            .map((entry) => entry.name).filter((name) => !name.startsWith('data:'))";
        visit.run(script, vec![])
    };
    let before = requests()?;
    assert!(
        before.as_array().is_some_and(|list| !list.is_empty()),
        "what was loaded is seen: {before}"
    );
    ask_for_code(visit, "手动申请会员卡")?;
    type_code(visit)?;
    visit.tap("是我的，绑定")?;
    visit.tap("查看会员卡包")?;
    visit.tap("出示会员码")?;
    visit.see("请向店员出示")?;
    visit.look_at_page()?;
    answer(visit, FUTURE, "排队网公众号")?;
    visit.tap("引导客人关注排队网公众号")?;
    see_on_phone(visit, "排队网会员")?;
    assert_eq!(requests()?, before);
    let kept = visit.run(
        "return [localStorage.length, sessionStorage.length, document.cookie]",
        vec![],
    )?;
    assert_eq!(kept, serde_json::json!([0, 0, ""]));
    Ok(())
}

fn same_plan(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    answer(visit, FUTURE, "排队网公众号")?;
    visit.tap("购买足够的短信")?;
    visit.see("没有短信额度：小李")?;
    visit.reload()?;
    visit.see("没有短信额度：小李")?;
    see_on_phone(visit, "排队网会员")?;
    visit.tap("English")?;
    visit.see("No SMS credits")
}

/// Whether what is said of a step and the whole phone are in the window.
const FITS: &str = "return ['.preview__caption', '.preview__frame'].every((part) => { \
    const { top, bottom } = document.querySelector(part).getBoundingClientRect(); \
    return top >= 0 && bottom <= innerHeight; })";

fn storyboard(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    // What each step leads to comes in above the button and may move it away.
    visit.wait("the storyboard", || {
        visit.tap("一步一步演示")?;
        let is_told = "return !!document.querySelector('.preview__caption')";
        Ok(visit.run(is_told, vec![])? == true)
    })?;
    visit.see("切换之前")?;
    see_on_phone(visit, "川味小馆旧号")?;
    for step in 1..=7 {
        visit.tap("下一步")?;
        visit.see(&format!("{step}/7"))?;
        assert_eq!(visit.run(FITS, vec![])?, true, "{step}/7 fits the window");
    }
    // It ends with the card back, without anybody's touch.
    see_on_phone(visit, "公众号已更换")?;
    see_on_phone(visit, "余额 ¥128.00、560 积分已找回")?;
    visit.tap("结束演示")?;
    visit.see_no_more("7/7")
}

fn accessible(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    see_on_phone(visit, "公众号已更换")?;
    let axe = fs::read_to_string(env::var("KABAO_AXE")?)?;
    let violations = visit.axe_violations(&axe)?;
    assert!(violations.is_empty(), "{}", violations.join("\n"));
    Ok(())
}
