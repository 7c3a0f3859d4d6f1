//! What a merchant plans: from which account to which, whether the members stay,
//! which steps are done, and what may go wrong.

use kabao_rules::{cases::Case, command::Command, state::IssueMode};

/// Whose account the merchant's pages run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountChoice {
    /// 商家自有公众号.
    Own,
    /// 排队网公众号, for a merchant without one.
    Platform,
    /// 运营者公众号: an agent's.
    Operator,
}

/// What the merchant has now.
pub const PRESENT: [AccountChoice; 2] = [AccountChoice::Own, AccountChoice::Platform];
/// What it will be.
pub const FUTURE: [AccountChoice; 3] = [
    AccountChoice::Own,
    AccountChoice::Platform,
    AccountChoice::Operator,
];

/// The case of the manual that is planned; `None` for what the manual does not
/// describe.
#[must_use]
pub const fn case_of(
    present: AccountChoice,
    future: AccountChoice,
    keeps_members: bool,
) -> Option<Case> {
    match (present, future) {
        (AccountChoice::Own, AccountChoice::Own) if keeps_members => Some(Case::OwnToOwn),
        (AccountChoice::Own, AccountChoice::Own) => Some(Case::OwnToOwnAnew),
        (AccountChoice::Own, AccountChoice::Platform) => Some(Case::OwnToPlatform),
        (AccountChoice::Own, AccountChoice::Operator) => Some(Case::OwnToOperator),
        (AccountChoice::Platform, AccountChoice::Own) => Some(Case::PlatformToOwn),
        _ => None,
    }
}

/// A step of the set-up, as a merchant ticks it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 取消旧公众号的授权.
    Deauthorise,
    /// 清除旧粉丝的手机号、会员和卡的登记.
    Clear,
    /// 授权绑定新的公众号; the merchant's pages run there from then on.
    Bind,
    /// 购买短信额度.
    SmsCredits,
    /// 自动发卡或手动开卡.
    IssueMode,
    /// 重新生成右边餐台码.
    TableCodes,
}

impl Step {
    /// Every step, in the order of the manual.
    pub const ALL: [Self; 6] = [
        Self::Deauthorise,
        Self::Clear,
        Self::Bind,
        Self::SmsCredits,
        Self::IssueMode,
        Self::TableCodes,
    ];

    /// The step that a command belongs to; `None` for what is no step of the
    /// manual's set-up.
    #[must_use]
    pub const fn of(command: &Command) -> Option<Self> {
        Some(match command {
            Command::DeauthoriseAccount { .. } => Self::Deauthorise,
            Command::ClearPhones { .. } | Command::ClearIdentities { .. } => Self::Clear,
            Command::AuthoriseAccount { .. } | Command::MoveMerchant { .. } => Self::Bind,
            Command::SetSmsCredits { .. } => Self::SmsCredits,
            Command::SetIssueMode { .. } => Self::IssueMode,
            Command::RegenerateTableCodes { .. } => Self::TableCodes,
            _ => return None,
        })
    }

    /// Its name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deauthorise => "deauthorise",
            Self::Clear => "clear",
            Self::Bind => "bind",
            Self::SmsCredits => "sms",
            Self::IssueMode => "issue",
            Self::TableCodes => "tables",
        }
    }
}

/// The steps of a case, in the order of the manual.
#[must_use]
pub fn steps_of(case: Case) -> Vec<Step> {
    let commands = kabao_rules::cases::World::of(case).steps();
    let has = |step: &Step| {
        commands
            .iter()
            .any(|command| Step::of(command) == Some(*step))
    };
    Step::ALL.into_iter().filter(has).collect()
}

/// What may be different from the manual's ideal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhatIf {
    /// The SMS credits are used up.
    NoSmsCredits,
    /// 自动发卡 is off.
    NoAutomaticIssue,
    /// The right-hand table codes were not replaced.
    OldTableCodes,
    /// The customer does not follow the new account.
    NotFollowing,
    /// The old fans were cleared by half: a membership is still linked.
    HalfCleared,
}

impl WhatIf {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::NoSmsCredits,
        Self::NoAutomaticIssue,
        Self::OldTableCodes,
        Self::NotFollowing,
        Self::HalfCleared,
    ];

    /// Its name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoSmsCredits => "no-sms",
            Self::NoAutomaticIssue => "no-issue",
            Self::OldTableCodes => "old-tables",
            Self::NotFollowing => "not-following",
            Self::HalfCleared => "half-cleared",
        }
    }
}

/// The mode of issuing that a case sets up, if it sets one up.
#[must_use]
pub fn issue_mode_of(case: Case) -> Option<IssueMode> {
    let steps = kabao_rules::cases::World::of(case).steps();
    steps.iter().find_map(|command| match command {
        Command::SetIssueMode { mode, .. } => Some(*mode),
        _ => None,
    })
}

/// A danger of switching that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// Customers still land in the old account.
    NotMoved,
    /// A phone of an old fan is in use, so its owner can't bind it.
    PhonesInUse,
    /// A card is linked to somebody else's WeChat already.
    LinksLeftOver,
    /// No code can be sent, so no old card can be found.
    NoSms,
    /// Fewer credits than members: so many of them can't be recovered in time.
    TooFewSms(u32),
    /// So many members have no phone on record and can't be found by it.
    WithoutPhone(u32),
    /// Every member's card, balance and points are given up, by plan.
    MembersDropped,
    /// The right-hand codes on the tables are dead.
    DeadTableCodes,
    /// Customers have to open the card themselves.
    NoAutomaticIssue,
}

/// The numbers that a merchant may type in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Members in all.
    pub members: u32,
    /// Members without a phone on record.
    pub without_phone: u32,
    /// SMS credits that are left; none typed means unknown.
    pub sms_credits: Option<u32>,
}

/// What is left of the dangers, the gravest first. An empty list promises no
/// more than the manual does: that every step of it is done.
#[must_use]
pub fn dangers(
    case: Case,
    done: &dyn Fn(Step) -> bool,
    what_if: &dyn Fn(WhatIf) -> bool,
    numbers: Numbers,
) -> Vec<Danger> {
    let steps = steps_of(case);
    let has = |step| steps.contains(&step);
    let missing = |step| has(step) && !done(step);
    let mut found = Vec::new();
    if missing(Step::Bind) {
        found.push(Danger::NotMoved);
    }
    if missing(Step::Clear) {
        found.push(Danger::PhonesInUse);
    }
    if what_if(WhatIf::HalfCleared) {
        found.push(Danger::LinksLeftOver);
    }
    let needed = numbers.members.saturating_sub(numbers.without_phone);
    match numbers.sms_credits {
        _ if missing(Step::SmsCredits) || what_if(WhatIf::NoSmsCredits) => {
            found.push(Danger::NoSms);
        }
        Some(credits) if credits < needed => found.push(Danger::TooFewSms(needed - credits)),
        _ => {}
    }
    if case == Case::OwnToOwnAnew {
        found.push(Danger::MembersDropped);
    } else if numbers.without_phone > 0 {
        found.push(Danger::WithoutPhone(numbers.without_phone));
    }
    if missing(Step::TableCodes) || what_if(WhatIf::OldTableCodes) {
        found.push(Danger::DeadTableCodes);
    }
    let is_automatic = issue_mode_of(case) == Some(IssueMode::Automatic);
    if is_automatic && (missing(Step::IssueMode) || what_if(WhatIf::NoAutomaticIssue)) {
        found.push(Danger::NoAutomaticIssue);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_questions_lead_to_the_cases_of_the_manual() {
        use AccountChoice::{Operator, Own, Platform};
        for (present, future, keeps, case) in [
            (Own, Own, true, Some(Case::OwnToOwn)),
            (Own, Own, false, Some(Case::OwnToOwnAnew)),
            (Own, Platform, true, Some(Case::OwnToPlatform)),
            (Own, Operator, true, Some(Case::OwnToOperator)),
            (Platform, Own, true, Some(Case::PlatformToOwn)),
            (Platform, Platform, true, None),
            (Platform, Operator, true, None),
        ] {
            assert_eq!(case_of(present, future, keeps), case);
        }
    }

    #[test]
    fn each_case_has_its_steps_in_the_manuals_order() {
        use Step::{Bind, Clear, Deauthorise, IssueMode, SmsCredits, TableCodes};
        assert_eq!(
            steps_of(Case::OwnToOwn),
            [Deauthorise, Clear, Bind, SmsCredits, IssueMode, TableCodes]
        );
        assert_eq!(
            steps_of(Case::OwnToOwnAnew),
            [Deauthorise, Clear, Bind, SmsCredits, TableCodes]
        );
        assert_eq!(
            steps_of(Case::OwnToPlatform),
            [Deauthorise, Bind, SmsCredits, IssueMode, TableCodes]
        );
        assert_eq!(
            steps_of(Case::PlatformToOwn),
            [Clear, Bind, SmsCredits, IssueMode, TableCodes]
        );
    }

    #[test]
    fn with_every_step_done_no_danger_is_left() {
        for case in [
            Case::OwnToOwn,
            Case::OwnToPlatform,
            Case::OwnToOperator,
            Case::PlatformToOwn,
        ] {
            let found = dangers(case, &|_| true, &|_| false, Numbers::default());
            assert_eq!(found, [], "{case:?}");
        }
    }

    #[test]
    fn every_forgotten_step_is_a_danger() {
        for step in steps_of(Case::OwnToOwn) {
            let is_done = |other| other != step;
            let found = dangers(Case::OwnToOwn, &is_done, &|_| false, Numbers::default());
            let is_harmless = matches!(step, Step::Deauthorise | Step::IssueMode);
            assert_eq!(found.is_empty(), is_harmless, "{step:?}");
        }
    }

    #[test]
    fn credits_and_members_are_counted() {
        let numbers = Numbers {
            members: 500,
            without_phone: 40,
            sms_credits: Some(200),
        };
        let found = dangers(Case::OwnToOwn, &|_| true, &|_| false, numbers);
        assert_eq!(found, [Danger::TooFewSms(260), Danger::WithoutPhone(40)]);
    }
}
