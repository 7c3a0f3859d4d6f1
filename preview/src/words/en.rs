//! English.

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
    title: "Preview: changing your official account",
    introduction: "See what each kind of customer will meet before you change your official account. The customers are invented, and no text message is really sent. What you type is kept in the page’s address; pictures stay in this page.",
    other_language: "中文",
    phone: "The customer’s phone",

    present: "Which official account do you use now?",
    future: "Which one are you changing to?",
    keep: "Will you keep your members’ data?",
    kept: "Keep it",
    dropped: "Don’t keep it",
    cautions_title: "Read this first",
    cautions: &[
        "Changing accounts is risky. Take care, and don’t do it unless you must.",
        "If you change accounts on your own, the right-hand table codes stop working, and members get errors and can’t use their cards.",
        "After the change, the right-hand table codes work again only once you regenerate and export them and put new ones on the tables; the left-hand ones need nothing.",
        "If members of the old account want to use the new one, contact your provider, who asks head-office support.",
        "If you change accounts on your own and members can’t use their cards or data is lost, you bear the consequences.",
    ],

    steps: "What has to be done",
    steps_hint: "In the manual’s order. Untick a step, and the phone plays what customers meet when it is left out.",
    if_left_out: "If left out: ",
    storyboard: "Play step by step",
    storyboard_end: "End",
    before: "Before the change: customers use their cards in the present account.",
    next: "Next",
    previous: "Back",

    what_if_title: "Even if all is done, what if …",
    customers: "How it ends for each kind of customer",
    customers_hint: "Choose one to see that customer’s phone.",
    tables: "Table codes",
    left_code: "Left-hand code",
    right_code: "Right-hand code",
    code_works: "works for ordering",
    code_dead: "no longer works",
    scan: |code| format!("Scan on the phone: {code}"),
    told: |customer, outcome| format!("{customer}: {outcome}"),
    ordering: "The ordering page: this code works, and customers can order.",
    as_planned: "By the manual: ",
    message_from: "Text message",

    verdict: "Verdict",
    ready,
    not_ready: |count| match count {
        1 => "Not ready. There is 1 problem:".to_owned(),
        _ => format!("Not ready. There are {count} problems:"),
    },
    members_given_up: "You chose not to keep your members: in the new account, old members can’t recover their cards, balances or points.",
    numbers: "Your numbers",
    numbers_hint: "They tell how many text messages to buy and how many members can’t get their card back. Optional.",
    members: "Members in all",
    without_phone: "Of these, without a phone",
    sms_credits: "SMS credits left now",
    not_a_number: |why| match why {
        NotANumber::NotDigits => "Digits only, please.",
        NotANumber::TooLarge => "This number is too large.",
    },
    too_many_without_phone: "There can’t be more members without a phone than members in all.",

    brand: "Your own restaurant",
    brand_hint: "The name appears on the card, in the account, in text messages, in the terms and on table pages. Pictures stay in this page.",
    brand_name: "Name",
    brand_color: "Colour",
    brand_avatar: "Picture of the restaurant",
    brand_follow: "QR code of the new account",
    brand_phone: "The restaurant’s phone",
    provider_name: "Provider",
    provider_phone: "The provider’s phone",
    not_a_phone: "Digits and dashes only, such as 028-8555-0188.",
    too_long: "20 characters at most.",
    old_account: |name| format!("{name} (old account)"),

    on_a_phone: "See it on a real phone",
    on_a_phone_hint: "Scan to open the same preview on a phone. The link holds the restaurant’s name, the ticks and the numbers, and nothing about customers.",
    local_only: "Only this computer can open this address, so there is no code to scan. Open the preview at an address that others can open too.",

    hand_outs: "On paper",
    hand_outs_hint: "Each is one page of A4.",
    print: "Print",
    preparing: "Preparing the pictures…",
    back: "Back",
    paper: PAPER,

    customer_phone: |phone| format!("Their phone number: {phone}"),
    account,
    new_account: |way| match way.to() {
        AccountKind::Own if matches!(way.from(), AccountKind::Own) => "Another account of your own",
        kind => account(kind),
    },
    scenario,
    section,
    customer,
    step,
    credits_to_buy: |count| format!("By your numbers, buy at least {count} more."),
    what_if: |what| match what {
        WhatIf::SmsRunOut => "the SMS credits are used up",
        WhatIf::BoundByRelative => {
            "a relative of Xiao Li’s has bound Xiao Li’s card to their own WeChat"
        }
    },
    outcome,
    warning,
    eased: |customers| {
        format!(
            "No harm: the card is there at once for {}.",
            names(customers)
        )
    },
    audience: |audience| match audience {
        Audience::Owner => "For the owner",
        Audience::Staff => "For the staff",
        Audience::Guests => "For the guests",
    },
};

fn ready(judgement: &Judgement) -> &'static str {
    match judgement.plan.members {
        Members::Kept => {
            "Done like this, every kind of old member above gets the old card back, and new customers get a card."
        }
        Members::Dropped => {
            "Done like this, every kind of customer has a new card in the new account."
        }
    }
}

const fn account(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Own => "Your own account",
        AccountKind::Platform => "排队网’s account",
        AccountKind::Operator => "An agent’s (operator’s) account",
    }
}

fn scenario(way: Move) -> &'static str {
    match way {
        Move::OwnToOwn => {
            "For example, when the business licence has changed: account A, in use now, is replaced by a new account B."
        }
        Move::OwnToPlatform => {
            "When your own account is not verified or no longer used, for example, and ordering has to go on in 排队网’s account. It may have another name: go by what the back end shows."
        }
        Move::OwnToOperator => {
            "When an agent wants their merchants to gather followers for the agent’s own account."
        }
        Move::PlatformToOwn => {
            "When ordering began while your own account was still being applied for, and now it has been approved. Until one is bound, 排队网’s account is used; it may have another name, so go by what the back end shows."
        }
        Move::OperatorToOwn => {
            "When your own account has been approved. Until then the agent’s account is used first, if the agent has the traffic tool (流量工具)."
        }
    }
}

fn section(way: Move) -> &'static str {
    match way {
        Move::OwnToOwn => {
            "Manual 切换公众号 V8.1, section 1: from one account of one’s own to another"
        }
        Move::OwnToPlatform => {
            "Manual 切换公众号 V8.1, section 2: from one’s own account to 排队网’s"
        }
        Move::OwnToOperator => {
            "Manual 切换公众号 V8.1, section 3: from one’s own account to an operator’s"
        }
        Move::PlatformToOwn | Move::OperatorToOwn => {
            "Manual 切换公众号 V8.1, section 4: from no account or an operator’s to one’s own"
        }
    }
}

fn customer(customer: Customer) -> CustomerWords {
    let (kind, name, story) = match customer {
        Customer::WithPhone => (
            "Old member with a phone",
            "Xiao Li",
            "Old card with ¥128.00 and 560 points",
        ),
        Customer::WithoutPhone => (
            "Old member without a phone",
            "Xiao Wu",
            "No phone on record at first; old card with ¥33.00",
        ),
        Customer::Plastic => (
            "Plastic card",
            "Lao Wang",
            "Plastic card from the shop, phone on record, ¥56.00",
        ),
        Customer::NotFollowing => (
            "Doesn’t follow the new account",
            "Xiao Zhou",
            "Old member who doesn’t follow the new account; old card with ¥86.00",
        ),
        Customer::KnownElsewhere => (
            "Phone verified at another restaurant",
            "Xiao Chen",
            "Old member who verified the phone at another restaurant of the same account; old card with ¥99.00",
        ),
        Customer::New => ("New customer", "A Xin", "Has had no card"),
    };
    CustomerWords { kind, name, story }
}

fn names(customers: &[Customer]) -> String {
    listed(customers.iter().map(|it| customer(*it).name), ", ", " and ")
}

fn step(plan: &Plan, step: Step) -> StepWords {
    let way = plan.way;
    match step {
        Step::Phones => StepWords {
            title: "Check that every member has a phone number",
            who: "Merchant",
            place: "The members’ data in 聚食汇",
            note: "Add the missing ones first. A card can be found only by its phone number.",
        },
        Step::Deauthorise => deauthorise(way),
        Step::Clear => clear(plan),
        Step::Bind => bind(way),
        Step::Menu => StepWords {
            title: "Set up the account’s menu",
            who: "Agent",
            place: "The agent’s own account (mp.weixin.qq.com)",
            note: "So that customers who follow it find takeaway, their membership and so on. Only what the PM platform’s menu shows is supported.",
        },
        Step::Tables => StepWords {
            title: "Regenerate and export the right-hand table codes, and replace those in the shop",
            who: "Merchant",
            place: "聚食汇 → 基础资料 → 消费区域和餐台",
            note: "The back end has two codes for each table, side by side. The left-hand one survives a change of account; the right-hand one belongs to the account and stops working with it. If you use only left-hand ones, skip this step.",
        },
        Step::Sms => StepWords {
            title: "Buy enough SMS credits",
            who: "Merchant",
            place: "聚食汇 → 会员管理 → 短信购买",
            note: "Each customer who enters a phone number is sent a code.",
        },
        Step::IssueMode => issue_mode(plan),
        Step::Follow => StepWords {
            title: match way {
                Move::OwnToPlatform => "Ask guests to follow 排队网’s account",
                Move::OwnToOperator => "Ask guests to follow the agent’s account",
                Move::OwnToOwn => "Ask guests to follow the new account",
                Move::PlatformToOwn | Move::OperatorToOwn => {
                    "Ask guests to follow your own account"
                }
            },
            who: "Merchant",
            place: match way {
                Move::OwnToPlatform | Move::OwnToOperator => {
                    "In the shop. It is the account that 聚食汇 shows at present"
                }
                _ => "In the shop",
            },
            note: match (way, plan.members) {
                (Move::OwnToPlatform | Move::OwnToOperator, Members::Kept) => {
                    "In the account they tap 会员卡包, find their card and tap its avatar to use it again. If the account doesn’t know their phone yet, they verify it once first."
                }
                (Move::OwnToOwn, Members::Kept) => {
                    "There they apply for a card with their earlier phone number, and the old card is bound; so are plastic cards with a phone number."
                }
                (_, Members::Kept) => "They apply for a card themselves, and the old one is bound.",
                (_, Members::Dropped) => "",
            },
        },
    }
}

fn deauthorise(way: Move) -> StepWords {
    StepWords {
        title: "Revoke 聚食汇’s authorisation",
        who: "Merchant",
        place: match way {
            Move::OwnToOwn => "The old account (mp.weixin.qq.com) → 公众号设置 → 授权管理",
            _ => "Your account (mp.weixin.qq.com) → 公众号设置 → 授权管理",
        },
        note: match way {
            Move::OwnToPlatform => {
                "After that, the back end changes to 排队网’s account by itself."
            }
            _ => "",
        },
    }
}

fn clear(plan: &Plan) -> StepWords {
    let (title, who, note) = match (plan.way, plan.members) {
        (Move::OwnToOwn, Members::Kept) => (
            "Clear the links between fans and members (phone, member_id, card_id)",
            "The agent contacts 排队网’s technical staff",
            "So that fans who apply for a card in the new account don’t see “This number is still in use”.",
        ),
        (Move::OwnToOwn, Members::Dropped) => (
            "Clear the phone numbers of all fans (phone)",
            "The agent contacts 排队网’s technical staff",
            "So that fans who apply for a card in the new account don’t see “This number is still in use”.",
        ),
        (Move::OwnToOperator, Members::Dropped) => (
            "Clear the phone numbers of the fans (phone)",
            "The merchant contacts 排队网’s technical staff",
            "Section 3 of the manual asks this only of those who keep their members; section 1 says why the others need it too: or else they see “This number is still in use”.",
        ),
        _ => (
            "Clear the phone numbers of the fans (phone)",
            "The merchant contacts 排队网’s technical staff",
            "",
        ),
    };
    StepWords {
        title,
        who,
        place: "Done by 排队网’s technical staff",
        note,
    }
}

fn bind(way: Move) -> StepWords {
    match way {
        Move::OwnToOperator => StepWords {
            title: "Authorise and bind the agent’s own account",
            who: "Agent",
            place: "Partner platform (pm.paidui.com) → 聚微量 → 流量管理",
            note: "If the agent has bound it before, there is nothing to do. Until it is bound, 排队网’s account is used.",
        },
        Move::OwnToOwn => StepWords {
            title: "Authorise and bind the new account",
            who: "Merchant; the new account’s administrator scans with WeChat",
            place: "聚食汇 (sso.paidui.com) → 第三方平台 → 参数设置",
            note: "Click 自有公众号, then 授权, and scan the code on the page that opens. Until then, 排队网’s account is used.",
        },
        _ => StepWords {
            title: "Authorise and bind your own account",
            who: "Merchant; the account’s administrator scans with WeChat",
            place: "聚食汇 (sso.paidui.com) → 第三方平台 → 参数设置",
            note: "Click 自有公众号, then 授权, and scan the code on the page that opens.",
        },
    }
}

fn issue_mode(plan: &Plan) -> StepWords {
    StepWords {
        title: match plan.way.to() {
            AccountKind::Own => "Set cards to manual issue (手动开卡)",
            AccountKind::Platform | AccountKind::Operator => {
                "Set cards to automatic issue (自动发卡)"
            }
        },
        who: "Merchant",
        place: "聚食汇 (sso.paidui.com) → 第三方平台 → 卡类型设置",
        note: match (plan.way.to(), plan.members) {
            (AccountKind::Own, Members::Kept) => {
                "So that customers can get their old card back. The manual doesn’t say where manual issue is set; automatic issue is set here."
            }
            (AccountKind::Own, Members::Dropped) => {
                "Customers apply themselves and get a new card once their phone is verified."
            }
            (AccountKind::Platform | AccountKind::Operator, _) => {
                "Customers have a card as soon as they come in."
            }
        },
    }
}

fn outcome(members: Members, customer: Customer, outcome: Outcome) -> String {
    let is_kept = members == Members::Kept;
    let has_new = outcome.arrival == Arrival::NewCard;
    let text = match outcome.ending {
        Ending::OldCard(Effort::Nothing) => "Still uses the old card",
        Ending::OldCard(Effort::Tap) => {
            "The old card is in the wallet; a tap on its avatar puts it back in use"
        }
        Ending::OldCard(Effort::Claim) => "Gets the old card back with phone number and code",
        Ending::OldCard(Effort::ClaimAndTap) => {
            "Sees a new card first; phone number and code bring the old one back, and a tap on its avatar puts it in use"
        }
        Ending::NewCard(_) if customer.is_old() && is_kept => {
            "The old card is not found by the phone number; there is only a new one"
        }
        Ending::NewCard(_) if customer.is_old() => "The old card is gone; a new one is in use",
        Ending::NewCard(Effort::Claim) => "Verifies the phone number and opens a new card",
        Ending::NewCard(_) => "A new card is there at once",
        Ending::Stopped(Obstacle::PhoneInUse) if is_kept => {
            "Sees “This number is still in use” and can’t get the old card back"
        }
        Ending::Stopped(Obstacle::PhoneInUse) => "Sees “This number is still in use”",
        Ending::Stopped(Obstacle::BoundElsewhere) => {
            "Sees “Bound to another WeChat” and can’t get the old card back"
        }
        Ending::Stopped(Obstacle::NoCode) if is_kept && customer.is_old() => {
            "Receives no code and can’t get the old card back"
        }
        Ending::Stopped(Obstacle::NoCode) if has_new => {
            "Has a new card, but receives no code and can’t verify the phone number"
        }
        Ending::Stopped(Obstacle::NoCode) => "Receives no code and can’t open a card",
        Ending::Stopped(Obstacle::Refusal) => "Is refused",
    };
    let place = match outcome.place {
        Place::Old => "Still in the old account. ",
        Place::Between => "In 排队网’s account. ",
        Place::New => "",
    };
    let following = match outcome.following {
        Following::DoesNotFollow => ". The page asks them to follow the account",
        Following::Follows => "",
    };
    format!("{place}{text}{following}")
}

fn warning(plan: &Plan, warning: &Warning) -> String {
    let is_kept = plan.members == Members::Kept;
    match warning {
        Warning::Elsewhere(Place::Between) => match plan.way.to() {
            AccountKind::Operator => {
                "The agent’s account is not bound yet: customers land in 排队网’s, the default."
            }
            AccountKind::Own | AccountKind::Platform => {
                "The new account is not bound yet: customers land in 排队网’s, the default."
            }
        }
        .to_owned(),
        Warning::Elsewhere(_) => match plan.way.from() {
            AccountKind::Own => {
                "聚食汇 is still authorised in the old account: customers are still there, and nothing has changed."
            }
            AccountKind::Platform | AccountKind::Operator => {
                "Your own account is not bound yet: customers are still in the old one, and nothing has changed."
            }
        }
        .to_owned(),
        Warning::Stopped(Obstacle::PhoneInUse, who) if is_kept => format!(
            "The old fans’ phone numbers are not cleared. These see “This number is still in use” and can’t get the old card back: {}.",
            names(who)
        ),
        Warning::Stopped(Obstacle::PhoneInUse, who) => format!(
            "The old fans’ phone numbers are not cleared. These see “This number is still in use”: {}.",
            names(who)
        ),
        Warning::Stopped(Obstacle::BoundElsewhere, who) => format!(
            "These see “Bound to another WeChat” and can’t get the old card back: {}. Contact your provider, who asks head-office support.",
            names(who)
        ),
        Warning::Stopped(Obstacle::NoCode, who) => {
            format!("No SMS credits, so no code arrives; buy some at 会员管理 → 短信购买: {}.", names(who))
        }
        Warning::Stopped(Obstacle::Refusal, who) => format!("These are refused: {}.", names(who)),
        Warning::NotFound(who) => format!(
            "No phone on record, so the old card is not found; they can only ask through your provider, or open a new one: {}.",
            names(who)
        ),
        Warning::Hidden(who) => format!(
            "The old fans’ phone numbers are not cleared, so the old card is not found: {}.",
            names(who)
        ),
        Warning::WithoutPhone(1) => {
            "There is 1 such member. Add the phone number first.".to_owned()
        }
        Warning::WithoutPhone(count) => {
            format!("There are {count} such members. Add their phone numbers first.")
        }
        Warning::TooFewSms(1) => {
            "1 SMS credit is missing: every member with a phone needs at least one.".to_owned()
        }
        Warning::TooFewSms(count) => {
            format!("{count} SMS credits are missing: every member with a phone needs at least one.")
        }
        Warning::DeadTableCodes => {
            "The right-hand table codes are not replaced: whoever scans an old one can’t order."
                .to_owned()
        }
        Warning::More(Effort::ClaimAndTap, who) => format!(
            "These see a new card first, and after getting the old one back must tap its avatar: {}.",
            names(who)
        ),
        Warning::More(Effort::Claim, who) => format!(
            "These find no card at first and must apply by phone number: {}.",
            names(who)
        ),
        Warning::More(_, who) => format!(
            "These must still tap the old card’s avatar: {}.",
            names(who)
        ),
        Warning::MenuMissing => {
            "The account’s menu is not set up: followers find no takeaway and no membership in it."
                .to_owned()
        }
        Warning::NotFollowing(who) => format!(
            "Guests were not asked to follow. The page asks these to follow the account: {}.",
            names(who)
        ),
    }
}

const PAPER: PaperWords = PaperWords {
    owner_title: |name| format!("{name}: what to do to change accounts"),
    move_line: |way, members| {
        let kept = match members {
            Members::Kept => "members’ data kept",
            Members::Dropped => "members’ data not kept",
        };
        let to = match way {
            Move::OwnToOwn => "a new account of your own",
            _ => account(way.to()),
        };
        format!("{} → {to}, {kept}", account(way.from()))
    },
    day_of_switch: "Day of the change",
    done_by: "In charge",
    where_column: "Where",
    step_column: "What",
    who_column: "Who",
    date_column: "Done on",
    signed: "Owner’s signature",
    counts: |plan| {
        let mut lines = Vec::new();
        if let Some(members) = plan.numbers.members {
            lines.push(format!(
                "Members: {members}; of these without a phone: {}.",
                plan.numbers.without_phone
            ));
        }
        let needed = plan.credits_needed();
        if plan.steps().contains(&Step::Sms) && needed > 0 {
            lines.push(format!(
                "SMS credits: at least {needed}, one for every member with a phone."
            ));
        }
        lines
    },
    staff_title: |name| format!("{name} has changed accounts: what guests ask, what to say"),
    staff_intro: |plan| match (plan.members, plan.way.to()) {
        (Members::Kept, AccountKind::Own) => {
            "Old cards, balances and points are kept. In the new account, guests type their phone number and the code, and the card is back."
        }
        (Members::Kept, _) => {
            "Old cards, balances and points are kept. Guests see a new card first; once the phone is verified, the old one appears, and a tap on its avatar puts it in use."
        }
        (Members::Dropped, AccountKind::Own) => {
            "The shop does not keep the old members’ data. In the new account, guests verify their phone number and open a new card."
        }
        (Members::Dropped, _) => {
            "The shop does not keep the old members’ data. In the new account, guests have a new card at once."
        }
    },
    guests_see: "What guests see on their phones",
    say: "What they ask, and what to say",
    sayings: |plan| {
        let mut lines = match plan.members {
            Members::Kept => vec![
                (
                    "“Where are my card and my balance?”",
                    match plan.way.to() {
                        AccountKind::Own => {
                            "“All there. Open 会员卡包, type the phone number that you gave us, then the code, and the card is back.”"
                        }
                        AccountKind::Platform | AccountKind::Operator => {
                            "“All there. Open 会员卡包 and verify the phone number you gave us; when the old card appears, tap its avatar to use it again.”"
                        }
                    },
                ),
                (
                    "“My card is not found.”",
                    "“Try another number that you may have given us; plastic cards are found the same way. If that doesn’t help, don’t open a new card yet: I’ll ask our provider.”",
                ),
            ],
            Members::Dropped => vec![(
                "“Where are my card and my balance?”",
                "“We have changed accounts, and the old members’ data was not kept. Please use the new card; the owner will talk to you about the balance.”",
            )],
        };
        if plan.steps().contains(&Step::Clear) {
            lines.push((
                "“It says my number is still in use.”",
                "“Nothing is lost by that. Please show me the staff code on the page; I’ll call our provider.”",
            ));
        }
        if plan.steps().contains(&Step::Sms) {
            lines.push((
                "“It says the shop has run out of texts.”",
                "“It isn’t your fault, and nothing is lost. I’ll ask the owner to buy more; please try again later.”",
            ));
        }
        lines.push((
            "“I get no code.”",
            "“Please wait a minute and ask for it again. Tell nobody the code; we won’t ask for it either.”",
        ));
        lines.push((
            "“The code on the table doesn’t work.”",
            "“Sorry, that is an old one. I’ll bring you the new one.”",
        ));
        lines
    },
    call: "If that doesn’t help, call",
    call_hint: "Read out the staff code that the page shows, such as 53-0506-1830-4096. It holds nothing about the guest.",
    shop_line: "Shop",
    provider_line: "Provider",
    guest_title: |name| format!("{name} has a new WeChat official account"),
    guest_lead: |plan| match plan.members {
        Members::Kept => "Your card, balance and points are kept. Get them back in three steps:",
        Members::Dropped => "Please get your new member card in our new account:",
    },
    guest_steps: |plan| match (plan.members, plan.way.to()) {
        (Members::Kept, AccountKind::Own) => [
            (
                "Scan with WeChat and follow",
                "Scan the code on the poster to follow our new account",
            ),
            (
                "Tap 会员卡包, then “Find my card”",
                "Type the phone number that you gave us",
            ),
            (
                "Type the code and bind",
                "Your old card is back, plastic cards too",
            ),
        ],
        (Members::Kept, _) => [
            (
                "Scan with WeChat and follow",
                "Scan the code on the poster to follow the account",
            ),
            (
                "Tap 会员卡包, then “Verify phone”",
                "Type the number that you gave us, then the code",
            ),
            ("Tap the old card’s avatar", "Your old card is in use again"),
        ],
        (Members::Dropped, AccountKind::Own) => [
            (
                "Scan with WeChat and follow",
                "Scan the code on the poster to follow our new account",
            ),
            (
                "Tap 会员卡包, then “Apply for a card”",
                "Type your phone number, then the code",
            ),
            ("Open a new card", "You can use it at once"),
        ],
        (Members::Dropped, _) => [
            (
                "Scan with WeChat and follow",
                "Scan the code on the poster to follow the account",
            ),
            ("Tap 会员卡包", "A new member card is there at once"),
            ("Show the member code", "Staff scan it when you pay"),
        ],
    },
    pictures: |plan| match (plan.members, plan.way.to()) {
        (Members::Kept, AccountKind::Own) => vec![
            "Tap 会员卡包",
            "Enter the phone number on record",
            "Recognise the card",
            "The card is back",
        ],
        (Members::Kept, _) => vec![
            "Tap 会员卡包",
            "Enter the phone number on record",
            "Recognise the card",
            "Tap the avatar: the card is back",
        ],
        (Members::Dropped, AccountKind::Own) => vec![
            "Tap 会员卡包",
            "Enter a phone number",
            "Open a new card",
            "The new card can be used",
        ],
        (Members::Dropped, _) => vec!["A new card is there at once"],
    },
    guest_code_here: "Put the QR code of the new account here",
    guest_scan: "Scan with WeChat to follow",
    guest_help: |phone| format!("Questions? Ask our staff, or call {phone}"),
};
