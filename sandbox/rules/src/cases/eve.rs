//! The eve of a change of account: a restaurant in the account that it has, and the people
//! whom the change meets. What happens then is up to the commands that follow.

use super::{
    case::Case,
    restaurants::{NOODLES, SICHUAN},
    story::{
        AXIN, CHEN, LI, OLD_ACCOUNT, Role, SHOP_PHONE, Story, WANG, WU, ZHOU, online, openid,
        provider,
    },
    world::World,
};
use crate::{
    change::Change,
    id::{
        AccountId, CardId, FanId, MemberId, MerchantId, OpenId, PersonId, Phone, TableCode, WorldId,
    },
    state::{AccountKind, IssueMode, MenuLink, Provider, fan_id},
    timestamp::Timestamp,
};

/// A kind of customer whom a change of account meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Customer {
    /// An old member whose phone is on record.
    WithPhone,
    /// An old member whose phone is not on record.
    WithoutPhone,
    /// An old member with a plastic card (实体卡), who has used no account yet.
    Plastic,
    /// An old member who doesn't follow the new account, whatever is done.
    NotFollowing,
    /// An old member whose phone a shared account knows through another restaurant.
    KnownElsewhere,
    /// Somebody who was no member.
    New,
}

impl Customer {
    pub const ALL: [Self; 6] = [
        Self::WithPhone,
        Self::WithoutPhone,
        Self::Plastic,
        Self::NotFollowing,
        Self::KnownElsewhere,
        Self::New,
    ];

    /// The last part of the person's id.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.role().key
    }

    /// Whether they held a card before.
    #[must_use]
    pub const fn is_old(self) -> bool {
        !matches!(self, Self::New)
    }

    const fn role(self) -> Role {
        match self {
            Self::WithPhone => LI,
            Self::WithoutPhone => WU,
            Self::Plastic => WANG,
            Self::NotFollowing => ZHOU,
            Self::KnownElsewhere => CHEN,
            Self::New => AXIN,
        }
    }
}

/// What is the restaurant's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// Also the name of the account that it moves to, if that is its own.
    pub name: String,
    /// The name of its own account before.
    pub old_account_name: String,
    /// `#rrggbb`.
    pub color: String,
    /// The address of its picture.
    pub picture: Option<String>,
    /// The address of the picture with the QR code to follow the new account.
    pub follow_picture: Option<String>,
    pub phone: Option<String>,
    /// 服务商.
    pub provider: Option<Provider>,
}

impl Default for Shop {
    /// An invented one.
    fn default() -> Self {
        Self {
            name: SICHUAN.name.to_owned(),
            old_account_name: OLD_ACCOUNT.to_owned(),
            color: SICHUAN.color.to_owned(),
            picture: None,
            follow_picture: None,
            phone: Some(SHOP_PHONE.to_owned()),
            provider: Some(provider()),
        }
    }
}

/// A restaurant that is about to change accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eve {
    /// Whose account the restaurant's pages run in.
    pub from: AccountKind,
    /// Whose they are to run in.
    pub to: AccountKind,
    pub shop: Shop,
    /// SMS credits that are left.
    pub sms_credits: u32,
}

impl Eve {
    /// The customers whom this change meets.
    #[must_use]
    pub fn customers(&self) -> Vec<Customer> {
        let is_met = |customer: &Customer| match customer {
            Customer::KnownElsewhere => self.to != AccountKind::Own,
            _ => true,
        };
        Customer::ALL.into_iter().filter(is_met).collect()
    }

    #[must_use]
    pub fn merchant(&self) -> MerchantId {
        MerchantId::from(format!("{WORLD}-{}", SICHUAN.key))
    }

    /// The account in which the restaurant's pages run.
    #[must_use]
    pub fn old_account(&self) -> AccountId {
        account(self.from, "own-old")
    }

    /// The account in which they are to run.
    #[must_use]
    pub fn new_account(&self) -> AccountId {
        account(self.to, "own-new")
    }

    /// 排队网's account, in which the pages of a merchant without another run.
    #[must_use]
    pub fn platform(&self) -> AccountId {
        account(AccountKind::Platform, "")
    }

    #[must_use]
    pub fn person(&self, customer: Customer) -> PersonId {
        PersonId::from(format!("{WORLD}-{}", customer.key()))
    }

    #[must_use]
    pub fn openid(&self, customer: Customer) -> OpenId {
        openid(customer.role())
    }

    /// The customer as the account to come knows them.
    #[must_use]
    pub fn new_fan(&self, customer: Customer) -> FanId {
        fan_id(&self.new_account(), &self.openid(customer))
    }

    /// A relative of the customer with a phone, as the account to come knows them.
    #[must_use]
    pub fn relative(&self) -> FanId {
        fan_id(&self.new_account(), &OpenId::from(RELATIVE))
    }

    #[must_use]
    pub fn phone(&self, customer: Customer) -> Phone {
        Phone::from(format!("138{PHONE_BLOCK:04}{}", customer.role().phone))
    }

    /// The membership of a customer of old.
    #[must_use]
    pub fn member(&self, customer: Customer) -> Option<MemberId> {
        customer
            .is_old()
            .then(|| MemberId::from(format!("{WORLD}-m-{}", customer.key())))
    }

    /// The card that a customer of old held before.
    #[must_use]
    pub fn old_card(&self, customer: Customer) -> Option<CardId> {
        customer
            .is_old()
            .then(|| CardId::from(format!("{WORLD}-c{}", customer.role().phone)))
    }

    /// The entries that the menu of the account to come should have.
    #[must_use]
    pub fn menu(&self) -> Vec<MenuLink> {
        Story::menu(self.to, &self.new_account())
    }

    /// The right-hand code on a table.
    #[must_use]
    pub fn table_code(&self, rows: &[Change]) -> Option<TableCode> {
        rows.iter().find_map(|row| match row {
            Change::PutTable(table)
                if table.merchant == self.merchant()
                    && table.side == crate::state::TableSide::Right =>
            {
                Some(table.code.clone())
            }
            _ => None,
        })
    }

    /// The rows as they are before anything is done.
    #[must_use]
    pub fn rows(&self, now: Timestamp) -> Vec<Change> {
        let world = World {
            case: Case::OwnToOwn,
            id: WorldId::from(WORLD),
            phone_block: PHONE_BLOCK,
        };
        let mut story = Story::new(&world, now, &|_| true);
        self.open_accounts(&mut story);
        self.open_restaurant(&mut story);
        self.admit_members(&mut story);
        for customer in self.customers() {
            let role = customer.role();
            // Until they are led to it, nobody follows an account that is new to them.
            story.fan(&self.new_account(), role, false);
            story.person(role, &format!("/enter?merchant={}", self.merchant()));
        }
        story.fan_called(&self.new_account(), &OpenId::from(RELATIVE), true);
        story.into_changes()
    }

    fn open_accounts(&self, story: &mut Story<'_>) {
        let mut kinds = vec![AccountKind::Platform];
        if [self.from, self.to].contains(&AccountKind::Operator) {
            kinds.push(AccountKind::Operator);
        }
        for kind in kinds {
            story.open_account(&account(kind, ""), kind, Story::name_of(kind));
        }
        if self.from == AccountKind::Own {
            story.open_account(&self.old_account(), self.from, &self.shop.old_account_name);
        }
        if self.to == AccountKind::Own {
            story.open_account(&self.new_account(), self.to, &self.shop.name);
        }
        let follow_picture = self.shop.follow_picture.clone();
        story.change_accounts(|row| {
            row.qr_url.clone_from(&follow_picture);
            // 排队网's account is there for whoever has none.
            let is_new = row.id == self.new_account() && row.kind != AccountKind::Platform;
            row.is_authorised = !is_new;
            if is_new && row.kind == AccountKind::Operator {
                row.links.clear();
            }
        });
    }

    fn open_restaurant(&self, story: &mut Story<'_>) {
        let id = story.restaurant(SICHUAN, &self.old_account());
        let shop = &self.shop;
        story.change_merchant(&id, |row| {
            if shop.name != row.name {
                row.name.clone_from(&shop.name);
                row.initials = String::new();
                row.pinyin = None;
            }
            row.brand_color.clone_from(&shop.color);
            row.avatar_url.clone_from(&shop.picture);
            row.phone.clone_from(&shop.phone);
            row.provider.clone_from(&shop.provider);
            row.sms_credits = self.sms_credits;
            row.issue_mode = match self.from {
                AccountKind::Own => IssueMode::Manual,
                // What the manual has set up for whoever came here.
                AccountKind::Platform | AccountKind::Operator => IssueMode::Automatic,
            };
        });
        if self.from != AccountKind::Own {
            // A shared account is one because others share it.
            let other = story.restaurant(NOODLES, &self.old_account());
            story.change_merchant(&other, |row| row.avatar_url = None);
        }
    }

    fn admit_members(&self, story: &mut Story<'_>) {
        let (merchant, old) = (self.merchant(), self.old_account());
        for (role, name, making) in [
            (LI, "李小川", online(8000, 12_800, 560)),
            (ZHOU, "周小雨", online(2000, 8_600, 90).idle(2)),
        ] {
            let member = story.member(&merchant, role.key, Some(name), Some(role.phone));
            let card = story.card(&member, making);
            story.old_fan(&old, role, &[card], true);
        }
        let member = story.member(&merchant, WANG.key, Some("王建国"), Some(WANG.phone));
        story.card(&member, online(6000, 5_600, 120).plastic().idle(33));
        let member = story.member(&merchant, WU.key, Some("吴一凡"), None);
        let card = story.card(&member, online(5000, 3_300, 66));
        story.old_fan(&old, WU, &[card], false);
        if self.customers().contains(&Customer::KnownElsewhere) {
            let noodles = story.known_member(&merchant, &old, &self.new_account());
            story.change_merchant(&noodles, |row| row.avatar_url = None);
        }
    }
}

/// The first part of every id.
const WORLD: &str = "shop";
/// The four digits in the middle of the phone numbers.
const PHONE_BLOCK: u16 = 1;
const RELATIVE: &str = "relative";

fn account(kind: AccountKind, own: &str) -> AccountId {
    AccountId::from(match kind {
        AccountKind::Own => own,
        AccountKind::Platform => "platform",
        AccountKind::Operator => "operator",
    })
}
