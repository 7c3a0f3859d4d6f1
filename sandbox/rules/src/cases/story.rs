//! Each case's initial state and set-up steps.

use super::{
    case::Case,
    restaurants::{HOTPOT, MORE, NOODLES, Restaurant, SICHUAN, TEA},
    world::World,
};
use crate::{
    change::Change,
    command::{self, Command},
    draft::Draft,
    entropy::Entropy,
    id::{AccountId, CardId, FanId, MemberId, MerchantId, OpenId, PersonId, Phone, TableCode},
    issue,
    sign_in::new_fan,
    state::{
        Account, AccountKind, CaptchaPolicy, Card, CardKind, CardStatus, CodeMode, Coupon,
        CouponState, Entry, EntryKind, ExpiringPoints, Holding, IssueMode, Member, Membership,
        MenuLink, Merchant, Origin, Person, Provider, SmsGateway, Table, TableSide, WorldRow,
        fan_id,
    },
    timestamp::Timestamp,
};

const DAY: i64 = 24 * 60 * 60;
/// The account that the restaurant leaves, if it is its own.
pub(super) const OLD_ACCOUNT: &str = "川味小馆旧号";
pub(super) const SHOP_PHONE: &str = "028-8555-0188";
/// SMS credits that a merchant buys at a time.
const CREDITS: u32 = 200;

/// The rows of a world after the set-up steps for which `is_taken` is true, and all steps
/// in order.
pub(super) fn tell(
    world: &World,
    now: Timestamp,
    is_taken: &dyn Fn(&Command) -> bool,
) -> (Vec<Change>, Vec<Command>) {
    let mut story = Story::new(world, now, is_taken);
    story.draft.put(Change::PutWorld(WorldRow {
        id: world.id.clone(),
        case: world.case.name().to_owned(),
        phone_block: world.phone_block,
        clock_offset: 0,
    }));
    match world.case {
        Case::OwnToOwn => {
            story.own_to_own();
        }
        Case::OwnToOwnAnew => story.own_to_own_anew(),
        Case::OwnToOwnUncleared => story.own_to_own_uncleared(),
        Case::OwnToPlatform => story.own_to_platform(),
        Case::OwnToOperator => story.own_to_operator(),
        Case::PlatformToOwn => story.platform_to_own(),
        Case::SmsExhausted => story.sms_exhausted(),
        Case::NotFollowing => story.not_following(),
        Case::Snapshot => story.snapshot(),
        Case::Unavailable => story.unavailable(),
        Case::Many => story.many(),
        Case::Statuses => story.statuses(),
        Case::Captcha => story.captcha(),
        Case::Gateway => story.gateway(),
        Case::OldMenu => story.old_menu(),
    }
    (story.draft.into_changes(), story.steps)
}

/// Rows as they come to be.
pub(super) struct Story<'a> {
    draft: Draft<'static>,
    world: &'a World,
    is_taken: &'a dyn Fn(&Command) -> bool,
    steps: Vec<Command>,
}

pub(super) fn provider() -> Provider {
    Provider {
        name: "聚食汇成都服务商".to_owned(),
        phone: "400-000-2048".to_owned(),
    }
}

/// A person in a case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    pub(super) key: &'static str,
    name: &'static str,
    /// The last four digits of the phone.
    pub(super) phone: &'static str,
    story: &'static str,
    english: &'static str,
}

pub(super) const LI: Role = Role {
    key: "li",
    name: "小李",
    phone: "8000",
    story: "微会员卡，尾号 8000，余额 ¥128.00，560 积分",
    english: "Online card ending in 8000, balance ¥128.00, 560 points",
};
pub(super) const WANG: Role = Role {
    key: "wang",
    name: "老王",
    phone: "6000",
    story: "实体卡，尾号 6000，余额 ¥56.00",
    english: "Plastic card ending in 6000, balance ¥56.00",
};
const ZHANG: Role = Role {
    key: "zhang",
    name: "小张",
    phone: "7000",
    story: "一个手机号下有多张卡：可用、冻结、挂失、过期、需到店核实",
    english: "Several cards under one phone: active, frozen, lost, expired, to be checked at the shop",
};
pub(super) const AXIN: Role = Role {
    key: "axin",
    name: "阿新",
    phone: "9000",
    story: "新顾客，没有会员卡",
    english: "New customer without a card",
};
pub(super) const WU: Role = Role {
    key: "wu",
    name: "小吴",
    phone: "5000",
    story: "老会员，但档案里没有手机号",
    english: "Old member without a phone on record",
};
pub(super) const CHEN: Role = Role {
    key: "chen",
    name: "小陈",
    phone: "4000",
    story: "这个公众号已知道其手机号，旧卡尾号 4000 一进来就能找到",
    english: "The account knows the phone already: the old card ending in 4000 is found at once",
};

/// The one who doesn't follow.
pub(super) const ZHOU: Role = Role {
    key: "zhou",
    name: "小周",
    phone: "2000",
    story: "微会员卡，尾号 2000，没有关注新公众号",
    english: "Online card ending in 2000, doesn't follow the new account",
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Making {
    tail: u16,
    kind: CardKind,
    status: CardStatus,
    balance_fen: i64,
    points: i64,
    /// Days since it was last used.
    idle: i64,
    /// Entries of stored value in its timeline.
    history: u32,
    coupons: u32,
}

pub(super) const fn online(tail: u16, balance_fen: i64, points: i64) -> Making {
    Making {
        tail,
        kind: CardKind::Online,
        status: CardStatus::Active,
        balance_fen,
        points,
        idle: 6,
        history: 6,
        coupons: 2,
    }
}

impl Making {
    pub(super) const fn plastic(mut self) -> Self {
        self.kind = CardKind::Physical;
        self
    }

    const fn with_status(mut self, status: CardStatus) -> Self {
        self.status = status;
        self
    }

    pub(super) const fn idle(mut self, days: i64) -> Self {
        self.idle = days;
        self
    }

    const fn with_history(mut self, history: u32, coupons: u32) -> Self {
        self.history = history;
        self.coupons = coupons;
        self
    }
}

impl<'a> Story<'a> {
    pub(super) fn new(
        world: &'a World,
        now: Timestamp,
        is_taken: &'a dyn Fn(&Command) -> bool,
    ) -> Self {
        // The seed depends on the world's name alone, so that starting over gives the
        // tables the same codes.
        let mut seed = [0; 32];
        for (place, byte) in world.id.as_str().bytes().enumerate() {
            if let Some(slot) = seed.get_mut(place % 32) {
                *slot ^= byte;
            }
        }
        Self {
            draft: Draft::empty(now, Entropy::from_seed(seed)),
            world,
            is_taken,
            steps: Vec::new(),
        }
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        self.draft.into_changes()
    }

    // ---- the manual's cases ---------------------------------------------------

    /// 1a, on which most of the others build.
    fn own_to_own(&mut self) -> MerchantId {
        let (old, new) = self.accounts(AccountKind::Own, AccountKind::Own);
        let merchant = self.restaurant(SICHUAN, &old);
        self.old_members(&merchant, &old);
        self.switch(&merchant, &new);
        self.step(&Command::ClearIdentities {
            merchant: merchant.clone(),
            account: old,
        });
        self.step(&Command::SetSmsCredits {
            merchant: merchant.clone(),
            credits: CREDITS,
        });
        self.step(&Command::SetIssueMode {
            merchant: merchant.clone(),
            mode: IssueMode::Manual,
        });
        self.step(&Command::RegenerateTableCodes {
            merchant: merchant.clone(),
        });
        self.everyone_follows(&new, &merchant, &[LI, WANG, ZHANG, AXIN, WU]);
        merchant
    }

    fn own_to_own_anew(&mut self) {
        let (old, new) = self.accounts(AccountKind::Own, AccountKind::Own);
        let merchant = self.restaurant(SICHUAN, &old);
        self.old_members(&merchant, &old);
        self.switch(&merchant, &new);
        self.step(&Command::ClearPhones {
            merchant: merchant.clone(),
            account: old,
        });
        self.step(&Command::DropMembers {
            merchant: merchant.clone(),
        });
        self.step(&Command::SetSmsCredits {
            merchant: merchant.clone(),
            credits: CREDITS,
        });
        self.step(&Command::RegenerateTableCodes {
            merchant: merchant.clone(),
        });
        self.everyone_follows(&new, &merchant, &[LI, WANG, AXIN]);
    }

    fn own_to_own_uncleared(&mut self) {
        let (old, new) = self.accounts(AccountKind::Own, AccountKind::Own);
        let merchant = self.restaurant(SICHUAN, &old);
        self.old_members(&merchant, &old);
        self.switch(&merchant, &new);
        self.step(&Command::SetSmsCredits {
            merchant: merchant.clone(),
            credits: CREDITS,
        });
        self.everyone_follows(&new, &merchant, &[LI, ZHANG]);
    }

    fn own_to_platform(&mut self) {
        let (old, new) = self.accounts(AccountKind::Own, AccountKind::Platform);
        let merchant = self.restaurant(SICHUAN, &old);
        self.old_members(&merchant, &old);
        self.known_member(&merchant, &old, &new);
        self.switch(&merchant, &new);
        self.step(&Command::SetSmsCredits {
            merchant: merchant.clone(),
            credits: CREDITS,
        });
        self.step(&Command::SetIssueMode {
            merchant: merchant.clone(),
            mode: IssueMode::Automatic,
        });
        self.step(&Command::RegenerateTableCodes {
            merchant: merchant.clone(),
        });
        self.everyone_follows(&new, &merchant, &[LI, WANG, ZHANG, CHEN, AXIN, WU]);
    }

    fn own_to_operator(&mut self) {
        let (old, new) = self.accounts(AccountKind::Own, AccountKind::Operator);
        let merchant = self.restaurant(SICHUAN, &old);
        self.old_members(&merchant, &old);
        self.known_member(&merchant, &old, &new);
        self.switch(&merchant, &new);
        self.step(&Command::ClearPhones {
            merchant: merchant.clone(),
            account: old,
        });
        self.step(&Command::SetSmsCredits {
            merchant: merchant.clone(),
            credits: CREDITS,
        });
        self.step(&Command::SetIssueMode {
            merchant: merchant.clone(),
            mode: IssueMode::Automatic,
        });
        self.step(&Command::RegenerateTableCodes {
            merchant: merchant.clone(),
        });
        self.everyone_follows(&new, &merchant, &[LI, WANG, ZHANG, CHEN, AXIN, WU]);
    }

    fn platform_to_own(&mut self) {
        let (old, new) = self.accounts(AccountKind::Platform, AccountKind::Own);
        let merchant = self.restaurant(SICHUAN, &old);
        self.restaurant(NOODLES, &old);
        self.old_members(&merchant, &old);
        self.switch(&merchant, &new);
        self.step(&Command::ClearPhones {
            merchant: merchant.clone(),
            account: old,
        });
        self.step(&Command::SetSmsCredits {
            merchant: merchant.clone(),
            credits: CREDITS,
        });
        self.step(&Command::SetIssueMode {
            merchant: merchant.clone(),
            mode: IssueMode::Manual,
        });
        self.step(&Command::RegenerateTableCodes {
            merchant: merchant.clone(),
        });
        self.everyone_follows(&new, &merchant, &[LI, WANG, ZHANG, AXIN, WU]);
    }

    fn sms_exhausted(&mut self) {
        let merchant = self.own_to_own();
        self.step(&Command::SetSmsCredits {
            merchant,
            credits: 0,
        });
    }

    fn not_following(&mut self) {
        self.own_to_own();
        let new = self.account();
        for role in [LI, WANG, ZHANG, AXIN, WU] {
            let fan = fan_id(&new, &openid(role));
            self.step(&Command::SetFollowing {
                fan,
                follows: false,
            });
        }
    }

    fn snapshot(&mut self) {
        self.own_to_own();
        self.change_people(|person| person.is_snapshot = true);
    }

    fn unavailable(&mut self) {
        self.own_to_own();
        let account = self.account();
        self.step(&Command::DeauthoriseAccount { account });
    }

    fn captcha(&mut self) {
        let merchant = self.own_to_own();
        self.step(&Command::SetCaptcha {
            merchant,
            policy: CaptchaPolicy::Always,
        });
    }

    fn gateway(&mut self) {
        let merchant = self.own_to_own();
        self.step(&Command::SetSmsGateway {
            merchant,
            gateway: SmsGateway::Failing,
        });
    }

    fn old_menu(&mut self) {
        self.own_to_own();
        let new = self.account();
        let strangers: Vec<_> = self.draft.state().fans.values().cloned().collect();
        for fan in strangers.into_iter().filter(|fan| fan.account == new) {
            self.draft.put(Change::PutFan(fan).deletion());
        }
        let old = self.old_account();
        self.change_people(|person| person.entry = format!("/enter?account={old}"));
    }

    // ---- sets of people for one feature ---------------------------------------

    fn many(&mut self) {
        let account = self.account();
        self.open_account(&account, AccountKind::Platform, "排队网会员");
        let merchants: Vec<_> = MORE
            .iter()
            .map(|restaurant| self.restaurant(*restaurant, &account))
            .collect();
        let collectors = [
            ("yi", "小一", "1001", 1_u16, "1 张会员卡", "1 card"),
            ("ba", "小八", "1008", 8, "8 张会员卡", "8 cards"),
            ("duo", "阿多", "1250", 250, "250 张会员卡", "250 cards"),
        ];
        let mut tail = 0;
        for (key, name, phone, count, story, english) in collectors {
            let role = Role {
                key,
                name,
                phone,
                story,
                english,
            };
            let fan = self.fan(&account, role, true);
            let first = merchants.first().cloned().unwrap_or_default();
            self.person(role, &format!("/enter?merchant={first}"));
            for (index, merchant) in (0..count).zip(merchants.iter().cycle()) {
                tail += 1;
                let number = i64::from(index);
                let making = online(tail, number * 731 % 50_000, number * 37 % 3_000)
                    .idle(number % 120 + 1)
                    .with_history(2, u32::from(index % 4));
                let member = self.member(
                    merchant,
                    &format!("{key}-{index}"),
                    Some(name),
                    Some(role.phone),
                );
                let card = self.card(&member, making);
                self.hold(&fan, &card, Origin::Opened);
            }
            self.prove(&fan, role);
        }
    }

    fn statuses(&mut self) {
        let account = self.account();
        self.open_account(&account, AccountKind::Operator, "食在本地");
        let hotpot = self.restaurant(HOTPOT, &account);
        let tea = self.restaurant(TEA, &account);
        if let Some(mut merchant) = self.draft.state().merchants.get(&tea).cloned() {
            merchant.code_mode = CodeMode::Rotating;
            self.draft.put(Change::PutMerchant(merchant));
        }
        let role = |key, name, phone, story, english| Role {
            key,
            name,
            phone,
            story,
            english,
        };
        let frozen = role(
            "dong",
            "阿冻",
            "3001",
            "在用的卡被冻结",
            "The card in use is frozen",
        );
        let lost = role(
            "shi",
            "阿失",
            "3002",
            "在用的卡已挂失",
            "The card in use was reported lost",
        );
        let expired = role(
            "qi",
            "阿期",
            "3003",
            "在用的卡已过期",
            "The card in use has expired",
        );
        let debtor = role("fu", "阿负", "3004", "余额为负", "Negative balance");
        let rotating = role(
            "zhuan",
            "阿转",
            "3005",
            "动态会员码，每 30 秒更新",
            "Rotating member code",
        );
        let collector = role(
            "quan",
            "阿券",
            "3006",
            "各种状态的券，137 次消费和储值的记录",
            "Coupons in every state, a history of 137 payments and top-ups",
        );
        let hurried = role(
            "jiang",
            "阿将",
            "3007",
            "58 积分 5 天后到期，2 张券 3 天后到期，其中一张有自己的码",
            "58 points lapse in 5 days, 2 coupons end in 3 days, one of them with its own code",
        );
        for (role, status) in [
            (frozen, CardStatus::Frozen),
            (lost, CardStatus::Lost),
            (expired, CardStatus::Expired),
        ] {
            let tail = role.phone.parse().unwrap_or_default();
            self.settled(role, &hotpot, online(tail, 8_800, 120).with_status(status));
            let fan = fan_id(&account, &openid(role));
            let spare = self.member(&tea, &format!("{}-tea", role.key), Some(role.name), None);
            let card = self.card(&spare, online(tail + 100, 2_000, 40).idle(40));
            self.hold(&fan, &card, Origin::Opened);
        }
        self.settled(debtor, &hotpot, online(3004, -1_250, 15));
        self.settled(rotating, &tea, online(3005, 30_000, 900));
        let card = self.settled(
            collector,
            &hotpot,
            online(3006, 45_600, 1_860).with_history(137, 23),
        );
        for (positions, state) in [
            (100..103, CouponState::Used),
            (110..113, CouponState::Expired),
        ] {
            for position in positions {
                self.coupon(&card, position, state);
            }
        }
        let making = online(3007, 23_400, 1_258).with_history(8, 4);
        let card = self.settled(hurried, &hotpot, making);
        self.end_soon(&card);
    }

    /// Points of a card lapse in 5 days, and its first two coupons end in 3, the second
    /// of which has a code of its own.
    fn end_soon(&mut self, card: &CardId) {
        if let Some(mut row) = self.draft.state().cards.get(card).cloned() {
            row.points_expiring = Some(ExpiringPoints {
                points: 58,
                at: self.ago(-5),
            });
            self.draft.put(Change::PutCard(row));
        }
        let code = format!("66{:04}003007", self.world.phone_block);
        for (position, code) in [(0, None), (1, Some(code))] {
            let key = (card.clone(), position);
            if let Some(mut row) = self.draft.state().coupons.get(&key).cloned() {
                row.code = code;
                row.ends_at = Some(self.ago(-3));
                self.draft.put(Change::PutCoupon(row));
            }
        }
    }

    /// A fan whose old card is in use.
    fn settled(&mut self, role: Role, merchant: &MerchantId, making: Making) -> CardId {
        let account = self.account();
        let fan = self.fan(&account, role, true);
        let member = self.member(merchant, role.key, Some(role.name), Some(role.phone));
        let card = self.card(&member, making);
        self.hold(&fan, &card, Origin::Claimed);
        self.prove(&fan, role);
        self.draft
            .change_fan(&fan, |fan| fan.current_card = Some(card.clone()));
        self.person(role, &format!("/enter?merchant={merchant}"));
        card
    }

    // ---- parts ------------------------------------------------------------------

    fn account(&self) -> AccountId {
        AccountId::from(self.world.id.as_str())
    }

    fn old_account(&self) -> AccountId {
        AccountId::from(format!("{}-old", self.world.id))
    }

    fn named(&self, part: &str) -> String {
        format!("{}-{part}", self.world.id)
    }

    fn phone(&self, tail: &str) -> Phone {
        Phone::from(format!("138{:04}{tail}", self.world.phone_block))
    }

    fn ago(&self, days: i64) -> Timestamp {
        self.draft.now().plus_seconds(-days * DAY)
    }

    fn step(&mut self, command: &Command) {
        self.steps.push(command.clone());
        if (self.is_taken)(command) {
            command::carry_out(&mut self.draft, command);
        }
    }

    fn accounts(&mut self, old: AccountKind, new: AccountKind) -> (AccountId, AccountId) {
        let (before, after) = (self.old_account(), self.account());
        let name = |kind, own: &'static str| match kind {
            AccountKind::Own => own,
            AccountKind::Platform | AccountKind::Operator => Self::name_of(kind),
        };
        self.open_account(&before, old, name(old, OLD_ACCOUNT));
        self.open_account(&after, new, name(new, "川味小馆"));
        (before, after)
    }

    /// What a shared account is called.
    pub(super) const fn name_of(kind: AccountKind) -> &'static str {
        match kind {
            AccountKind::Own => "",
            AccountKind::Platform => "排队网会员",
            AccountKind::Operator => "食在本地",
        }
    }

    /// The entries of an account's menu besides the wallet.
    pub(super) fn menu(kind: AccountKind, id: &AccountId) -> Vec<MenuLink> {
        let link = |kind: &str, label: &str| MenuLink {
            kind: kind.to_owned(),
            label: label.to_owned(),
            url: format!("/sandbox/menu/{id}/{kind}"),
        };
        match kind {
            AccountKind::Own => vec![link("order", "点餐"), link("takeaway", "微外卖")],
            AccountKind::Platform => vec![link("order", "附近餐厅")],
            AccountKind::Operator => {
                vec![
                    link("takeaway", "微外卖"),
                    link("order", "点餐"),
                    link("coupons", "领券"),
                ]
            }
        }
    }

    pub(super) fn open_account(&mut self, id: &AccountId, kind: AccountKind, name: &str) {
        self.draft.put(Change::PutAccount(Account {
            id: id.clone(),
            world: self.world.id.clone(),
            name: name.to_owned(),
            kind,
            is_authorised: true,
            qr_url: Some(format!("/sandbox/images/follow/{id}.png")),
            links: Self::menu(kind, id),
        }));
    }

    /// 切换公众号: the new account is authorised, the merchant moves, and the old
    /// account's authorisation ends unless it is shared.
    fn switch(&mut self, merchant: &MerchantId, to: &AccountId) {
        self.step(&Command::AuthoriseAccount {
            account: to.clone(),
        });
        self.step(&Command::MoveMerchant {
            merchant: merchant.clone(),
            account: to.clone(),
        });
        let old = self.old_account();
        let is_own = self
            .draft
            .state()
            .accounts
            .get(&old)
            .is_some_and(|account| account.kind == AccountKind::Own);
        if is_own {
            self.step(&Command::DeauthoriseAccount { account: old });
        }
    }

    pub(super) fn restaurant(&mut self, restaurant: Restaurant, account: &AccountId) -> MerchantId {
        let id = MerchantId::from(self.named(restaurant.key));
        self.draft.put(Change::PutMerchant(Merchant {
            id: id.clone(),
            world: self.world.id.clone(),
            name: restaurant.name.to_owned(),
            initials: restaurant.initials.to_owned(),
            pinyin: Some(restaurant.pinyin.to_owned()),
            phone: Some(SHOP_PHONE.to_owned()),
            avatar_url: Some(format!("/sandbox/images/merchants/{id}.svg")),
            brand_color: restaurant.color.to_owned(),
            account: account.clone(),
            moves: Vec::new(),
            members_retained: true,
            issue_mode: IssueMode::Manual,
            sms_credits: CREDITS,
            sms_gateway: SmsGateway::Working,
            captcha: CaptchaPolicy::Never,
            terms_version: "2026-11".to_owned(),
            provider: Some(provider()),
            code_mode: CodeMode::Static,
        }));
        for (side, letter) in [(TableSide::Left, 'L'), (TableSide::Right, 'R')] {
            let digits = self.draft.entropy().digits(10);
            self.draft.put(Change::PutTable(Table {
                code: TableCode::from(format!("{letter}{digits}")),
                merchant: id.clone(),
                name: "8 号桌".to_owned(),
                side,
                account: account.clone(),
            }));
        }
        id
    }

    /// The merchant's members before the switch.
    fn old_members(&mut self, merchant: &MerchantId, account: &AccountId) {
        let member = self.member(merchant, LI.key, Some("李小川"), Some(LI.phone));
        let card = self.card(&member, online(8000, 12_800, 560));
        self.old_fan(account, LI, &[card], true);

        let member = self.member(merchant, WANG.key, Some("王建国"), Some(WANG.phone));
        self.card(&member, online(6000, 5_600, 120).plastic().idle(33));

        let member = self.member(merchant, ZHANG.key, Some("张晓雨"), Some(ZHANG.phone));
        let cards = [
            online(7000, 6_600, 340).idle(3),
            online(7100, 1_500, 20).plastic().idle(12),
            online(7300, 900, 75)
                .with_status(CardStatus::Frozen)
                .idle(30),
            online(7200, 4_000, 10)
                .with_status(CardStatus::Lost)
                .idle(60),
            online(7500, 0, 5)
                .with_status(CardStatus::Expired)
                .idle(400),
        ]
        .map(|making| self.card(&member, making));
        self.old_fan(account, ZHANG, &cards, true);
        let rich = self.member(merchant, "zhang-2", Some("张国华"), Some(ZHANG.phone));
        self.card(&rich, online(7400, 200_000, 8_000).idle(20));
        if let Some(mut rich) = self.draft.state().members.get(&rich).cloned() {
            rich.needs_staff_check = true;
            self.draft.put(Change::PutMember(rich));
        }

        let member = self.member(merchant, WU.key, Some("吴一凡"), None);
        let card = self.card(&member, online(5000, 3_300, 66));
        self.old_fan(account, WU, &[card], false);
    }

    /// A member whose phone the shared account knows through another restaurant.
    pub(super) fn known_member(
        &mut self,
        merchant: &MerchantId,
        old: &AccountId,
        new: &AccountId,
    ) -> MerchantId {
        let member = self.member(merchant, CHEN.key, Some("陈思远"), Some(CHEN.phone));
        let card = self.card(&member, online(4000, 9_900, 210));
        self.old_fan(old, CHEN, &[card], true);
        let noodles = self.restaurant(NOODLES, new);
        let member = self.member(&noodles, "chen-noodles", Some("陈思远"), Some(CHEN.phone));
        let card = self.card(&member, online(4100, 1_800, 30).idle(14));
        let fan = self.fan(new, CHEN, true);
        self.hold(&fan, &card, Origin::Opened);
        self.prove(&fan, CHEN);
        noodles
    }

    pub(super) fn old_fan(
        &mut self,
        account: &AccountId,
        role: Role,
        cards: &[CardId],
        has_phone: bool,
    ) {
        let fan = self.fan(account, role, true);
        for card in cards {
            self.hold(&fan, card, Origin::Opened);
        }
        if has_phone {
            self.prove(&fan, role);
        }
    }

    pub(super) fn fan(&mut self, account: &AccountId, role: Role, follows: bool) -> FanId {
        self.fan_called(account, &openid(role), follows)
    }

    pub(super) fn fan_called(
        &mut self,
        account: &AccountId,
        openid: &OpenId,
        follows: bool,
    ) -> FanId {
        let id = fan_id(account, openid);
        if !self.draft.state().fans.contains_key(&id) {
            self.draft
                .put(Change::PutFan(new_fan(account, openid, follows)));
        }
        id
    }

    fn prove(&mut self, fan: &FanId, role: Role) {
        let phone = self.phone(role.phone);
        let at = self.ago(200);
        self.draft.change_fan(fan, |fan| {
            fan.phone = Some(phone);
            fan.phone_proven_at = Some(at);
        });
    }

    fn everyone_follows(&mut self, account: &AccountId, merchant: &MerchantId, roles: &[Role]) {
        for role in roles {
            self.fan(account, *role, true);
            self.person(*role, &format!("/enter?merchant={merchant}"));
        }
    }

    pub(super) fn person(&mut self, role: Role, entry: &str) {
        self.draft.put(Change::PutPerson(Person {
            id: PersonId::from(self.named(role.key)),
            world: self.world.id.clone(),
            name: role.name.to_owned(),
            story: role.story.to_owned(),
            story_in_english: role.english.to_owned(),
            phone: self.phone(role.phone),
            openid: openid(role),
            is_snapshot: false,
            entry: entry.to_owned(),
        }));
    }

    pub(super) fn change_merchant(&mut self, id: &MerchantId, change: impl FnOnce(&mut Merchant)) {
        if let Some(mut row) = self.draft.state().merchants.get(id).cloned() {
            change(&mut row);
            self.draft.put(Change::PutMerchant(row));
        }
    }

    pub(super) fn change_accounts(&mut self, change: impl Fn(&mut Account)) {
        let accounts: Vec<_> = self.draft.state().accounts.values().cloned().collect();
        for mut account in accounts {
            change(&mut account);
            self.draft.put(Change::PutAccount(account));
        }
    }

    fn change_people(&mut self, change: impl Fn(&mut Person)) {
        let people: Vec<_> = self.draft.state().people.values().cloned().collect();
        for mut person in people {
            change(&mut person);
            self.draft.put(Change::PutPerson(person));
        }
    }

    pub(super) fn member(
        &mut self,
        merchant: &MerchantId,
        key: &str,
        name: Option<&str>,
        phone: Option<&str>,
    ) -> MemberId {
        let id = MemberId::from(self.named(&format!("m-{key}")));
        self.draft.put(Change::PutMember(Member {
            id: id.clone(),
            merchant: merchant.clone(),
            name: name.map(str::to_owned),
            phone: phone.map(|tail| self.phone(tail)),
            phone_told_by: None,
            is_retained: true,
            needs_staff_check: false,
        }));
        id
    }

    fn hold(&mut self, fan: &FanId, card: &CardId, origin: Origin) {
        let Some(row) = self.draft.state().cards.get(card).cloned() else {
            return;
        };
        self.draft.put(Change::PutMembership(Membership {
            member: row.member,
            fan: fan.clone(),
        }));
        self.draft.put(Change::PutHolding(Holding {
            fan: fan.clone(),
            card: card.clone(),
            origin,
        }));
        self.draft.change_fan(fan, |fan| {
            fan.merchants.insert(row.merchant.clone());
            fan.issued_by.insert(row.merchant);
            if fan.current_card.is_none() && row.status == CardStatus::Active {
                fan.current_card = Some(row.id);
            }
        });
    }

    pub(super) fn card(&mut self, member: &MemberId, making: Making) -> CardId {
        let merchant = self
            .draft
            .state()
            .members
            .get(member)
            .map(|member| member.merchant.clone())
            .unwrap_or_default();
        let id = CardId::from(self.named(&format!("c{:04}", making.tail)));
        let last_used_at = self.ago(making.idle);
        self.draft.put(Change::PutCard(Card {
            id: id.clone(),
            member: member.clone(),
            merchant,
            number: format!("88{:04}00{:04}", self.world.phone_block, making.tail),
            kind: making.kind,
            status: making.status,
            level: issue::level_at(making.points),
            balance_fen: making.balance_fen,
            points: making.points,
            previous_account_name: None,
            last_used_at: Some(last_used_at),
            expires_at: match making.status {
                CardStatus::Expired => Some(self.ago(30)),
                _ => None,
            },
            points_expiring: None,
            last_use: None,
            updated_at: last_used_at,
        }));
        self.timeline(&id, making, last_used_at);
        for position in 0..making.coupons {
            self.coupon(&id, position, CouponState::Unused);
        }
        id
    }

    /// A timeline that adds up to the card's balance and points, computed from the newest entry
    /// back to the opening.
    fn timeline(&mut self, card: &CardId, making: Making, last_used_at: Timestamp) {
        const SPENT: [i64; 5] = [3_800, 5_650, 2_400, 8_800, 1_950];
        const TOPPED_UP: i64 = 30_000;
        let (mut balance, mut points) = (making.balance_fen, making.points);
        let mut newest_first = Vec::new();
        for index in 0..making.history {
            let place = i64::from(index);
            let at = last_used_at.plus_seconds(-place * 3 * DAY);
            let spent = SPENT
                .get(index as usize % SPENT.len())
                .copied()
                .unwrap_or_default();
            let is_first = index + 1 == making.history;
            let (amount, title) = if is_first {
                (balance, "开卡储值")
            } else if index % 3 == 2 && balance >= TOPPED_UP {
                (TOPPED_UP, "储值充值")
            } else {
                (-spent, "消费")
            };
            newest_first.push((at, EntryKind::StoredValue, amount, Some(balance), title));
            balance -= amount;
            if amount.is_negative() {
                let earned = (spent / 100).min(points);
                if earned > 0 {
                    let at = at.plus_seconds(-1);
                    newest_first.push((at, EntryKind::Points, earned, Some(points), "消费积分"));
                    points -= earned;
                }
            }
            if index % 4 == 1 {
                let at = at.plus_seconds(-2);
                newest_first.push((at, EntryKind::Coupon, 1, None, "获得优惠券"));
            }
        }
        for (position, (at, kind, amount, balance_after, title)) in
            newest_first.into_iter().rev().enumerate()
        {
            self.draft.put(Change::PutEntry(Entry {
                card: card.clone(),
                position: u32::try_from(position).unwrap_or_default(),
                at,
                kind,
                amount,
                balance_after,
                title: title.to_owned(),
                shop: Some("总店".to_owned()),
            }));
        }
    }

    fn coupon(&mut self, card: &CardId, position: u32, state: CouponState) {
        let (title, rule, value_fen) = match position % 3 {
            0 => ("满 100 减 20", "堂食可用，不与其他优惠同享", Some(2_000)),
            1 => ("酸梅汤一份", "凭券到店兑换", None),
            _ => ("满 50 减 8", "周一至周五可用", Some(800)),
        };
        let ends_at = match state {
            CouponState::Unused => self.ago(-30 - i64::from(position % 60)),
            CouponState::Used | CouponState::Expired => self.ago(10 + i64::from(position % 60)),
        };
        self.draft.put(Change::PutCoupon(Coupon {
            card: card.clone(),
            position,
            title: title.to_owned(),
            rule: rule.to_owned(),
            state,
            value_fen,
            code: None,
            starts_at: Some(self.ago(90)),
            ends_at: Some(ends_at),
        }));
    }
}

pub(super) fn openid(role: Role) -> OpenId {
    OpenId::from(role.key)
}
