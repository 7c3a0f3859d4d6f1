//! English.

use kabao_preview::plan::{AccountChoice, Danger, Step, WhatIf};
use kabao_rules::cases::Case;

use super::group::{StepWords, Words};

pub(super) static WORDS: Words = Words {
    title: "Preview of a switch of accounts",
    introduction: "Switching accounts is risky; don’t do it without need. See here first what your customers will see. Nobody here is real, no text message is sent, and nothing is kept.",
    console: "Set-up",
    phone: "The customer’s phone",
    view: "Show",
    present: "What do you have now?",
    future: "What will it be?",
    keep: "Do you keep your members?",
    yes: "Yes",
    no: "No",
    not_in_manual: "The manual has no such switch. Please ask your provider.",
    steps: "What has to be done",
    steps_hint: "Untick a step to see what customers see when it is forgotten.",
    what_if_title: "What if …",
    customer: "Which customer?",
    sees: "What the customer sees",
    readiness: "Are you ready?",
    members: "Members",
    without_phone: "Of these without a phone",
    sms_credits: "SMS credits left",
    all_done: "Every step of the manual is done. The manual promises no more: right-hand codes that are WeChat’s own still open the old account.",
    no_phone_customer: "the customer has no phone on record",
    plastic_customer: "the customer has a plastic card",
    print: "Print this page",
    message_from: "Text message",
    to_phone: "See it on a real phone",
    to_phone_hint: "Scan to open the same preview on a phone. The address holds no personal data.",
    loopback: "This address works on this machine alone. Publish dist/preview/ first, and type its address:",
    published: "Published address",
    brand: "Your own restaurant",
    brand_name: "Name",
    brand_color: "Colour",
    brand_avatar: "Picture (stays in this page)",
    storyboard: "Play step by step",
    storyboard_end: "End",
    next: "Next",
    previous: "Back",
    tables: "Table codes",
    tables_hint: "Tap a code to see what customers see who scan it. L is a left-hand code, R a right-hand one.",
    live_code: "Codes that work",
    dead_code: "Old codes that are dead",
    ordering: "The ordering page: this code works, and customers can order.",
    before: "Before the switch: customers use their card in the account that they know.",
    customer_phone: |phone| format!("This customer’s phone number: {phone}"),
    story: |customer| &customer.story_in_english,
    effect,
    account,
    step,
    what_if,
    outcome,
    danger,
};

fn effect(case: Case, step: Step) -> &'static str {
    match step {
        Step::Deauthorise => "聚食汇 no longer acts for the old account.",
        Step::Clear => "In the new account customers don’t read “this number is still in use”.",
        Step::Bind => "From now on customers open the wallet in the new account.",
        Step::SmsCredits => "Customers receive the code.",
        Step::IssueMode => match case {
            Case::OwnToPlatform | Case::OwnToOperator => {
                "Customers have a card as soon as they come in."
            }
            _ => "Customers can ask for their card.",
        },
        Step::TableCodes => "The new codes on the tables work.",
    }
}

fn account(choice: AccountChoice) -> &'static str {
    match choice {
        AccountChoice::Own => "An account of our own",
        AccountChoice::Platform => "排队网’s account",
        AccountChoice::Operator => "An agent’s account",
    }
}

fn step(case: Case, step: Step) -> StepWords {
    let (title, place) = match step {
        Step::Deauthorise => (
            "Take 聚食汇’s authorisation from the old account",
            "Merchant: the old account’s back end (mp.weixin.qq.com) → 公众号设置 → 授权管理",
        ),
        Step::Clear => match case {
            Case::OwnToOwn => (
                "Clear the links of fans and members (phone, member_id, card_id)",
                "Agent, through 排队网’s support",
            ),
            _ => (
                "Clear the old fans’ phone numbers (phone)",
                "Agent, through 排队网’s support",
            ),
        },
        Step::Bind => match case {
            Case::OwnToPlatform => (
                "Check that the back end has changed to 排队网’s account by itself",
                "Merchant: 聚食汇 (sso.paidui.com) → 第三方平台",
            ),
            Case::OwnToOperator => (
                "Authorise the agent’s account and set up its menu",
                "Agent: partner platform (pm.paidui.com) → 聚微量 → 流量管理; the menu at mp.weixin.qq.com",
            ),
            _ => (
                "Authorise the new account",
                "Merchant: 聚食汇 (sso.paidui.com) → 第三方平台 → 参数设置",
            ),
        },
        Step::SmsCredits => (
            "Buy enough SMS credits",
            "Merchant: 聚食汇 → 会员管理 → 短信购买",
        ),
        Step::IssueMode => (
            match case {
                Case::OwnToPlatform | Case::OwnToOperator => "Set cards to be issued automatically",
                _ => "Let customers ask for their card",
            },
            "Merchant: 聚食汇 → 第三方平台 → 卡类型设置",
        ),
        Step::TableCodes => (
            "Make, export and replace the right-hand table codes",
            "Merchant: 聚食汇 → table codes; the left-hand ones stay",
        ),
    };
    StepWords { title, place }
}

fn what_if(what: WhatIf) -> &'static str {
    match what {
        WhatIf::NoSmsCredits => "the SMS credits are used up",
        WhatIf::NoAutomaticIssue => "cards are not issued automatically",
        WhatIf::OldTableCodes => "the right-hand table codes were not replaced",
        WhatIf::NotFollowing => "the customer does not follow the new account",
        WhatIf::HalfCleared => "the old links were cleared by half",
    }
}

fn outcome(case: Case) -> &'static str {
    match case {
        Case::OwnToOwn => {
            "An empty wallet in the new account. With the phone number and the code, the card, balance and points come back; plastic cards too."
        }
        Case::OwnToOwnAnew => {
            "The wallet is empty, no old card is found, and a new one can be opened."
        }
        Case::OwnToPlatform | Case::OwnToOperator => {
            "A new card is there at once. With the phone proven, the old card appears beside it: a tap on its avatar puts it in use."
        }
        _ => "Customers follow the new account, ask for their card, and find it by phone number.",
    }
}

fn danger(danger: Danger) -> String {
    let text = match danger {
        Danger::NotMoved => {
            "The new account is not bound yet: customers can’t open the new wallet."
        }
        Danger::PhonesInUse => {
            "The old links are not cleared: customers read “this number is still in use” and can’t recover the card."
        }
        Danger::LinksLeftOver => {
            "Some members are still linked to another WeChat: customers read “this card is bound to another WeChat” and can’t recover it."
        }
        Danger::NoSms => "No SMS credits: no code is sent, and nobody can recover a card.",
        Danger::MembersDropped => {
            "You chose not to keep the members: old cards, balances and points are gone for good."
        }
        Danger::DeadTableCodes => {
            "The right-hand table codes were not replaced: who scans an old one can’t order."
        }
        Danger::NoAutomaticIssue => {
            "Cards are not issued automatically: customers arrive without a card and have to ask for one."
        }
        Danger::TooFewSms(missing) => {
            return format!(
                "{missing} SMS credits are missing: every member with a phone needs at least one."
            );
        }
        Danger::WithoutPhone(count) => {
            return format!(
                "{count} members have no phone on record and can’t be recovered. Add their phones first."
            );
        }
    };
    text.to_owned()
}
