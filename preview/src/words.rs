//! Every word of the preview, in both languages. Where a step is done, and who
//! does it, is from the manual 切换公众号 V8.1.

use kabao_core::domain::language::Language;
use kabao_rules::cases::Case;

use kabao_preview::plan::{AccountChoice, Danger, Step, WhatIf};

/// The words of one language.
#[derive(Clone, Copy)]
pub(crate) struct Words(Language);

/// What a step says.
pub(crate) struct StepWords {
    pub(crate) title: &'static str,
    /// Where it is done, and by whom.
    pub(crate) place: &'static str,
}

macro_rules! texts {
    ($($name:ident: $chinese:literal, $english:literal;)+) => {
        impl Words {
            $(pub(crate) const fn $name(self) -> &'static str {
                self.say($chinese, $english)
            })+
        }
    };
}

texts! {
    title: "切换公众号预演", "Preview of a switch of accounts";
    introduction: "切换公众号存在风险，非必要情况下不要轻易切换。在这里先看看顾客会看到什么。这里没有真实的顾客，不发短信，什么也不保存。",
        "Switching accounts is risky; don’t do it without need. See here first what your customers will see. Nobody here is real, no text message is sent, and nothing is kept.";
    console: "设置", "Set-up";
    phone: "顾客的手机", "The customer’s phone";
    view: "显示", "Show";
    present: "现在用的是什么公众号？", "What do you have now?";
    future: "要换成什么公众号？", "What will it be?";
    keep: "会员数据保留吗？", "Do you keep your members?";
    yes: "保留", "Yes";
    no: "不保留", "No";
    not_in_manual: "手册里没有这种切换。请联系服务商。", "The manual has no such switch. Please ask your provider.";
    steps: "要做的事", "What has to be done";
    steps_hint: "取消勾选，看看漏做这一步时顾客会看到什么。", "Untick a step to see what customers see when it is forgotten.";
    what_if_title: "万一……", "What if …";
    customer: "扮演哪位顾客？", "Which customer?";
    customer_phone: "这位顾客的手机号", "This customer’s phone number";
    sees: "顾客会看到", "What the customer sees";
    readiness: "准备得怎么样？", "Are you ready?";
    members: "会员人数", "Members";
    without_phone: "其中没有手机号的", "Of these without a phone";
    sms_credits: "剩余短信条数", "SMS credits left";
    all_done: "手册里的每一步都做完了。手册没有更多的保证：微信自带的右边餐台码仍会打开旧公众号。",
        "Every step of the manual is done. The manual promises no more: right-hand codes that are WeChat’s own still open the old account.";
    no_phone_customer: "顾客的档案里没有手机号", "the customer has no phone on record";
    plastic_customer: "顾客用的是实体卡", "the customer has a plastic card";
    print: "打印这一页", "Print this page";
    message_from: "短信", "Text message";
    to_phone: "在真手机上看", "See it on a real phone";
    to_phone_hint: "用手机扫码，打开同样的预演。地址里没有个人信息。", "Scan to open the same preview on a phone. The address holds no personal data.";
    loopback: "这个地址只在本机有效。请先把 dist/preview/ 发布到网上，再填写发布后的地址：",
        "This address works on this machine alone. Publish dist/preview/ first, and type its address:";
    published: "发布后的地址", "Published address";
    brand: "换成您的店", "Your own restaurant";
    brand_name: "店名", "Name";
    brand_color: "颜色", "Colour";
    brand_avatar: "头像（只在本页使用，不上传）", "Picture (stays in this page)";
    storyboard: "逐步演示", "Play step by step";
    storyboard_end: "结束演示", "End";
    next: "下一步", "Next";
    previous: "上一步", "Back";
    tables: "餐台码", "Table codes";
    tables_hint: "点一个码，看看扫它的顾客会看到什么。L 是左边餐台码，R 是右边餐台码。", "Tap a code to see what customers see who scan it. L is a left-hand code, R a right-hand one.";
    live_code: "有效的码", "Codes that work";
    dead_code: "已失效的旧码", "Old codes that are dead";
    ordering: "点餐页面：这个码有效，顾客可以点餐。", "The ordering page: this code works, and customers can order.";
    before: "切换之前：顾客在原来的公众号里用卡。", "Before the switch: customers use their card in the account that they know.";
}

impl Words {
    pub(crate) const fn of(language: Language) -> Self {
        Self(language)
    }

    pub(crate) const fn language(self) -> Language {
        self.0
    }

    pub(crate) const fn say(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self.0 {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// What a step does for customers.
    pub(crate) const fn effect(self, case: Case, step: Step) -> &'static str {
        match step {
            Step::Deauthorise => self.say(
                "旧公众号不再由聚食汇使用。",
                "聚食汇 no longer acts for the old account.",
            ),
            Step::Clear => self.say(
                "顾客在新公众号申请会员卡时，不会提示“手机号码已被使用”。",
                "In the new account customers don’t read “this number is still in use”.",
            ),
            Step::Bind => self.say(
                "从这时起，顾客打开的是新公众号的卡包。",
                "From now on customers open the wallet in the new account.",
            ),
            Step::SmsCredits => self.say("顾客能收到验证码。", "Customers receive the code."),
            Step::IssueMode => match case {
                Case::OwnToPlatform | Case::OwnToOperator => self.say(
                    "顾客一进来就有一张卡。",
                    "Customers have a card as soon as they come in.",
                ),
                _ => self.say(
                    "顾客看到“手动申请会员卡”。",
                    "Customers can ask for their card.",
                ),
            },
            Step::TableCodes => {
                self.say("桌上的新码可以点餐。", "The new codes on the tables work.")
            }
        }
    }

    /// A text that comes in both languages.
    pub(crate) fn say_owned(self, both: &[String; 2]) -> &str {
        match self.0 {
            Language::Chinese => &both[0],
            Language::English => &both[1],
        }
    }

    pub(crate) const fn account(self, choice: AccountChoice) -> &'static str {
        match choice {
            AccountChoice::Own => self.say("自有公众号", "An account of our own"),
            AccountChoice::Platform => self.say("排队网公众号", "排队网’s account"),
            AccountChoice::Operator => self.say("运营者公众号", "An agent’s account"),
        }
    }

    pub(crate) const fn step(self, case: Case, step: Step) -> StepWords {
        let (title, place) = match step {
            Step::Deauthorise => (
                self.say("取消旧公众号对聚食汇的授权", "Take 聚食汇’s authorisation from the old account"),
                self.say(
                    "商家：旧公众号后台（mp.weixin.qq.com）→ 公众号设置 → 授权管理",
                    "Merchant: the old account’s back end (mp.weixin.qq.com) → 公众号设置 → 授权管理",
                ),
            ),
            Step::Clear => match case {
                Case::OwnToOwn => (
                    self.say(
                        "清除粉丝与会员的关联（phone、member_id、card_id）",
                        "Clear the links of fans and members (phone, member_id, card_id)",
                    ),
                    self.say("代理商联系排队网技术", "Agent, through 排队网’s support"),
                ),
                _ => (
                    self.say("清除旧粉丝的手机号（phone）", "Clear the old fans’ phone numbers (phone)"),
                    self.say("代理商联系排队网技术", "Agent, through 排队网’s support"),
                ),
            },
            Step::Bind => match case {
                Case::OwnToPlatform => (
                    self.say(
                        "确认后台已自动变更为排队网公众号",
                        "Check that the back end has changed to 排队网’s account by itself",
                    ),
                    self.say(
                        "商家：聚食汇（sso.paidui.com）→ 第三方平台",
                        "Merchant: 聚食汇 (sso.paidui.com) → 第三方平台",
                    ),
                ),
                Case::OwnToOperator => (
                    self.say("授权绑定代理商的公众号，设好菜单", "Authorise the agent’s account and set up its menu"),
                    self.say(
                        "代理商：伙伴平台（pm.paidui.com）→ 聚微量 → 流量管理；菜单在 mp.weixin.qq.com",
                        "Agent: partner platform (pm.paidui.com) → 聚微量 → 流量管理; the menu at mp.weixin.qq.com",
                    ),
                ),
                _ => (
                    self.say("授权绑定新的公众号", "Authorise the new account"),
                    self.say(
                        "商家：聚食汇（sso.paidui.com）→ 第三方平台 → 参数设置",
                        "Merchant: 聚食汇 (sso.paidui.com) → 第三方平台 → 参数设置",
                    ),
                ),
            },
            Step::SmsCredits => (
                self.say("购买足够的短信", "Buy enough SMS credits"),
                self.say(
                    "商家：聚食汇 → 会员管理 → 短信购买",
                    "Merchant: 聚食汇 → 会员管理 → 短信购买",
                ),
            ),
            Step::IssueMode => (
                match case {
                    Case::OwnToPlatform | Case::OwnToOperator => {
                        self.say("设置好自动发卡", "Set cards to be issued automatically")
                    }
                    _ => self.say("设置为手动申请会员卡", "Let customers ask for their card"),
                },
                self.say(
                    "商家：聚食汇 → 第三方平台 → 卡类型设置",
                    "Merchant: 聚食汇 → 第三方平台 → 卡类型设置",
                ),
            ),
            Step::TableCodes => (
                self.say("重新生成、导出并更换右边餐台码", "Make, export and replace the right-hand table codes"),
                self.say("商家：聚食汇 → 餐台码；左边餐台码不用换", "Merchant: 聚食汇 → table codes; the left-hand ones stay"),
            ),
        };
        StepWords { title, place }
    }

    pub(crate) const fn what_if(self, what: WhatIf) -> &'static str {
        match what {
            WhatIf::NoSmsCredits => self.say("短信额度用完了", "the SMS credits are used up"),
            WhatIf::NoAutomaticIssue => {
                self.say("没有开自动发卡", "cards are not issued automatically")
            }
            WhatIf::OldTableCodes => self.say(
                "右边餐台码没有更换",
                "the right-hand table codes were not replaced",
            ),
            WhatIf::NotFollowing => self.say(
                "顾客没有关注新公众号",
                "the customer does not follow the new account",
            ),
            WhatIf::HalfCleared => {
                self.say("旧登记只清除了一半", "the old links were cleared by half")
            }
        }
    }

    pub(crate) const fn outcome(self, case: Case) -> &'static str {
        match case {
            Case::OwnToOwn => self.say(
                "新公众号里是空的卡包。输入手机号、收到验证码，原来的卡、余额和积分就回来；实体卡也一样。",
                "An empty wallet in the new account. With the phone number and the code, the card, balance and points come back; plastic cards too.",
            ),
            Case::OwnToOwnAnew => self.say(
                "卡包是空的，找不到原来的卡，可以开一张新卡。",
                "The wallet is empty, no old card is found, and a new one can be opened.",
            ),
            Case::OwnToPlatform | Case::OwnToOperator => self.say(
                "一进来就有一张新卡。验证手机号后，旧卡出现在旁边，点头像即可切换。",
                "A new card is there at once. With the phone proven, the old card appears beside it: a tap on its avatar puts it in use.",
            ),
            _ => self.say(
                "顾客要先关注新公众号，再手动申请会员卡，用手机号找回。",
                "Customers follow the new account, ask for their card, and find it by phone number.",
            ),
        }
    }

    pub(crate) fn danger(self, danger: Danger) -> String {
        let text = match danger {
            Danger::NotMoved => self.say(
                "新公众号还没有绑定：顾客打不开新的卡包。",
                "The new account is not bound yet: customers can’t open the new wallet.",
            ),
            Danger::PhonesInUse => self.say(
                "旧登记没有清除干净：顾客会看到“手机号码已被使用”，找不回卡。",
                "The old links are not cleared: customers read “this number is still in use” and can’t recover the card.",
            ),
            Danger::LinksLeftOver => self.say(
                "有的会员还连着别的微信：顾客会看到“这张卡已绑定其他微信”，找不回卡。",
                "Some members are still linked to another WeChat: customers read “this card is bound to another WeChat” and can’t recover it.",
            ),
            Danger::NoSms => self.say(
                "没有短信额度：验证码发不出去，谁也找不回卡。",
                "No SMS credits: no code is sent, and nobody can recover a card.",
            ),
            Danger::MembersDropped => self.say(
                "选择了不保留会员：原来的卡、余额和积分都找不回来。",
                "You chose not to keep the members: old cards, balances and points are gone for good.",
            ),
            Danger::DeadTableCodes => self.say(
                "右边餐台码没有更换：扫旧码的顾客点不了餐。",
                "The right-hand table codes were not replaced: who scans an old one can’t order.",
            ),
            Danger::NoAutomaticIssue => self.say(
                "没有自动发卡：顾客进来没有卡，要自己申请。",
                "Cards are not issued automatically: customers arrive without a card and have to ask for one.",
            ),
            Danger::TooFewSms(missing) => {
                return match self.0 {
                    Language::Chinese => format!("短信还差 {missing} 条：每位有手机号的会员至少要一条。"),
                    Language::English => format!(
                        "{missing} SMS credits are missing: every member with a phone needs at least one."
                    ),
                };
            }
            Danger::WithoutPhone(count) => {
                return match self.0 {
                    Language::Chinese => format!("{count} 位会员没有手机号，找不回来。请先补登手机号。"),
                    Language::English => format!(
                        "{count} members have no phone on record and can’t be recovered. Add their phones first."
                    ),
                };
            }
        };
        text.to_owned()
    }
}
