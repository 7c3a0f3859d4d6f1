//! The manual's cases: an initial state and the set-up steps taken from there.

mod case;
mod eve;
mod restaurants;
mod story;
mod world;

pub use case::Case;
pub use eve::{Customer, Eve, Shop};
pub use world::World;

use crate::{
    change::Change,
    command::Command,
    id::{AccountId, FanId, MerchantId, WorldId},
    state::State,
    timestamp::Timestamp,
};

impl World {
    /// The rows of the case after its set-up, at `now`.
    #[must_use]
    pub fn build(&self, now: Timestamp) -> Vec<Change> {
        self.build_with(now, &|_| true)
    }

    /// As [`Self::build`], with only those set-up steps for which `is_taken` is true: what a
    /// forgotten step leads to.
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

/// Deletes every row of a world and builds it again.
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
            Change::PutLanding(row) => is_account(&row.account),
            Change::PutWeChatCode(row) => is_account(&row.account),
            Change::PutAnswer(row) => is_fan(&row.fan),
            Change::PutCaptcha(row) => is_fan(&row.fan),
            Change::PutTally(row) => is_merchant(&row.merchant),
            Change::PutTable(row) => is_merchant(&row.merchant),
            Change::Delete { .. } => false,
        })
        .collect()
}
