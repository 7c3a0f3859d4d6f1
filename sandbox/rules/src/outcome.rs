//! What a phone number leads to: the table of outcomes.
//!
//! For a fan of account A who has proven phone P, per merchant in scope:
//!
//! | another fan of the merchant still holds P | member with P | that member is linked to another fan of A | outcome |
//! |---|---|---|---|
//! | yes, and A is the merchant's own or an operator's | any | any | in use |
//! | no, or A is the platform's | yes | no | candidates |
//! | " | yes | yes | already bound |
//! | " | no | – | nothing |

use crate::{
    id::{CardId, MemberId, MerchantId, Phone},
    state::{Account, AccountKind, Fan, Member, Merchant, State},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// 手机号码已被使用: another fan of the merchant still holds the number.
    PhoneInUse,
    /// The member is linked to another fan of this account.
    CardAlreadyBound,
    /// Latest used first; may be empty.
    Cards(Vec<CardId>),
}

/// Searches for `phone` on behalf of `fan`. A shared account's search covers all its
/// merchants, an own account's only `merchant`.
pub(crate) fn search(
    state: &State,
    account: &Account,
    fan: &Fan,
    merchant: &Merchant,
    phone: &Phone,
) -> Outcome {
    let scope: Vec<&MerchantId> = match account.kind {
        AccountKind::Own => vec![&merchant.id],
        AccountKind::Platform | AccountKind::Operator => state
            .merchants_of(&account.id)
            .map(|merchant| &merchant.id)
            .collect(),
    };
    let is_blocked = |merchant: &MerchantId| {
        account.kind != AccountKind::Platform && is_held_by_another(state, merchant, fan, phone)
    };
    if is_blocked(&merchant.id) {
        return Outcome::PhoneInUse;
    }
    let (blocked, free): (Vec<&MerchantId>, Vec<&MerchantId>) =
        scope.into_iter().partition(|merchant| is_blocked(merchant));
    let (bound, open): (Vec<&Member>, Vec<&Member>) = state
        .members
        .values()
        .filter(|member| free.contains(&&member.merchant))
        .filter(|member| member.is_retained && member.phone.as_ref() == Some(phone))
        .partition(|member| is_bound_elsewhere(state, &member.id, fan));
    let cards = cards_of(state, &open);
    if !cards.is_empty() {
        Outcome::Cards(cards)
    } else if !blocked.is_empty() {
        Outcome::PhoneInUse
    } else if !bound.is_empty() {
        Outcome::CardAlreadyBound
    } else {
        Outcome::Cards(Vec::new())
    }
}

fn cards_of(state: &State, members: &[&Member]) -> Vec<CardId> {
    let mut cards: Vec<_> = state
        .cards
        .values()
        .filter(|card| members.iter().any(|member| member.id == card.member))
        .collect();
    cards.sort_by(|one, other| {
        other
            .last_used_at
            .cmp(&one.last_used_at)
            .then_with(|| one.id.cmp(&other.id))
    });
    cards.into_iter().map(|card| card.id.clone()).collect()
}

/// Counts fans of the merchant in any account.
fn is_held_by_another(state: &State, merchant: &MerchantId, fan: &Fan, phone: &Phone) -> bool {
    state.fans.values().any(|other| {
        other.id != fan.id
            && other.phone.as_ref() == Some(phone)
            && is_fan_of(state, other, merchant)
    })
}

/// Whether the fan has used the merchant's entry or is one of its members.
pub(crate) fn is_fan_of(state: &State, fan: &Fan, merchant: &MerchantId) -> bool {
    fan.merchants.contains(merchant)
        || state.memberships.values().any(|membership| {
            membership.fan == fan.id
                && state
                    .members
                    .get(&membership.member)
                    .is_some_and(|member| member.merchant == *merchant)
        })
}

/// Whether the member is linked to another fan of the same account. Links left over in
/// other accounts don't count.
pub(crate) fn is_bound_elsewhere(state: &State, member: &MemberId, fan: &Fan) -> bool {
    state
        .fans_of_member(member)
        .filter(|other| **other != fan.id)
        .filter_map(|other| state.fans.get(other))
        .any(|other| other.account == fan.account)
}
