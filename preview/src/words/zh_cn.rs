//! 简体中文。

use kabao_rules::{cases::Customer, state::AccountKind};

use super::{
    group::{CustomerWords, PaperWords, StepWords, Words},
    listing::listed,
};
use crate::{
    audience::Audience,
    numbers::NotANumber,
    outlook::{Judgement, Warning},
    plan::{Members, Move, Place, Plan, Step, WhatIf},
    walk::{Arrival, Effort, Ending, Following, Obstacle, Outcome},
};

pub(super) static WORDS: Words = Words {
    title: "切换公众号预演",
    introduction: "换公众号之前，先看看每一种顾客会遇到什么。这里的顾客都是虚构的，不会真的发短信。填写的内容只写在网址里，图片只留在这个页面里。",
    other_language: "English",
    phone: "顾客的手机",

    present: "现在用的是什么公众号？",
    future: "要换成什么公众号？",
    keep: "微会员数据还要保留吗？",
    kept: "保留",
    dropped: "不保留",
    cautions_title: "先读这几条",
    cautions: &[
        "切换公众号存在风险，请谨慎操作。非必要情况下不要轻易切换。",
        "自行切换公众号，会导致右边餐台码无法正常使用，微会员也无法正常使用、报错。",
        "切换后，右边餐台码要重新生成、导出，做成新的桌台码；左边餐台码不用。",
        "旧公众号的会员要在新公众号上使用，请联系服务商咨询总部客服。",
        "自行更换公众号造成会员无法使用或丢失数据等问题，后果由商家自行承担。",
    ],

    steps: "要做的事",
    steps_hint: "顺序与手册一致。去掉一个勾，手机上就演示漏做这一步时顾客会遇到什么。",
    if_left_out: "漏做：",
    storyboard: "一步一步演示",
    storyboard_end: "结束演示",
    before: "切换之前：顾客在原来的公众号里用卡。",
    next: "下一步",
    previous: "上一步",

    what_if_title: "就算都做了，万一……",
    customers: "每一种顾客的结果",
    customers_hint: "点一位顾客，手机上就显示他看到的画面。",
    tables: "餐台码",
    left_code: "左边餐台码",
    right_code: "右边餐台码",
    code_works: "扫了能点餐",
    code_dead: "扫了点不了餐",
    scan: |code| format!("在手机上扫：{code}"),
    told: |customer, outcome| format!("{customer}：{outcome}"),
    ordering: "这里是点餐页面：码有效，顾客可以点餐。",
    as_planned: "照手册做：",
    message_from: "短信",

    verdict: "结论",
    ready,
    not_ready: |count| format!("还不能切换，有 {count} 个问题："),
    members_given_up: "您选择了不保留会员：老会员的卡、余额、积分在新公众号里都找不回来。",
    numbers: "您店里的数字",
    numbers_hint: "填了就能算出要买多少条短信、有几位会员找不回卡。不填也可以。",
    members: "微会员一共多少位",
    without_phone: "其中没有手机号的",
    sms_credits: "现在还剩多少条短信",
    not_a_number: |why| match why {
        NotANumber::NotDigits => "请只填数字。",
        NotANumber::TooLarge => "数字太大了。",
    },
    too_many_without_phone: "没有手机号的会员不会比会员总数还多，请检查。",

    brand: "换成您的店",
    brand_hint: "店名会出现在卡面、公众号、短信签名、服务条款和餐台页上。图片只留在这个页面里。",
    brand_name: "店名",
    brand_color: "颜色",
    brand_avatar: "店的头像",
    brand_follow: "新公众号的二维码图片",
    brand_phone: "店里的电话",
    provider_name: "服务商",
    provider_phone: "服务商的电话",
    not_a_phone: "电话只能有数字和短横，例如 028-8555-0188。",
    too_long: "最多 20 个字。",
    old_account: |name| format!("{name}（旧号）"),

    on_a_phone: "在真手机上看",
    on_a_phone_hint: "用手机扫码，打开同样的预演。链接里有店名、勾选和数字，没有顾客的信息。",
    local_only: "这个网址只有这台电脑能打开，手机扫了也打不开，所以不显示二维码。请换一个别的设备也能打开的网址。",

    hand_outs: "打印出来",
    hand_outs_hint: "每张正好一页 A4。",
    print: "打印",
    preparing: "图片准备中…",
    back: "返回",
    paper: PAPER,

    customer_phone: |phone| format!("他的手机号：{phone}"),
    account,
    new_account: |way| match way.to() {
        AccountKind::Own if matches!(way.from(), AccountKind::Own) => "另一个自有公众号",
        kind => account(kind),
    },
    scenario,
    section,
    customer,
    step,
    credits_to_buy: |count| format!("照您填的数字，至少再买 {count} 条。"),
    what_if: |what| match what {
        WhatIf::SmsRunOut => "短信用完了",
        WhatIf::BoundByRelative => "小李的家人先用自己的微信绑定了小李的卡",
    },
    outcome,
    warning,
    eased: |customers| format!("没有坏处：{}一进来就有卡，不用自己申请。", names(customers)),
    audience: |audience| match audience {
        Audience::Owner => "给店主",
        Audience::Staff => "给店员",
        Audience::Guests => "给顾客",
    },
};

fn ready(judgement: &Judgement) -> &'static str {
    match judgement.plan.members {
        Members::Kept => "照这样做，这里的每一种老会员都能找回原来的卡，新客也能有卡。",
        Members::Dropped => "照这样做，每一种顾客都能在新公众号里有一张新卡。",
    }
}

const fn account(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Own => "自有公众号",
        AccountKind::Platform => "排队网公众号",
        AccountKind::Operator => "运营者（代理商）公众号",
    }
}

fn scenario(way: Move) -> &'static str {
    match way {
        Move::OwnToOwn => "适用：更换了营业执照等，要把正在用的 A 公众号换成新的 B 公众号。",
        Move::OwnToPlatform => {
            "适用：自有公众号没有认证、已经不再使用等，用排队网公众号保证微餐厅功能正常。公众号名称不一定叫“排队网”，以后台显示为准。"
        }
        Move::OwnToOperator => "适用：代理商想让自己名下的商家用代理商自己的公众号吸粉。",
        Move::PlatformToOwn => {
            "适用：自己的公众号还在申请时，先用扫码点餐等微餐厅功能；申请下来了，换成自己的。没有绑定自己的公众号时，默认用排队网公众号（名称不一定叫“排队网”，以后台显示为准）。"
        }
        Move::OperatorToOwn => {
            "适用：自己的公众号还在申请时，先用代理商公众号（代理商开通了流量工具，就优先用它）；申请下来了，换成自己的。"
        }
    }
}

fn section(way: Move) -> &'static str {
    match way {
        Move::OwnToOwn => "《切换公众号 V8.1 操作手册》一、商家自有公众号切换",
        Move::OwnToPlatform => "《切换公众号 V8.1 操作手册》二、商家自有公众号切换排队网公众号",
        Move::OwnToOperator => "《切换公众号 V8.1 操作手册》三、商家自有公众号切换运营者公众号",
        Move::PlatformToOwn | Move::OperatorToOwn => {
            "《切换公众号 V8.1 操作手册》四、商家无公众号/运营者公众号切换自有公众号"
        }
    }
}

fn customer(customer: Customer) -> CustomerWords {
    let (kind, name, story) = match customer {
        Customer::WithPhone => ("老会员，有手机号", "小李", "旧卡余额 ¥128.00、560 积分"),
        Customer::WithoutPhone => (
            "老会员，没有手机号",
            "小吴",
            "档案里原来没有手机号，旧卡余额 ¥33.00",
        ),
        Customer::Plastic => (
            "实体卡会员",
            "老王",
            "线下的实体卡，档案里有手机号，余额 ¥56.00",
        ),
        Customer::NotFollowing => (
            "没关注新公众号",
            "小周",
            "老会员，不关注新公众号，旧卡余额 ¥86.00",
        ),
        Customer::KnownElsewhere => (
            "在别家店验证过手机号",
            "小陈",
            "老会员，在同一个公众号的别家店验证过手机号，旧卡余额 ¥99.00",
        ),
        Customer::New => ("新客", "阿新", "以前没有会员卡"),
    };
    CustomerWords { kind, name, story }
}

fn names(customers: &[Customer]) -> String {
    listed(customers.iter().map(|it| customer(*it).name), "、", "和")
}

fn step(plan: &Plan, step: Step) -> StepWords {
    let way = plan.way;
    match step {
        Step::Phones => StepWords {
            title: "确认所有微会员都已有手机号码",
            who: "商家",
            place: "聚食汇后台的微会员数据",
            note: "没有的先补上。会员只能靠手机号找回卡。",
        },
        Step::Deauthorise => deauthorise(way),
        Step::Clear => clear(plan),
        Step::Bind => bind(way),
        Step::Menu => StepWords {
            title: "设置好公众号的菜单栏",
            who: "代理商",
            place: "代理商自己的公众号后台（mp.weixin.qq.com）",
            note: "让客人关注后能用微外卖、查看会员等。目前仅支持 PM 平台菜单栏显示出的功能。",
        },
        Step::Tables => StepWords {
            title: "重新生成右边餐台码并导出，换掉店里的",
            who: "商家",
            place: "聚食汇后台 → 基础资料 → 消费区域和餐台",
            note: "后台给每张餐台两个码，一左一右。左边的换了公众号照样能用，不用动；右边的跟着公众号走，换了就失效。只用左边的店不用做这一步。",
        },
        Step::Sms => StepWords {
            title: "购买足够的短信",
            who: "商家",
            place: "聚食汇后台 → 会员管理 → 短信购买",
            note: "顾客输入手机号后要收一条验证码。",
        },
        Step::IssueMode => issue_mode(plan),
        Step::Follow => StepWords {
            title: match way {
                Move::OwnToPlatform => "引导客人关注排队网公众号",
                Move::OwnToOperator => "引导客人关注运营者公众号",
                Move::OwnToOwn => "引导客人关注新的公众号",
                Move::PlatformToOwn | Move::OperatorToOwn => "引导客人关注自己的公众号",
            },
            who: "商家",
            place: match way {
                Move::OwnToPlatform | Move::OwnToOperator => {
                    "店里。以聚食汇后台目前显示的公众号为准"
                }
                _ => "店里",
            },
            note: match (way, plan.members) {
                (Move::OwnToPlatform | Move::OwnToOperator, Members::Kept) => {
                    "客人在公众号上点“会员卡包”，找到自己的会员卡，点头像就切换回之前的会员卡。公众号还不认识他的手机号时，先验证一次。"
                }
                (Move::OwnToOwn, Members::Kept) => {
                    "关注后在公众号上手动申请会员卡，输入之前的手机号码，就绑定之前的微会员卡；有手机号的实体卡也一样。"
                }
                (_, Members::Kept) => "客人手动开卡，就直接绑定上之前的会员卡。",
                (_, Members::Dropped) => "",
            },
        },
    }
}

fn deauthorise(way: Move) -> StepWords {
    StepWords {
        title: "取消授权聚食汇",
        who: "商家",
        place: match way {
            Move::OwnToOwn => "旧公众号后台（mp.weixin.qq.com）→ 公众号设置 → 授权管理",
            _ => "公众号后台（mp.weixin.qq.com）→ 公众号设置 → 授权管理",
        },
        note: match way {
            Move::OwnToPlatform => "取消后，后台自动变更为排队网公众号。",
            _ => "",
        },
    }
}

fn clear(plan: &Plan) -> StepWords {
    let (title, who, note) = match (plan.way, plan.members) {
        (Move::OwnToOwn, Members::Kept) => (
            "清除粉丝与会员之间的关联（phone、member_id、card_id）",
            "代理商联系排队网技术",
            "这样粉丝在新公众号申请会员时，不会提示“手机号码已被使用”。",
        ),
        (Move::OwnToOwn, Members::Dropped) => (
            "清除所有粉丝下的手机号码（phone）",
            "代理商联系排队网技术",
            "这样粉丝在新公众号申请会员时，不会提示“手机号码已被使用”。",
        ),
        (Move::OwnToOperator, Members::Dropped) => (
            "清除粉丝信息下的手机号码（phone）",
            "商家联系排队网技术",
            "手册第三节只让保留会员的商家做；第一节说明了不保留的也要清除，否则会提示“手机号码已被使用”。",
        ),
        _ => (
            "清除粉丝信息下的手机号码（phone）",
            "商家联系排队网技术",
            "",
        ),
    };
    StepWords {
        title,
        who,
        place: "由排队网技术清除",
        note,
    }
}

fn bind(way: Move) -> StepWords {
    match way {
        Move::OwnToOperator => StepWords {
            title: "授权绑定代理商自己的公众号",
            who: "代理商",
            place: "伙伴平台（pm.paidui.com）→ 聚微量 → 流量管理",
            note: "代理商以前已经绑定过的，不用再做。没有绑定之前，商家默认用的是排队网公众号。",
        },
        Move::OwnToOwn => StepWords {
            title: "授权绑定新的公众号",
            who: "商家，由新公众号的管理员用手机微信扫码",
            place: "聚食汇后台（sso.paidui.com）→ 第三方平台 → 参数设置",
            note: "点“自有公众号”，再点“授权”，在跳转的新网页里扫码。没有绑定之前，默认用的是排队网公众号。",
        },
        _ => StepWords {
            title: "授权绑定自己的公众号",
            who: "商家，由公众号管理员用手机微信扫码",
            place: "聚食汇后台（sso.paidui.com）→ 第三方平台 → 参数设置",
            note: "点“自有公众号”，再点“授权”，在跳转的新网页里扫码。",
        },
    }
}

fn issue_mode(plan: &Plan) -> StepWords {
    StepWords {
        title: match plan.way.to() {
            AccountKind::Own => "卡类型设置为手动开卡",
            AccountKind::Platform | AccountKind::Operator => "卡类型设置为自动发卡",
        },
        who: "商家",
        place: "聚食汇后台（sso.paidui.com）→ 第三方平台 → 卡类型设置",
        note: match (plan.way.to(), plan.members) {
            (AccountKind::Own, Members::Kept) => {
                "方便客人找回之前的会员卡。手册没有写手动开卡在哪里设置；自动发卡在这里。"
            }
            (AccountKind::Own, Members::Dropped) => "客人自己申请，验证手机号后开一张新卡。",
            (AccountKind::Platform | AccountKind::Operator, _) => "顾客一进来就有一张卡。",
        },
    }
}

fn outcome(members: Members, customer: Customer, outcome: Outcome) -> String {
    let is_kept = members == Members::Kept;
    let has_new = outcome.arrival == Arrival::NewCard;
    let text = match outcome.ending {
        Ending::OldCard(Effort::Nothing) => "原来的卡照常在用",
        Ending::OldCard(Effort::Tap) => "旧卡已经在卡包里，点头像就换回来",
        Ending::OldCard(Effort::Claim) => "输入手机号和验证码，旧卡就回来",
        Ending::OldCard(Effort::ClaimAndTap) => {
            "一进来是新卡；输入手机号和验证码找回旧卡，再点头像换回来"
        }
        Ending::NewCard(_) if customer.is_old() && is_kept => "按手机号找不到旧卡，只有新卡",
        Ending::NewCard(_) if customer.is_old() => "旧卡没有了，用新卡",
        Ending::NewCard(Effort::Claim) => "验证手机号，开一张新卡",
        Ending::NewCard(_) => "一进来就有一张新卡",
        Ending::Stopped(Obstacle::PhoneInUse) if is_kept => "看到“手机号码已被使用”，找不回旧卡",
        Ending::Stopped(Obstacle::PhoneInUse) => "看到“手机号码已被使用”",
        Ending::Stopped(Obstacle::BoundElsewhere) => "看到“这张卡已绑定其他微信”，找不回旧卡",
        Ending::Stopped(Obstacle::NoCode) if is_kept && customer.is_old() => {
            "收不到验证码，找不回旧卡"
        }
        Ending::Stopped(Obstacle::NoCode) if has_new => "有新卡，但收不到验证码，验证不了手机号",
        Ending::Stopped(Obstacle::NoCode) => "收不到验证码，开不了卡",
        Ending::Stopped(Obstacle::Refusal) => "被拒绝",
    };
    let place = match outcome.place {
        Place::Old => "还在原来的公众号里：",
        Place::Between => "到了排队网公众号：",
        Place::New => "",
    };
    let following = match outcome.following {
        Following::DoesNotFollow => "；页面上会请他关注公众号",
        Following::Follows => "",
    };
    format!("{place}{text}{following}")
}

fn warning(plan: &Plan, warning: &Warning) -> String {
    let is_kept = plan.members == Members::Kept;
    match warning {
        Warning::Elsewhere(Place::Between) => match plan.way.to() {
            AccountKind::Operator => "代理商的公众号还没有绑定：顾客到的是默认的排队网公众号。",
            AccountKind::Own | AccountKind::Platform => {
                "新的公众号还没有绑定：顾客到的是默认的排队网公众号。"
            }
        }
        .to_owned(),
        Warning::Elsewhere(_) => match plan.way.from() {
            AccountKind::Own => "旧公众号还授权着聚食汇：顾客仍在旧公众号里，没有切换。",
            AccountKind::Platform | AccountKind::Operator => {
                "自己的公众号还没有绑定：顾客仍在原来的公众号里，没有切换。"
            }
        }
        .to_owned(),
        Warning::Stopped(Obstacle::PhoneInUse, who) if is_kept => format!(
            "{}会看到“手机号码已被使用”，找不回旧卡：旧粉丝的手机号没有清除。",
            names(who)
        ),
        Warning::Stopped(Obstacle::PhoneInUse, who) => format!(
            "{}会看到“手机号码已被使用”：旧粉丝的手机号没有清除。",
            names(who)
        ),
        Warning::Stopped(Obstacle::BoundElsewhere, who) => format!(
            "{}会看到“这张卡已绑定其他微信”，找不回旧卡。请联系服务商咨询总部客服。",
            names(who)
        ),
        Warning::Stopped(Obstacle::NoCode, who) => {
            format!(
                "没有短信额度：{}收不到验证码。请到会员管理 → 短信购买里购买。",
                names(who)
            )
        }
        Warning::Stopped(Obstacle::Refusal, who) => format!("{}会被拒绝。", names(who)),
        Warning::NotFound(who) => format!(
            "{}的档案里没有手机号：按手机号找不到旧卡，只能联系服务商查询，或者开新卡。",
            names(who)
        ),
        Warning::Hidden(who) => format!("{}的旧卡找不到：旧粉丝的手机号没有清除。", names(who)),
        Warning::WithoutPhone(count) => {
            format!("这样的会员有 {count} 位。请先把手机号补上。")
        }
        Warning::TooFewSms(count) => {
            format!("短信还差 {count} 条：每位有手机号的会员至少要一条。")
        }
        Warning::DeadTableCodes => "右边餐台码没有更换：扫旧码的顾客点不了餐。".to_owned(),
        Warning::More(Effort::ClaimAndTap, who) => format!(
            "{}一进来是一张新卡，找回旧卡以后还要点头像才换回来。",
            names(who)
        ),
        Warning::More(Effort::Claim, who) => {
            format!("{}一进来没有卡，要自己用手机号申请。", names(who))
        }
        Warning::More(_, who) => format!("{}还要点头像才换回旧卡。", names(who)),
        Warning::MenuMissing => {
            "公众号的菜单栏没有设置：顾客关注后找不到微外卖、会员等入口。".to_owned()
        }
        Warning::NotFollowing(who) => format!(
            "没有引导关注：{}没有关注新公众号，页面上会请他们关注。",
            names(who)
        ),
    }
}

const PAPER: PaperWords = PaperWords {
    owner_title: |name| format!("{name} 切换公众号：要做的事"),
    move_line: |way, members| {
        let kept = match members {
            Members::Kept => "保留微会员数据",
            Members::Dropped => "不保留微会员数据",
        };
        let to = match way {
            Move::OwnToOwn => "新的自有公众号",
            _ => account(way.to()),
        };
        format!("{} → {to}，{kept}", account(way.from()))
    },
    day_of_switch: "切换日期",
    done_by: "负责人",
    where_column: "在哪里做",
    step_column: "做什么",
    who_column: "谁做",
    date_column: "完成日期",
    signed: "店主签名",
    counts: |plan| {
        let mut lines = Vec::new();
        if let Some(members) = plan.numbers.members {
            lines.push(format!(
                "微会员 {members} 位，其中没有手机号的 {} 位。",
                plan.numbers.without_phone
            ));
        }
        let needed = plan.credits_needed();
        if plan.steps().contains(&Step::Sms) && needed > 0 {
            lines.push(format!("短信至少要 {needed} 条：每位有手机号的会员一条。"));
        }
        lines
    },
    staff_title: |name| format!("{name} 换公众号了：顾客会问什么，怎么回答"),
    staff_intro: |plan| match (plan.members, plan.way.to()) {
        (Members::Kept, AccountKind::Own) => {
            "老会员的卡、余额、积分都在。顾客在新公众号里输入手机号、收到验证码，卡就回来。"
        }
        (Members::Kept, _) => {
            "老会员的卡、余额、积分都在。顾客一进来会先看到一张新卡；验证手机号后旧卡出现，点头像就换回来。"
        }
        (Members::Dropped, AccountKind::Own) => {
            "店里决定不保留老会员数据。顾客在新公众号里验证手机号，开一张新卡。"
        }
        (Members::Dropped, _) => "店里决定不保留老会员数据。顾客在新公众号里一进来就有一张新卡。",
    },
    guests_see: "顾客的手机上会看到",
    say: "顾客问，这样回答",
    sayings: |plan| {
        let mut lines = match plan.members {
            Members::Kept => vec![
                (
                    "“我的卡和余额呢？”",
                    match plan.way.to() {
                        AccountKind::Own => {
                            "“都在。请打开会员卡包，输入您以前留的手机号，收到验证码填上，卡就回来了。”"
                        }
                        AccountKind::Platform | AccountKind::Operator => {
                            "“都在。请打开会员卡包，验证以前留的手机号；旧卡出现后，点一下它的头像，就换回来了。”"
                        }
                    },
                ),
                (
                    "“找不到我的卡。”",
                    "“请换一个以前可能留过的手机号试试。实体卡也是按手机号找。还是找不到，请先不要开新卡，我帮您问服务商。”",
                ),
            ],
            Members::Dropped => vec![(
                "“我的卡和余额呢？”",
                "“店里换了公众号，原来的会员数据没有保留，请您用新卡。余额的事请店主跟您说明。”",
            )],
        };
        if plan.steps().contains(&Step::Clear) {
            lines.push((
                "“提示手机号码已被使用。”",
                "“这不影响您的卡。请给我看页面上的服务代码，我打电话请服务商处理。”",
            ));
        }
        if plan.steps().contains(&Step::Sms) {
            lines.push((
                "“页面说短信额度已用完。”",
                "“不是您的问题，卡和余额都在。我请店主马上购买短信，您稍后再试。”",
            ));
        }
        lines.push((
            "“收不到验证码。”",
            "“请等一分钟再点一次重新获取。验证码不要告诉任何人，我们也不会问您要。”",
        ));
        lines.push((
            "“桌上的码扫不了。”",
            "“不好意思，这是旧码。我给您拿新的码。”",
        ));
        lines
    },
    call: "解决不了，打给",
    call_hint: "打电话时，把页面上的“服务代码”读给对方听，例如 53-0506-1830-4096。里面没有顾客的个人信息。",
    shop_line: "店里",
    provider_line: "服务商",
    guest_title: |name| format!("{name}换公众号了"),
    guest_lead: |plan| match plan.members {
        Members::Kept => "您的会员卡、余额和积分都在，三步找回：",
        Members::Dropped => "请到新公众号领取新的会员卡：",
    },
    guest_steps: |plan| match (plan.members, plan.way.to()) {
        (Members::Kept, AccountKind::Own) => [
            (
                "微信扫码，关注",
                "用微信扫海报上的二维码，关注我们的新公众号",
            ),
            ("点“会员卡包”，手动申请会员卡", "输入您以前留的手机号"),
            ("填验证码，绑定", "原来的卡就回来了，实体卡也可以"),
        ],
        (Members::Kept, _) => [
            ("微信扫码，关注", "用微信扫海报上的二维码，关注公众号"),
            ("点“会员卡包”，验证手机号", "输入您以前留的手机号，填验证码"),
            ("点旧卡的头像", "原来的卡就换回来了"),
        ],
        (Members::Dropped, AccountKind::Own) => [
            (
                "微信扫码，关注",
                "用微信扫海报上的二维码，关注我们的新公众号",
            ),
            ("点“会员卡包”，手动申请会员卡", "输入手机号，填验证码"),
            ("开一张新卡", "马上就能用"),
        ],
        (Members::Dropped, _) => [
            ("微信扫码，关注", "用微信扫海报上的二维码，关注公众号"),
            ("点“会员卡包”", "一进来就有一张新的会员卡"),
            ("出示会员码", "结账时给店员扫"),
        ],
    },
    pictures: |plan| match (plan.members, plan.way.to()) {
        (Members::Kept, AccountKind::Own) => vec![
            "点“会员卡包”",
            "输入以前留的手机号",
            "认出自己的卡",
            "原来的卡回来了",
        ],
        (Members::Kept, _) => vec![
            "点“会员卡包”",
            "输入以前留的手机号",
            "认出自己的卡",
            "点头像，换回原来的卡",
        ],
        (Members::Dropped, AccountKind::Own) => {
            vec!["点“会员卡包”", "输入手机号", "开一张新卡", "新卡可以用了"]
        }
        (Members::Dropped, _) => vec!["一进来就有新的会员卡"],
    },
    guest_code_here: "把新公众号的二维码贴在这里",
    guest_scan: "微信扫一扫，关注公众号",
    guest_help: |phone| format!("有问题请问店员，或拨打 {phone}"),
};
