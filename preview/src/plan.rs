//! What a merchant plans, in the terms of the manual 切换公众号 V8.1: a move, whether
//! the members are kept, the steps that are done, and what goes wrong besides. A plan
//! becomes the commands that carry it out; what they lead to is in
//! [`crate::outlook`].

use kabao_rules::{
    cases::{Customer, Eve},
    command::Command,
    id::AccountId,
    state::{AccountKind, IssueMode},
};

use crate::numbers::Numbers;

/// A move that the manual describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// 一、商家自有公众号切换.
    OwnToOwn,
    /// 二、商家自有公众号切换排队网公众号.
    OwnToPlatform,
    /// 三、商家自有公众号切换运营者公众号.
    OwnToOperator,
    /// 四、商家无公众号切换自有公众号: without an account of its own, a merchant's pages
    /// run in 排队网's.
    PlatformToOwn,
    /// 四、运营者公众号切换自有公众号.
    OperatorToOwn,
}

impl Move {
    pub const ALL: [Self; 5] = [
        Self::OwnToOwn,
        Self::OwnToPlatform,
        Self::OwnToOperator,
        Self::PlatformToOwn,
        Self::OperatorToOwn,
    ];

    /// Whose account the merchant has now.
    #[must_use]
    pub const fn from(self) -> AccountKind {
        match self {
            Self::OwnToOwn | Self::OwnToPlatform | Self::OwnToOperator => AccountKind::Own,
            Self::PlatformToOwn => AccountKind::Platform,
            Self::OperatorToOwn => AccountKind::Operator,
        }
    }

    /// Whose it will have.
    #[must_use]
    pub const fn to(self) -> AccountKind {
        match self {
            Self::OwnToOwn | Self::PlatformToOwn | Self::OperatorToOwn => AccountKind::Own,
            Self::OwnToPlatform => AccountKind::Platform,
            Self::OwnToOperator => AccountKind::Operator,
        }
    }

    /// The move from one kind to another, if the manual has it.
    #[must_use]
    pub fn between(from: AccountKind, to: AccountKind) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|it| it.from() == from && it.to() == to)
    }

    /// The moves that begin at a kind of account.
    pub fn beginning_at(from: AccountKind) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |it| it.from() == from)
    }
}

/// 是否保留微会员数据.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    Kept,
    Dropped,
}

impl Members {
    pub const ALL: [Self; 2] = [Self::Kept, Self::Dropped];
}

/// A step of the manual, as a merchant ticks it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 确认所有微会员都有手机号码.
    Phones,
    /// 取消授权聚食汇.
    Deauthorise,
    /// 清除粉丝与会员的关联, or the fans' phones alone.
    Clear,
    /// 授权绑定.
    Bind,
    /// 设置好对应的菜单栏.
    Menu,
    /// 重新生成、导出并更换右边餐台码.
    Tables,
    /// 购买足够的短信.
    Sms,
    /// 自动发卡, or 手动开卡.
    IssueMode,
    /// 引导客人关注新公众号.
    Follow,
}

impl Step {
    pub const ALL: [Self; 9] = [
        Self::Phones,
        Self::Deauthorise,
        Self::Clear,
        Self::Bind,
        Self::Menu,
        Self::Tables,
        Self::Sms,
        Self::IssueMode,
        Self::Follow,
    ];

    /// Its name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phones => "phones",
            Self::Deauthorise => "deauthorise",
            Self::Clear => "clear",
            Self::Bind => "bind",
            Self::Menu => "menu",
            Self::Tables => "tables",
            Self::Sms => "sms",
            Self::IssueMode => "issue",
            Self::Follow => "follow",
        }
    }
}

/// The steps of a move, in the manual's order. The right-hand table codes come last
/// where the manual has them in a reminder, and where it has them as a step, there.
#[must_use]
pub fn steps_of(way: Move, members: Members) -> Vec<Step> {
    use Step::{Bind, Clear, Deauthorise, Follow, IssueMode, Menu, Phones, Sms, Tables};
    let steps: &[Step] = match way {
        Move::OwnToOwn => &[Phones, Deauthorise, Clear, Bind, Sms, Follow, Tables],
        Move::OwnToPlatform => &[Phones, Deauthorise, IssueMode, Sms, Follow, Tables],
        Move::OwnToOperator => &[
            Phones,
            Deauthorise,
            Bind,
            Menu,
            Clear,
            IssueMode,
            Sms,
            Follow,
            Tables,
        ],
        Move::PlatformToOwn | Move::OperatorToOwn => {
            &[Phones, Bind, Clear, Tables, Sms, IssueMode, Follow]
        }
    };
    let has = |step: &Step| match members {
        Members::Kept => true,
        // “不保留……，请引导粉丝关注新的公众号即可”: no SMS credits in the first section.
        Members::Dropped => *step != Phones && !(*step == Sms && way == Move::OwnToOwn),
    };
    steps.iter().copied().filter(has).collect()
}

/// The mode of issuing cards that a move sets up.
#[must_use]
pub const fn issue_mode_of(way: Move) -> IssueMode {
    match way.to() {
        AccountKind::Own => IssueMode::Manual,
        AccountKind::Platform | AccountKind::Operator => IssueMode::Automatic,
    }
}

/// Something that goes wrong although every step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhatIf {
    /// The SMS credits are used up.
    SmsRunOut,
    /// A relative has bound the customer's card to their own WeChat.
    BoundByRelative,
}

impl WhatIf {
    pub const ALL: [Self; 2] = [Self::SmsRunOut, Self::BoundByRelative];

    /// Its name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SmsRunOut => "sms-run-out",
            Self::BoundByRelative => "bound",
        }
    }
}

/// What can go wrong in a plan: where no members are kept, nobody can have taken their
/// cards.
pub fn what_ifs_of(members: Members) -> impl Iterator<Item = WhatIf> {
    WhatIf::ALL
        .into_iter()
        .filter(move |it| *it != WhatIf::BoundByRelative || members == Members::Kept)
}

/// In whose account the merchant's pages run, as seen from a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Still where they ran before.
    Old,
    /// Where they are to run.
    New,
    /// In 排队网's account, which nobody has planned: it is where the pages of a
    /// merchant run who has bound no other.
    Between,
}

/// What is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub way: Move,
    pub members: Members,
    /// The steps that are left out; those that the move doesn't have are ignored.
    pub forgotten: Vec<Step>,
    /// What goes wrong; what can't is ignored.
    pub what_if: Vec<WhatIf>,
    pub numbers: Numbers,
}

impl Default for Plan {
    fn default() -> Self {
        Self::ideal(Move::OwnToOwn, Members::Kept)
    }
}

impl Plan {
    /// As the manual has it.
    #[must_use]
    pub fn ideal(way: Move, members: Members) -> Self {
        Self {
            way,
            members,
            forgotten: Vec::new(),
            what_if: Vec::new(),
            numbers: Numbers::default(),
        }
    }

    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        steps_of(self.way, self.members)
    }

    /// Whether the step is taken. That all members have a phone isn't so as long as
    /// some are counted who have none.
    #[must_use]
    pub fn has_done(&self, step: Step) -> bool {
        self.steps().contains(&step)
            && !self.forgotten.contains(&step)
            && !(step == Step::Phones && self.numbers.without_phone > 0)
    }

    #[must_use]
    pub fn has_gone_wrong(&self, what: WhatIf) -> bool {
        self.what_if.contains(&what) && what_ifs_of(self.members).any(|it| it == what)
    }

    /// Ticks a step off, or takes its tick away.
    pub fn set_done(&mut self, step: Step, is_done: bool) {
        self.forgotten.retain(|other| *other != step);
        if !is_done {
            self.forgotten.push(step);
        } else if step == Step::Phones {
            self.numbers.without_phone = 0;
        }
    }

    pub fn set_gone_wrong(&mut self, what: WhatIf, is_so: bool) {
        self.what_if.retain(|other| *other != what);
        if is_so {
            self.what_if.push(what);
        }
    }

    /// The same plan with nothing left out and nothing going wrong.
    #[must_use]
    pub fn as_it_should_be(&self) -> Self {
        Self {
            numbers: Numbers {
                without_phone: 0,
                ..self.numbers
            },
            ..Self::ideal(self.way, self.members)
        }
    }

    /// The same plan with only the first steps done, and nothing going wrong.
    #[must_use]
    pub fn after_steps(&self, count: usize) -> Self {
        let mut plan = self.as_it_should_be();
        plan.forgotten = self.steps().into_iter().skip(count).collect();
        plan
    }

    /// The same plan with one step left out, and nothing else.
    #[must_use]
    pub fn without(&self, step: Step) -> Self {
        let mut plan = self.as_it_should_be();
        plan.forgotten = vec![step];
        plan
    }

    /// SMS credits before any are bought. Of a number that isn't told it is taken that it
    /// is what makes the manual's steps necessary and sufficient: none where credits
    /// have to be bought, and enough where the manual has no such step.
    #[must_use]
    pub fn credits_left(&self) -> u32 {
        self.numbers.sms_credits.unwrap_or_else(|| {
            if self.steps().contains(&Step::Sms) {
                0
            } else {
                PLENTY
            }
        })
    }

    /// How many members need a code: every one who is kept and has a phone.
    #[must_use]
    pub fn credits_needed(&self) -> u32 {
        match self.members {
            Members::Kept => self.numbers.with_phone(),
            Members::Dropped => 0,
        }
    }

    /// Where the merchant's pages run after `done`. A merchant has room for one account
    /// of its own, which comes before an operator's, and that before 排队网's.
    #[must_use]
    pub fn place(&self, done: &[Step]) -> Place {
        let had_own = self.way.from() == AccountKind::Own;
        if had_own && !done.contains(&Step::Deauthorise) {
            return Place::Old;
        }
        let is_bound = done.contains(&Step::Bind);
        match self.way.to() {
            AccountKind::Platform => Place::New,
            AccountKind::Own | AccountKind::Operator if is_bound => Place::New,
            AccountKind::Own | AccountKind::Operator if had_own => Place::Between,
            AccountKind::Own | AccountKind::Operator => Place::Old,
        }
    }

    /// The commands that carry the plan out.
    #[must_use]
    pub fn commands(&self, eve: &Eve) -> Vec<Command> {
        let merchant = eve.merchant();
        let mut commands = Vec::new();
        let mut done = Vec::new();
        let mut place = Place::Old;
        for step in self.steps() {
            if !self.has_done(step) {
                continue;
            }
            commands.extend(self.commands_of(step, eve));
            done.push(step);
            let next = self.place(&done);
            if next == place {
                continue;
            }
            place = next;
            commands.push(Command::MoveMerchant {
                merchant: merchant.clone(),
                account: account_at(place, eve),
            });
            if self.members == Members::Dropped {
                commands.push(Command::DropMembers {
                    merchant: merchant.clone(),
                });
            }
        }
        if self.has_gone_wrong(WhatIf::SmsRunOut) {
            commands.push(Command::SetSmsCredits {
                merchant,
                credits: 0,
            });
        }
        if self.has_gone_wrong(WhatIf::BoundByRelative) {
            commands.extend(
                eve.member(Customer::WithPhone)
                    .map(|member| Command::LinkMember {
                        member,
                        fan: eve.relative(),
                    }),
            );
        }
        commands
    }

    fn commands_of(&self, step: Step, eve: &Eve) -> Vec<Command> {
        let merchant = eve.merchant();
        let account = eve.old_account();
        let command = match step {
            Step::Phones => {
                let customer = Customer::WithoutPhone;
                let phone = Some(eve.phone(customer));
                let member = eve.member(customer);
                let register = |member| Command::SetMemberPhone { member, phone };
                return member.map(register).into_iter().collect();
            }
            Step::Deauthorise => Command::DeauthoriseAccount { account },
            Step::Clear if self.way == Move::OwnToOwn && self.members == Members::Kept => {
                Command::ClearIdentities { merchant, account }
            }
            Step::Clear => Command::ClearPhones { merchant, account },
            Step::Bind => Command::AuthoriseAccount {
                account: eve.new_account(),
            },
            Step::Menu => Command::SetMenu {
                account: eve.new_account(),
                links: eve.menu(),
            },
            Step::IssueMode => Command::SetIssueMode {
                merchant,
                mode: issue_mode_of(self.way),
            },
            Step::Sms => Command::SetSmsCredits {
                merchant,
                credits: self.credits_left().max(self.credits_needed()).max(PLENTY),
            },
            Step::Tables => Command::RegenerateTableCodes { merchant },
            Step::Follow => {
                let follow = |customer| Command::SetFollowing {
                    fan: eve.new_fan(customer),
                    follows: true,
                };
                let mut led = eve.customers();
                led.retain(|customer| *customer != Customer::NotFollowing);
                return led.into_iter().map(follow).collect();
            }
        };
        vec![command]
    }
}

/// SMS credits that suffice for everybody here.
const PLENTY: u32 = 200;

/// The account at a place.
#[must_use]
pub fn account_at(place: Place, eve: &Eve) -> AccountId {
    match place {
        Place::Old => eve.old_account(),
        Place::New => eve.new_account(),
        Place::Between => eve.platform(),
    }
}
