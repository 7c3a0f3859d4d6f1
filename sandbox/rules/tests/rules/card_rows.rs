//! What the cards of the cases have behind them before anybody does anything: their
//! timelines, their coupons, and what tells many of them apart.

use kabao_rules::{
    cases::Case,
    state::{Card, Coupon, CouponState, Entry, EntryKind},
    timestamp::Timestamp,
};

use crate::play::{BEGINNING, Play};

const DAY: i64 = 24 * 60 * 60;

/// Whole days, and the seconds beyond them, for which `time` has passed.
fn ago(time: Timestamp) -> (i64, i64) {
    let seconds = (BEGINNING.milliseconds() - time.milliseconds()) / 1_000;
    (seconds / DAY, seconds % DAY)
}

fn card<'a>(play: &'a Play, tail: &str) -> &'a Card {
    &play.state.cards[play.card(tail).as_str()]
}

/// The newest first.
fn timeline<'a>(play: &'a Play, tail: &str) -> Vec<&'a Entry> {
    let card = &card(play, tail).id;
    let of_card = |entry: &&Entry| entry.card == *card;
    let mut entries: Vec<_> = play.state.entries.values().filter(of_card).collect();
    entries.reverse();
    entries
}

fn coupons<'a>(play: &'a Play, tail: &str) -> Vec<&'a Coupon> {
    let card = &card(play, tail).id;
    let of_card = |coupon: &&Coupon| coupon.card == *card;
    play.state.coupons.values().filter(of_card).collect()
}

#[test]
fn a_timeline_goes_back_from_the_balance_to_the_opening() {
    use EntryKind::{Coupon, Points, StoredValue};
    let play = Play::of(Case::Statuses);
    let told = |tail| -> Vec<_> {
        let tell = |entry: &&Entry| {
            let (days, seconds) = ago(entry.at);
            let Entry {
                kind,
                amount,
                balance_after,
                ..
            } = **entry;
            (days, seconds, kind, amount, balance_after)
        };
        timeline(&play, tail).iter().map(tell).collect()
    };
    // Payments, which give points for as long as there are any to have been given.
    assert_eq!(
        told("3003"),
        [
            (6, 0, StoredValue, -3_800, Some(8_800)),
            (6, 1, Points, 38, Some(120)),
            (9, 0, StoredValue, -5_650, Some(12_600)),
            (9, 1, Points, 56, Some(82)),
            (9, 2, Coupon, 1, None),
            (12, 0, StoredValue, -2_400, Some(18_250)),
            (12, 1, Points, 24, Some(26)),
            (15, 0, StoredValue, -8_800, Some(20_650)),
            (15, 1, Points, 2, Some(2)),
            (18, 0, StoredValue, -1_950, Some(29_450)),
            (21, 0, StoredValue, 31_400, Some(31_400)),
            (21, 2, Coupon, 1, None),
        ]
    );
    // The third is a top-up where the balance after it allows one.
    assert_eq!(
        told("3006")[3..13],
        [
            (9, 1, Points, 56, Some(1_822)),
            (9, 2, Coupon, 1, None),
            (12, 0, StoredValue, 30_000, Some(55_050)),
            (15, 0, StoredValue, -8_800, Some(25_050)),
            (15, 1, Points, 88, Some(1_766)),
            (18, 0, StoredValue, -1_950, Some(33_850)),
            (18, 1, Points, 19, Some(1_678)),
            (21, 0, StoredValue, 30_000, Some(35_800)),
            (21, 2, Coupon, 1, None),
            (24, 0, StoredValue, -5_650, Some(5_800)),
        ]
    );
    for case in Case::ALL {
        let play = Play::of(*case);
        for card in play.state.cards.values() {
            let tail = &card.number[card.number.len() - 4..];
            let entries = timeline(&play, tail);
            let of_value = |entry: &&&Entry| entry.kind == StoredValue;
            let mut balance = card.balance_fen;
            for entry in entries.iter().filter(of_value) {
                assert_eq!(entry.balance_after, Some(balance), "{}", card.id);
                balance -= entry.amount;
            }
            assert_eq!(balance, 0, "{}", card.id);
        }
    }
}

#[test]
fn coupons_differ_and_end_apart() {
    use CouponState::{Expired, Unused, Used};
    let play = Play::of(Case::Statuses);
    let coupons = coupons(&play, "3006");
    for (position, title, value_fen, state, days_ago) in [
        (0, "满 100 减 20", Some(2_000), Unused, -30),
        (1, "酸梅汤一份", None, Unused, -31),
        (2, "满 50 减 8", Some(800), Unused, -32),
        (22, "酸梅汤一份", None, Unused, -52),
        (100, "酸梅汤一份", None, Used, 50),
        (102, "满 100 减 20", Some(2_000), Used, 52),
        (110, "满 50 减 8", Some(800), Expired, 60),
    ] {
        let at = |coupon: &&&Coupon| coupon.position == position;
        let coupon = coupons.iter().find(at).expect("a coupon");
        let found = (coupon.title.as_str(), coupon.value_fen, coupon.state);
        assert_eq!(found, (title, value_fen, state), "{position}");
        assert_eq!(coupon.ends_at.map(ago), Some((days_ago, 0)), "{position}");
    }
}

#[test]
fn no_two_of_250_cards_are_alike() {
    let play = Play::of(Case::Many);
    for (tail, balance_fen, points, idle_days, count) in [
        ("0009", 5_117, 259, 8, 3),
        ("0100", 15_790, 330, 91, 2),
        ("0259", 32_019, 213, 10, 1),
    ] {
        let card = card(&play, tail);
        assert_eq!((card.balance_fen, card.points), (balance_fen, points));
        assert_eq!(card.last_used_at.map(ago), Some((idle_days, 0)), "{tail}");
        assert_eq!(coupons(&play, tail).len(), count, "{tail}");
    }
}

#[test]
fn a_card_may_be_in_debt_or_over() {
    let play = Play::of(Case::Statuses);
    for (tail, balance_fen, over) in [
        ("3003", 8_800, Some((30, 0))),
        ("3004", -1_250, None),
        ("3005", 30_000, None),
    ] {
        let card = card(&play, tail);
        assert_eq!(card.balance_fen, balance_fen, "{tail}");
        assert_eq!(card.expires_at.map(ago), over, "{tail}");
    }
}
