//! What a fan loses by waiting.

use super::{
    card::{Card, CardStatus},
    id::CardId,
    timestamp::Timestamp,
    wallet::Wallet,
};

/// Coupons that end later than in so many milliseconds are not worth a reminder:
/// seven days. When points are, the backend decides: it names them or does not.
const SOON: i64 = 7 * 24 * 60 * 60 * 1_000;

/// What ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapsing {
    Points(i64),
    Coupons(u32),
}

/// Something on a card that ends soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapse {
    pub card: CardId,
    pub what: Lapsing,
    pub at: Timestamp,
}

impl Card {
    /// What on the card ends soon, seen at `now`; the soonest first.
    #[must_use]
    pub fn lapses(&self, now: Timestamp) -> Vec<Lapse> {
        let mut lapses = Vec::new();
        for (what, at) in self.lapsing(now) {
            let card = self.id.clone();
            insert(&mut lapses, Lapse { card, what, at });
        }
        lapses
    }

    /// The same in no order.
    fn lapsing(&self, now: Timestamp) -> impl Iterator<Item = (Lapsing, Timestamp)> {
        let points = self.points_expiring.as_ref();
        let points = points.map(|it| (Lapsing::Points(it.points), it.at));
        let coupons = self.coupons_expiring.as_ref();
        let coupons = coupons.map(|it| (Lapsing::Coupons(it.count), it.at));
        let coupons = coupons.filter(|(_, at)| at.since(now) <= SOON);
        let is_over = matches!(self.status, CardStatus::Lost | CardStatus::Expired);
        let lapsing = [points, coupons].into_iter().flatten();
        lapsing.filter(move |(_, at)| *at > now && !is_over)
    }
}

impl Wallet {
    /// What on any card ends soon, seen at `now`; the soonest first, at most `count`.
    #[must_use]
    pub fn lapses(&self, now: Timestamp, count: usize) -> Vec<Lapse> {
        let mut lapses = Vec::new();
        for card in &self.cards {
            for lapse in card.lapses(now) {
                insert(&mut lapses, lapse);
            }
            lapses.truncate(count);
        }
        lapses
    }

    /// How many there are of them. Whoever wants no more than that does not need
    /// what finds their order.
    #[must_use]
    pub fn lapse_count(&self, now: Timestamp) -> usize {
        self.cards
            .iter()
            .map(|card| card.lapsing(now).count())
            .sum()
    }
}

/// Puts `lapse` in its place among a few.
fn insert(lapses: &mut Vec<Lapse>, lapse: Lapse) {
    let sooner = lapses.iter().take_while(|it| it.at <= lapse.at).count();
    lapses.insert(sooner, lapse);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        card::{CardOrigin, ExpiringCoupons, ExpiringPoints},
        wallet::example,
    };

    const DAY: i64 = 24 * 60 * 60 * 1_000;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_milliseconds(milliseconds)
    }

    fn card(id: &str, points_at: Option<i64>, coupons_at: Option<i64>) -> Card {
        Card {
            points_expiring: points_at.map(|it| ExpiringPoints {
                points: 120,
                at: at(it),
            }),
            coupons_expiring: coupons_at.map(|it| ExpiringCoupons {
                count: 2,
                at: at(it),
            }),
            ..example::card(id, CardStatus::Active, CardOrigin::Claimed)
        }
    }

    fn whats(card: &Card, now: i64) -> Vec<Lapsing> {
        let lapses = card.lapses(at(now)).into_iter();
        lapses.map(|lapse| lapse.what).collect()
    }

    #[test]
    fn what_ends_sooner_comes_first() {
        let (points, coupons) = (Lapsing::Points(120), Lapsing::Coupons(2));
        assert_eq!(
            whats(&card("a", Some(2 * DAY), Some(DAY)), 0),
            [coupons, points]
        );
        assert_eq!(
            whats(&card("a", Some(DAY), Some(2 * DAY)), 0),
            [points, coupons]
        );
    }

    #[test]
    fn a_coupon_is_told_of_for_its_last_week_and_no_longer() {
        let card = card("a", None, Some(8 * DAY));
        assert_eq!(whats(&card, 0), []);
        assert_eq!(whats(&card, DAY), [Lapsing::Coupons(2)]);
        assert_eq!(whats(&card, 8 * DAY - 1), [Lapsing::Coupons(2)]);
        assert_eq!(whats(&card, 8 * DAY), []);
    }

    #[test]
    fn points_are_told_of_whenever_the_backend_names_them() {
        assert_eq!(
            whats(&card("a", Some(90 * DAY), None), 0),
            [Lapsing::Points(120)]
        );
    }

    #[test]
    fn nothing_more_lapses_on_a_card_that_is_over() {
        for status in [CardStatus::Lost, CardStatus::Expired] {
            let card = Card {
                status,
                ..card("a", Some(DAY), Some(DAY))
            };
            assert_eq!(whats(&card, 0), []);
        }
    }

    #[test]
    fn a_wallet_tells_the_soonest_of_all_its_cards() {
        let cards = vec![
            card("a", Some(3 * DAY), None),
            card("b", Some(2 * DAY), Some(DAY)),
        ];
        let wallet = example::wallet(cards, None);
        assert_eq!(wallet.lapse_count(at(0)), 3);
        let lapses = wallet.lapses(at(0), 2);
        let cards: Vec<_> = lapses.iter().map(|it| it.card.as_str()).collect();
        assert_eq!(cards, ["b", "b"]);
    }
}
