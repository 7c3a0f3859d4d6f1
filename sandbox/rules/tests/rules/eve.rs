//! The eve of a change of account: its rows, and that each name that it gives is one of
//! theirs.

use kabao_rules::{
    cases::{Customer, Eve, Shop},
    state::{AccountKind, IssueMode, State, TableSide, fan_id},
};

use crate::play::BEGINNING;

/// Those of the manual.
const MOVES: [(AccountKind, AccountKind); 5] = [
    (AccountKind::Own, AccountKind::Own),
    (AccountKind::Own, AccountKind::Platform),
    (AccountKind::Own, AccountKind::Operator),
    (AccountKind::Platform, AccountKind::Own),
    (AccountKind::Operator, AccountKind::Own),
];

fn eve((from, to): (AccountKind, AccountKind)) -> Eve {
    Eve {
        from,
        to,
        shop: Shop::default(),
        sms_credits: 3,
    }
}

fn state(eve: &Eve) -> State {
    let mut state = State::default();
    for row in eve.rows(BEGINNING) {
        state.apply(&row);
    }
    state
}

#[test]
fn the_accounts_are_there_and_a_new_one_is_not_authorised() {
    let expected: [&[(&str, bool)]; 5] = [
        &[("own-new", false), ("own-old", true), ("platform", true)],
        &[("own-old", true), ("platform", true)],
        &[("operator", false), ("own-old", true), ("platform", true)],
        &[("own-new", false), ("platform", true)],
        &[("operator", true), ("own-new", false), ("platform", true)],
    ];
    for (way, expected) in MOVES.into_iter().zip(expected) {
        let mut eve = eve(way);
        eve.shop.follow_picture = Some("/follow.png".to_owned());
        let state = state(&eve);
        let accounts = state.accounts.values();
        let found: Vec<_> = accounts
            .map(|account| (account.id.as_str(), account.is_authorised))
            .collect();
        assert_eq!(found, expected, "{way:?}");
        let [old, new, platform] = [eve.old_account(), eve.new_account(), eve.platform()]
            .map(|id| state.accounts[&id].kind);
        assert_eq!((old, new), way);
        assert_eq!(platform, AccountKind::Platform);
        for account in state.accounts.values() {
            assert_eq!(account.qr_url, eve.shop.follow_picture);
            // An operator sets its menu up for whoever comes.
            let is_empty = account.id == eve.new_account() && way.1 == AccountKind::Operator;
            assert_eq!(account.links.is_empty(), is_empty, "{way:?} {}", account.id);
        }
    }
}

#[test]
fn the_menu_to_come_is_that_of_its_kind_of_account() {
    for way in MOVES {
        let eve = eve(way);
        let menu = eve.menu();
        let kinds: Vec<_> = menu.iter().map(|link| link.kind.as_str()).collect();
        let expected: &[&str] = match way.1 {
            AccountKind::Own => &["order", "takeaway"],
            AccountKind::Platform => &["order"],
            AccountKind::Operator => &["takeaway", "order", "coupons"],
        };
        assert_eq!(kinds, expected);
        for link in menu {
            assert!(link.url.contains(eve.new_account().as_str()), "{link:?}");
        }
    }
}

#[test]
fn the_restaurant_is_in_its_old_account_as_the_shop_describes_it() {
    for way in MOVES {
        let mut eve = eve(way);
        let invented = state(&eve).merchants[&eve.merchant()].clone();
        assert!(!invented.initials.is_empty() && invented.pinyin.is_some());

        eve.shop.name = "老街火锅".to_owned();
        let state = state(&eve);
        let merchant = &state.merchants[&eve.merchant()];
        assert_eq!(merchant.name, eve.shop.name);
        assert_eq!((merchant.initials.as_str(), &merchant.pinyin), ("", &None));
        assert_eq!(merchant.sms_credits, eve.sms_credits);
        assert_eq!(merchant.account, eve.old_account());
        let is_shared = way.0 != AccountKind::Own;
        assert_eq!(
            merchant.issue_mode,
            if is_shared {
                IssueMode::Automatic
            } else {
                IssueMode::Manual
            }
        );
        let sharing = state.merchants_of(&eve.old_account()).count();
        assert_eq!(sharing, 1 + usize::from(is_shared), "{way:?}");
        assert!(state.merchants.values().all(|it| it.avatar_url.is_none()));

        let code = eve.table_code(&eve.rows(BEGINNING)).expect("a code");
        let table = &state.tables[&code];
        assert_eq!(table.merchant, eve.merchant());
        assert_eq!(table.side, TableSide::Right);
    }
}

#[test]
fn every_customer_is_there_with_what_was_theirs() {
    for way in MOVES {
        let eve = eve(way);
        let state = state(&eve);
        let met: Vec<_> = Customer::ALL
            .into_iter()
            .filter(|it| way.1 != AccountKind::Own || *it != Customer::KnownElsewhere)
            .collect();
        assert_eq!(eve.customers(), met, "{way:?}");
        for customer in met {
            let person = &state.people[&eve.person(customer)];
            assert_eq!(person.openid, eve.openid(customer));
            assert_eq!(person.phone, eve.phone(customer));
            let entry = format!("/enter?merchant={}", eve.merchant());
            assert_eq!(person.entry, entry, "{customer:?}");

            let fan = &state.fans[&eve.new_fan(customer)];
            assert_eq!(fan.account, eve.new_account());
            let is_known = customer == Customer::KnownElsewhere;
            assert_eq!(fan.follows, is_known, "{way:?} {customer:?}");

            let is_old = customer != Customer::New;
            assert_eq!(customer.is_old(), is_old, "{customer:?}");
            let (member, card) = (eve.member(customer), eve.old_card(customer));
            assert_eq!((member.is_some(), card.is_some()), (is_old, is_old));
            let Some((member, card)) = member.zip(card) else {
                continue;
            };
            let phone = (customer != Customer::WithoutPhone).then(|| eve.phone(customer));
            assert_eq!(state.members[&member].phone, phone, "{customer:?}");
            assert_eq!(state.members[&member].merchant, eve.merchant());
            assert_eq!(state.cards[&card].member, member);
            let old_fan = fan_id(&eve.old_account(), &eve.openid(customer));
            let is_held = state.holdings.contains_key(&(old_fan, card));
            assert_eq!(is_held, customer != Customer::Plastic, "{customer:?}");
        }
        assert!(state.fans[&eve.relative()].follows, "{way:?}");
    }
}
