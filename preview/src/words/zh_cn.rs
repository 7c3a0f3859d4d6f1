//! 简体中文。

use kabao_preview::plan::{AccountChoice, Danger, Step, WhatIf};
use kabao_rules::cases::Case;

use super::group::{StepWords, Words};

pub(super) static WORDS: Words = Words {
    title: "切换公众号预演",
    introduction: "切换公众号存在风险，非必要情况下不要轻易切换。在这里先看看顾客会看到什么。这里没有真实的顾客，不发短信，什么也不保存。",
    console: "设置",
    phone: "顾客的手机",
    view: "显示",
    present: "现在用的是什么公众号？",
    future: "要换成什么公众号？",
    keep: "会员数据保留吗？",
    yes: "保留",
    no: "不保留",
    not_in_manual: "手册里没有这种切换。请联系服务商。",
    steps: "要做的事",
    steps_hint: "取消勾选，看看漏做这一步时顾客会看到什么。",
    what_if_title: "万一……",
    customer: "扮演哪位顾客？",
    sees: "顾客会看到",
    readiness: "准备得怎么样？",
    members: "会员人数",
    without_phone: "其中没有手机号的",
    sms_credits: "剩余短信条数",
    all_done: "手册里的每一步都做完了。手册没有更多的保证：微信自带的右边餐台码仍会打开旧公众号。",
    no_phone_customer: "顾客的档案里没有手机号",
    plastic_customer: "顾客用的是实体卡",
    print: "打印这一页",
    message_from: "短信",
    to_phone: "在真手机上看",
    to_phone_hint: "用手机扫码，打开同样的预演。地址里没有个人信息。",
    loopback: "这个地址只在本机有效。请先把 dist/preview/ 发布到网上，再填写发布后的地址：",
    published: "发布后的地址",
    brand: "换成您的店",
    brand_name: "店名",
    brand_color: "颜色",
    brand_avatar: "头像（只在本页使用，不上传）",
    storyboard: "逐步演示",
    storyboard_end: "结束演示",
    next: "下一步",
    previous: "上一步",
    tables: "餐台码",
    tables_hint: "点一个码，看看扫它的顾客会看到什么。L 是左边餐台码，R 是右边餐台码。",
    live_code: "有效的码",
    dead_code: "已失效的旧码",
    ordering: "点餐页面：这个码有效，顾客可以点餐。",
    before: "切换之前：顾客在原来的公众号里用卡。",
    customer_phone: |phone| format!("这位顾客的手机号：{phone}"),
    story: |customer| &customer.story,
    effect,
    account,
    step,
    what_if,
    outcome,
    danger,
};

fn effect(case: Case, step: Step) -> &'static str {
    match step {
        Step::Deauthorise => "旧公众号不再由聚食汇使用。",
        Step::Clear => "顾客在新公众号申请会员卡时，不会提示“手机号码已被使用”。",
        Step::Bind => "从这时起，顾客打开的是新公众号的卡包。",
        Step::SmsCredits => "顾客能收到验证码。",
        Step::IssueMode => match case {
            Case::OwnToPlatform | Case::OwnToOperator => "顾客一进来就有一张卡。",
            _ => "顾客看到“手动申请会员卡”。",
        },
        Step::TableCodes => "桌上的新码可以点餐。",
    }
}

fn account(choice: AccountChoice) -> &'static str {
    match choice {
        AccountChoice::Own => "自有公众号",
        AccountChoice::Platform => "排队网公众号",
        AccountChoice::Operator => "运营者公众号",
    }
}

fn step(case: Case, step: Step) -> StepWords {
    let (title, place) = match step {
        Step::Deauthorise => (
            "取消旧公众号对聚食汇的授权",
            "商家：旧公众号后台（mp.weixin.qq.com）→ 公众号设置 → 授权管理",
        ),
        Step::Clear => match case {
            Case::OwnToOwn => (
                "清除粉丝与会员的关联（phone、member_id、card_id）",
                "代理商联系排队网技术",
            ),
            _ => ("清除旧粉丝的手机号（phone）", "代理商联系排队网技术"),
        },
        Step::Bind => match case {
            Case::OwnToPlatform => (
                "确认后台已自动变更为排队网公众号",
                "商家：聚食汇（sso.paidui.com）→ 第三方平台",
            ),
            Case::OwnToOperator => (
                "授权绑定代理商的公众号，设好菜单",
                "代理商：伙伴平台（pm.paidui.com）→ 聚微量 → 流量管理；菜单在 mp.weixin.qq.com",
            ),
            _ => (
                "授权绑定新的公众号",
                "商家：聚食汇（sso.paidui.com）→ 第三方平台 → 参数设置",
            ),
        },
        Step::SmsCredits => ("购买足够的短信", "商家：聚食汇 → 会员管理 → 短信购买"),
        Step::IssueMode => (
            match case {
                Case::OwnToPlatform | Case::OwnToOperator => "设置好自动发卡",
                _ => "设置为手动申请会员卡",
            },
            "商家：聚食汇 → 第三方平台 → 卡类型设置",
        ),
        Step::TableCodes => (
            "重新生成、导出并更换右边餐台码",
            "商家：聚食汇 → 餐台码；左边餐台码不用换",
        ),
    };
    StepWords { title, place }
}

fn what_if(what: WhatIf) -> &'static str {
    match what {
        WhatIf::NoSmsCredits => "短信额度用完了",
        WhatIf::NoAutomaticIssue => "没有开自动发卡",
        WhatIf::OldTableCodes => "右边餐台码没有更换",
        WhatIf::NotFollowing => "顾客没有关注新公众号",
        WhatIf::HalfCleared => "旧登记只清除了一半",
    }
}

fn outcome(case: Case) -> &'static str {
    match case {
        Case::OwnToOwn => {
            "新公众号里是空的卡包。输入手机号、收到验证码，原来的卡、余额和积分就回来；实体卡也一样。"
        }
        Case::OwnToOwnAnew => "卡包是空的，找不到原来的卡，可以开一张新卡。",
        Case::OwnToPlatform | Case::OwnToOperator => {
            "一进来就有一张新卡。验证手机号后，旧卡出现在旁边，点头像即可切换。"
        }
        _ => "顾客要先关注新公众号，再手动申请会员卡，用手机号找回。",
    }
}

fn danger(danger: Danger) -> String {
    let text = match danger {
        Danger::NotMoved => "新公众号还没有绑定：顾客打不开新的卡包。",
        Danger::PhonesInUse => "旧登记没有清除干净：顾客会看到“手机号码已被使用”，找不回卡。",
        Danger::LinksLeftOver => {
            "有的会员还连着别的微信：顾客会看到“这张卡已绑定其他微信”，找不回卡。"
        }
        Danger::NoSms => "没有短信额度：验证码发不出去，谁也找不回卡。",
        Danger::MembersDropped => "选择了不保留会员：原来的卡、余额和积分都找不回来。",
        Danger::DeadTableCodes => "右边餐台码没有更换：扫旧码的顾客点不了餐。",
        Danger::NoAutomaticIssue => "没有自动发卡：顾客进来没有卡，要自己申请。",
        Danger::TooFewSms(missing) => {
            return format!("短信还差 {missing} 条：每位有手机号的会员至少要一条。");
        }
        Danger::WithoutPhone(count) => {
            return format!("{count} 位会员没有手机号，找不回来。请先补登手机号。");
        }
    };
    text.to_owned()
}
