//! The manual's cases: each a start and the set-up steps that follow.

mod restaurants;
mod story;

use serde::{Deserialize, Serialize};

use crate::{
    change::Change,
    command::Command,
    id::{AccountId, FanId, MerchantId, WorldId},
    state::State,
    timestamp::Timestamp,
};

/// Declares the cases with their names and what they are about.
macro_rules! cases {
    ($($name:ident = $text:literal, $title:literal, $english:literal;)+) => {
        /// A case of the manual, or a set of people for one feature.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Case {
            $(
                #[doc = $english]
                #[serde(rename = $text)]
                $name,
            )+
        }

        impl Case {
            /// Every case.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name: also the account's in the case's own world.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// What it is about, in Chinese.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// What it is about, in English.
            #[must_use]
            pub const fn english_title(self) -> &'static str {
                match self { $(Self::$name => $english,)+ }
            }
        }
    };
}

cases! {
    OwnToOwn = "case-1a", "自有公众号 A → 自有公众号 B，保留会员", "Own account A to own account B, members kept";
    OwnToOwnAnew = "case-1b", "自有公众号 A → 自有公众号 B，不保留会员", "Own account A to own account B, members not kept";
    OwnToOwnUncleared = "case-1x", "同 1a，但忘了清除旧粉丝的手机号", "As 1a, but the old fans' phones were not cleared";
    OwnToPlatform = "case-2", "自有公众号 → 排队网公众号，自动发卡", "Own account to the platform's account, cards issued automatically";
    OwnToOperator = "case-3", "自有公众号 → 运营者公众号", "Own account to an operator's account";
    PlatformToOwn = "case-4", "排队网公众号 → 自有公众号", "The platform's account to an own account";
    SmsExhausted = "sms-exhausted", "短信额度用完", "No SMS credits left";
    NotFollowing = "not-following", "未关注新公众号", "Not following the new account";
    Snapshot = "snapshot", "快照页（微信没有给出身份）", "Snapshot page: WeChat does not say who it is";
    Unavailable = "unavailable", "没有已授权的公众号", "No authorised account";
    Many = "many", "1、8、250 张会员卡", "Wallets with 1, 8 and 250 cards";
    Statuses = "statuses", "冻结、挂失、过期、负余额、动态会员码、长记录", "Frozen, lost, expired, negative balance, rotating code, long timeline";
    Captcha = "captcha", "发短信前要求图形验证", "A captcha before the SMS";
    Gateway = "gateway", "短信通道故障", "The SMS gateway fails";
    OldMenu = "old-menu", "切换后仍点旧公众号的菜单", "The old account's menu is tapped after the switch";
}

impl Case {
    /// The case of that name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|case| case.name() == name)
    }
}

/// A copy of a case: its own account, people and phone numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    case: Case,
    id: WorldId,
    phone_block: u16,
}

impl World {
    /// The world that bears the case's own name.
    #[must_use]
    pub fn of(case: Case) -> Self {
        let place = Case::ALL
            .iter()
            .position(|other| *other == case)
            .unwrap_or_default();
        Self {
            case,
            id: WorldId::from(case.name()),
            phone_block: u16::try_from(place).unwrap_or_default() + 1,
        }
    }

    /// A copy beside it, told apart by `suffix` and by the four digits in the
    /// middle of its phone numbers.
    #[must_use]
    pub fn copy(case: Case, suffix: &str, phone_block: u16) -> Self {
        Self {
            case,
            id: WorldId::from(format!("{}-{suffix}", case.name())),
            phone_block: phone_block % 10_000,
        }
    }

    /// Its identifier: that of the account that its people are in.
    #[must_use]
    pub const fn id(&self) -> &WorldId {
        &self.id
    }

    /// The rows of the case as its set-up has left them at `now`.
    #[must_use]
    pub fn build(&self, now: Timestamp) -> Vec<Change> {
        self.build_with(now, &|_| true)
    }

    /// The rows of the case at `now` when only those steps of its set-up were
    /// taken that `is_taken` says: what a forgotten step leaves behind.
    #[must_use]
    pub fn build_with(&self, now: Timestamp, is_taken: &dyn Fn(&Command) -> bool) -> Vec<Change> {
        story::tell(self, now, is_taken).0
    }

    /// The steps of the case's set-up, in order.
    #[must_use]
    pub fn steps(&self) -> Vec<Command> {
        story::tell(self, Timestamp::from_milliseconds(0), &|_| true).1
    }
}

/// The same world from its beginning: every row of it goes, and comes anew.
#[must_use]
pub fn restart(state: &State, world: &WorldId, now: Timestamp) -> Vec<Change> {
    let Some(row) = state.worlds.get(world) else {
        return Vec::new();
    };
    let Some(case) = Case::by_name(&row.case) else {
        return Vec::new();
    };
    let mut changes: Vec<Change> = rows_of(state, world)
        .into_iter()
        .map(Change::deletion)
        .collect();
    let world = World {
        case,
        id: world.clone(),
        phone_block: row.phone_block,
    };
    changes.extend(world.build(now));
    changes
}

/// Every row that belongs to a world.
#[must_use]
pub fn rows_of(state: &State, world: &WorldId) -> Vec<Change> {
    let is_account = |id: &AccountId| {
        state
            .accounts
            .get(id)
            .is_some_and(|account| account.world == *world)
    };
    let is_merchant = |id: &MerchantId| {
        state
            .merchants
            .get(id)
            .is_some_and(|merchant| merchant.world == *world)
    };
    let is_fan = |id: &FanId| {
        state
            .fans
            .get(id)
            .is_some_and(|fan| is_account(&fan.account))
    };
    let is_member = |id: &crate::id::MemberId| {
        state
            .members
            .get(id)
            .is_some_and(|member| is_merchant(&member.merchant))
    };
    let is_card = |id: &crate::id::CardId| {
        state
            .cards
            .get(id)
            .is_some_and(|card| is_merchant(&card.merchant))
    };
    let is_login = |login: &str| {
        state
            .logins
            .get(login)
            .is_some_and(|login| is_account(&login.account))
    };
    state
        .rows()
        .filter(|row| match row {
            Change::PutWorld(row) => row.id == *world,
            Change::PutPerson(row) => row.world == *world,
            Change::PutAccount(row) => row.world == *world,
            Change::PutMerchant(row) => row.world == *world,
            Change::PutFan(row) => is_account(&row.account),
            Change::PutMember(row) => is_merchant(&row.merchant),
            Change::PutMembership(row) => is_member(&row.member) || is_fan(&row.fan),
            Change::PutCard(row) => is_merchant(&row.merchant),
            Change::PutHolding(row) => is_fan(&row.fan),
            Change::PutEntry(row) => is_card(&row.card),
            Change::PutCoupon(row) => is_card(&row.card),
            Change::PutClaim(row) => is_fan(&row.fan),
            Change::PutSms(row) => is_merchant(&row.merchant),
            Change::PutSession(row) => is_fan(&row.fan),
            Change::PutLogin(row) => is_account(&row.account),
            Change::PutWeChatCode(row) => is_login(&row.login),
            Change::PutAnswer(row) => is_fan(&row.fan),
            Change::PutCaptcha(row) => is_fan(&row.fan),
            Change::PutTable(row) => is_merchant(&row.merchant),
            Change::Delete { .. } => false,
        })
        .collect()
}
