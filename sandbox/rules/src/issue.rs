//! Issuing, opening and finding cards, and putting them into a wallet.

use crate::{
    change::Change,
    draft::Draft,
    id::{CardId, FanId, MemberId, MerchantId},
    outcome::{self, Outcome},
    setting,
    state::{
        AccountKind, Card, CardKind, CardStatus, Fan, Holding, IssueMode, Level, Member,
        Membership, NextLevel, Origin, State,
    },
    timestamp::Timestamp,
};

/// Issues a card if the merchant does so automatically (自动发卡) and hasn't yet, and finds
/// the old cards of a fan whose phone a shared account knows.
pub(crate) fn on_entry(draft: &mut Draft<'_>, fan: &FanId, merchant: Option<&MerchantId>) {
    if let Some(merchant) = merchant {
        issue_automatically(draft, fan, merchant);
    }
    find_by_phone(draft, fan);
}

fn issue_automatically(draft: &mut Draft<'_>, fan: &FanId, merchant: &MerchantId) {
    let state = draft.state();
    let is_automatic = state
        .merchants
        .get(merchant)
        .is_some_and(|merchant| merchant.issue_mode == IssueMode::Automatic);
    let is_done = state
        .fans
        .get(fan)
        .is_none_or(|fan| fan.issued_by.contains(merchant));
    if !is_automatic || is_done {
        return;
    }
    let has_card = holds_card_of(state, fan, merchant);
    draft.change_fan(fan, |fan| {
        fan.issued_by.insert(merchant.clone());
    });
    if !has_card {
        open_card(draft, fan, merchant, Origin::IssuedAutomatically);
    }
}

fn find_by_phone(draft: &mut Draft<'_>, fan: &FanId) {
    let state = draft.state();
    let Ok((known, account, merchant)) = setting::of(state, fan) else {
        return;
    };
    let (Some(phone), Some(_)) = (&known.phone, known.phone_proven_at) else {
        return;
    };
    if account.kind == AccountKind::Own {
        return;
    }
    let Outcome::Cards(cards) = outcome::search(state, account, known, merchant, phone) else {
        return;
    };
    let found: Vec<CardId> = cards
        .into_iter()
        .filter(|card| !state.holdings.contains_key(&(fan.clone(), card.clone())))
        .filter(|card| obstacle(state, card).is_none())
        .collect();
    for card in found {
        hold(draft, fan, &card, Origin::FoundByPhone);
    }
}

/// Why a card can't be bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// 挂失.
    Lost,
    /// 过期.
    Expired,
    /// The number may have changed hands, so staff have to see the person.
    StaffCheck,
}

/// `None` if the card can be bound. A frozen card can.
pub(crate) fn obstacle(state: &State, card: &CardId) -> Option<Obstacle> {
    let card = state.cards.get(card)?;
    let needs_staff_check = state
        .members
        .get(&card.member)
        .is_some_and(|member| member.needs_staff_check);
    match card.status {
        CardStatus::Lost => Some(Obstacle::Lost),
        CardStatus::Expired => Some(Obstacle::Expired),
        CardStatus::Active | CardStatus::Frozen if needs_staff_check => Some(Obstacle::StaffCheck),
        CardStatus::Active | CardStatus::Frozen => None,
    }
}

pub(crate) fn holds_card_of(state: &State, fan: &FanId, merchant: &MerchantId) -> bool {
    state
        .holdings_of(fan)
        .filter_map(|holding| state.cards.get(&holding.card))
        .any(|card| card.merchant == *merchant)
}

/// Puts a card into the wallet, and in use if it can be used and no other is in use.
pub(crate) fn hold(draft: &mut Draft<'_>, fan: &FanId, card: &CardId, origin: Origin) {
    let Some(row) = draft.state().cards.get(card).cloned() else {
        return;
    };
    draft.put(Change::PutMembership(Membership {
        member: row.member,
        fan: fan.clone(),
    }));
    if !draft
        .state()
        .holdings
        .contains_key(&(fan.clone(), card.clone()))
    {
        draft.put(Change::PutHolding(Holding {
            fan: fan.clone(),
            card: card.clone(),
            origin,
        }));
    }
    draft.change_fan(fan, |fan| {
        fan.revision += 1;
        fan.merchants.insert(row.merchant);
        if fan.current_card.is_none() && row.status == CardStatus::Active {
            fan.current_card = Some(row.id);
        }
    });
}

pub(crate) fn open_card(
    draft: &mut Draft<'_>,
    fan: &FanId,
    merchant: &MerchantId,
    origin: Origin,
) -> CardId {
    let now = draft.now();
    let token = draft.entropy().token();
    let serial = draft.entropy().digits(8);
    let phone = draft
        .state()
        .fans
        .get(fan)
        .and_then(|fan: &Fan| fan.phone.clone());
    let member = Member {
        id: MemberId::from(format!("member-{token}")),
        merchant: merchant.clone(),
        name: None,
        phone_told_by: phone.as_ref().map(|_| fan.clone()),
        phone,
        is_retained: true,
        needs_staff_check: false,
    };
    let card = new_card(
        &member,
        CardId::from(format!("card-{token}")),
        format!("8899{serial}"),
        now,
    );
    let id = card.id.clone();
    draft.put(Change::PutMember(member));
    draft.put(Change::PutCard(card));
    hold(draft, fan, &id, origin);
    id
}

pub(crate) fn new_card(member: &Member, id: CardId, number: String, now: Timestamp) -> Card {
    Card {
        id,
        member: member.id.clone(),
        merchant: member.merchant.clone(),
        number,
        kind: CardKind::Online,
        status: CardStatus::Active,
        level: first_level(),
        balance_fen: 0,
        points: 0,
        previous_account_name: None,
        last_used_at: None,
        expires_at: None,
        points_expiring: None,
        last_use: None,
        updated_at: now,
    }
}

pub(crate) fn first_level() -> Level {
    Level {
        name: "普通会员".to_owned(),
        color: None,
        benefits: vec!["消费 1 元积 1 分".to_owned()],
        next: Some(NextLevel {
            name: "银卡会员".to_owned(),
            at_points: 500,
        }),
    }
}

/// The level that these points reach.
pub(crate) fn level_at(points: i64) -> Level {
    let benefits = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match points {
        ..500 => first_level(),
        500..2_000 => Level {
            name: "银卡会员".to_owned(),
            color: Some("#cfd6de".to_owned()),
            benefits: benefits(&["消费 1 元积 1 分", "生日当月 9 折"]),
            next: Some(NextLevel {
                name: "金卡会员".to_owned(),
                at_points: 2_000,
            }),
        },
        _ => Level {
            name: "金卡会员".to_owned(),
            color: Some("#e3c16f".to_owned()),
            benefits: benefits(&["消费 1 元积 2 分", "生日当月 8 折", "免排队一次"]),
            next: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_begins_where_the_one_before_says() {
        let mut level = level_at(0);
        assert_eq!(level, first_level());
        while let Some(next) = level.next {
            assert_eq!(level_at(next.at_points - 1).name, level.name);
            level = level_at(next.at_points);
            assert_eq!(level.name, next.name);
        }
        assert_eq!(level, level_at(i64::MAX));
    }
}
