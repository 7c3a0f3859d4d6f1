//! Recovering an old card: the claim and the steps that it goes through.

use super::{
    card::Card,
    id::{CardId, ClaimId, MerchantId},
    merchant::Merchant,
    money::Money,
    support::Support,
    timestamp::Timestamp,
    wallet::Wallet,
};

/// A claim as the backend last described it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub id: ClaimId,
    /// The merchant with whom it was begun.
    pub merchant_id: MerchantId,
    /// The number that the code was sent to, masked.
    pub phone_masked: String,
    pub progress: Progress,
}

/// How far a claim has come, with what there is at that point and only that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A code is on its way.
    CodeSent(SentCode),
    Verified(Findings),
    Bound(Vec<Card>),
    /// It ended without a card.
    Expired,
    /// A state that this version does not know.
    Unknown,
}

/// A code that is on its way or has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentCode {
    pub length: usize,
    /// Wrong tries that are still allowed.
    pub attempts_left: u32,
    /// From when on the backend sends another, by its own clock. A point in time
    /// and no count of ticks, so a reload or a killed app changes nothing.
    pub resend_at: Timestamp,
}

/// What was found under a proven phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// The cards, latest used first.
    pub candidates: Vec<Candidate>,
    /// The merchants of those cards.
    pub merchants: Vec<Merchant>,
    /// Whether a new card may be opened.
    pub new_card: NewCard,
    /// Who can help where nothing can be bound.
    pub support: Option<Support>,
}

/// Whether a new card may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewCard {
    /// It may.
    Allowed,
    /// It may not: the fan already has one there.
    NotAllowed,
}

/// A card that may be the fan's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The card, its number and holder masked.
    pub card: Card,
    /// Whether it can be bound here.
    pub eligibility: Eligibility,
}

/// Whether a candidate can be bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eligibility {
    /// It can.
    Selectable,
    Lost,
    Expired,
    /// Much is at stake and the number may have changed hands: only staff who
    /// see the fan can bind it.
    StaffCheckRequired,
    /// It is bound to somebody already.
    AlreadyBound,
    /// For a reason that this version does not know, it can't.
    Unknown,
}

/// How many digits of a code to ask for, where the backend says `stated`. A
/// code has four to eight; anything else is a mistake in the reply, and must
/// neither cost the fan the claim nor be allocated. Six is what SMS codes have.
#[must_use]
pub fn code_length(stated: i64) -> usize {
    const USUAL: usize = 6;
    usize::try_from(stated)
        .ok()
        .filter(|length| (4..=8).contains(length))
        .unwrap_or(USUAL)
}

impl Findings {
    /// The cards that can be bound here, which are all chosen at first: each of them
    /// once, as a binding names them.
    #[must_use]
    pub fn selectable(&self) -> Vec<CardId> {
        let mut cards = Vec::new();
        for Candidate { card, eligibility } in &self.candidates {
            if *eligibility == Eligibility::Selectable && !cards.contains(&card.id) {
                cards.push(card.id.clone());
            }
        }
        cards
    }
}

/// What to bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    Cards(Vec<CardId>),
    NewCard,
}

/// What binding led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The claim, with the bound cards.
    pub claim: Claim,
    /// The wallet, with them in it, unless it may have changed since.
    pub wallet: Option<Wallet>,
}

/// What came back with the bound cards, in sum.
#[must_use]
pub fn recovered(cards: &[Card]) -> (Money, i64) {
    cards
        .iter()
        .fold((Money::default(), 0), |(balance, points), card| {
            (
                balance.plus(card.balance),
                points.saturating_add(card.points),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        card::{CardOrigin, CardStatus},
        wallet::example,
    };

    #[test]
    fn only_what_can_be_bound_is_chosen_at_first() {
        let candidate = |id: &str, eligibility| Candidate {
            card: example::card(id, CardStatus::Active, CardOrigin::Claimed),
            eligibility,
        };
        let found = Findings {
            candidates: vec![
                candidate("1", Eligibility::Lost),
                candidate("2", Eligibility::Selectable),
                candidate("3", Eligibility::StaffCheckRequired),
                // A card that is told of twice is bound once.
                candidate("2", Eligibility::Selectable),
            ],
            merchants: Vec::new(),
            new_card: NewCard::Allowed,
            support: None,
        };
        assert_eq!(found.selectable(), [CardId::from("2")]);
    }

    #[test]
    fn a_length_that_no_code_has_is_taken_for_six() {
        for (stated, length) in [
            (4, 4),
            (8, 8),
            (3, 6),
            (9, 6),
            (0, 6),
            (-1, 6),
            (1 << 32, 6),
            (i64::MAX, 6),
        ] {
            assert_eq!(code_length(stated), length, "{stated:?}");
        }
    }

    #[test]
    fn what_came_back_is_added_up() {
        let cards = [
            example::card("1", CardStatus::Active, CardOrigin::Claimed),
            example::card("2", CardStatus::Active, CardOrigin::Claimed),
        ];
        assert_eq!(recovered(&cards), (Money::from_fen(25_600), 1_120));
    }
}
