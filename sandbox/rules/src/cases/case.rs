//! The list of cases.

use serde::{Deserialize, Serialize};

/// Declares the cases with their names and titles.
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
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Also the id of the account in the case's own world.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

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
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|case| case.name() == name)
    }
}
