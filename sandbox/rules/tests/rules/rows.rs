//! Rows survive being written and read, and starting over.

use kabao_rules::{
    cases::{self, Case, World},
    change::Change,
    state::State,
};

use crate::play::Play;

#[test]
fn every_case_is_the_same_after_its_rows_were_written_and_read() {
    for case in Case::ALL {
        let play = Play::of(*case);
        let mut restored = State::default();
        for change in play.state.rows() {
            let row = change.row().expect("a row to write").to_string();
            restored
                .load_row(change.table(), &row)
                .expect("a readable row");
        }
        assert_eq!(restored, play.state, "{}", case.name());
    }
}

#[test]
fn a_row_that_cannot_be_read_is_refused() {
    let mut state = State::default();
    for (table, reason) in [("fans", "missing field `id`"), ("nowhere", "no such table")] {
        let error = state.load_row(table, "{}").expect_err("no row");
        assert_eq!(error.table, table);
        assert!(error.reason.starts_with(reason), "{}", error.reason);
    }
    assert_eq!(state, State::default());
}

#[test]
fn starting_over_brings_back_the_beginning_and_leaves_other_worlds_alone() {
    let mut play = Play::of(Case::OwnToOwn);
    let now = play.now;
    let neighbour = World::of(Case::OwnToPlatform);
    play.apply(&neighbour.build(now));
    let beginning = play.state.clone();

    let li = play.sign_in("li");
    let (claim, _) = play.claim(&li, "8000");
    play.bind(&li, &claim, &[play.card("8000")]).ok();
    assert_ne!(play.state, beginning);

    let changes = cases::restart(&play.state, &"case-1a".into(), now);
    play.apply(&changes);
    assert_eq!(play.state, beginning);
}

#[test]
fn copies_of_a_case_share_nothing() {
    let play = Play::of(Case::OwnToOwn);
    let copy = World::copy(Case::OwnToOwn, "k3f9", 4711);
    let rows = copy.build(play.now);
    assert_eq!(rows.len(), World::of(Case::OwnToOwn).build(play.now).len());
    for change in rows {
        assert!(
            play.state
                .rows()
                .all(|row| (row.table(), row.key()) != (change.table(), change.key())),
            "{} {}",
            change.table(),
            change.key()
        );
    }
}

#[test]
fn the_phones_of_a_copy_have_four_digits_in_their_middle() {
    let copy = |block| World::copy(Case::OwnToOwn, "k3f9", block);
    assert_eq!(copy(14_711), copy(4_711));
    assert_ne!(copy(4_712), copy(4_711));
}

#[test]
fn codes_are_six_digits_and_differ() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let mut codes = std::collections::BTreeSet::new();
    for _ in 0..3 {
        play.open_claim(&li, "8000").ok();
        let code = play.code("8000");
        assert!(
            code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()),
            "{code}"
        );
        codes.insert(code);
        play.wait(60);
    }
    assert_eq!(codes.len(), 3);
}

#[test]
fn a_change_to_a_clone_of_the_state_copies_no_row_but_its_own() {
    let play = Play::of(Case::OwnToOwn);
    let (changed, card) = play.state.cards.iter().next().expect("a card");
    let mut clone = play.state.clone();
    clone.apply(&Change::PutCard(card.clone()));
    for (id, card) in &play.state.cards {
        let is_shared = clone
            .cards
            .get(id)
            .is_some_and(|cloned| std::ptr::eq(card, cloned));
        assert_eq!(is_shared, id != changed, "{id}");
    }
    for (id, person) in &play.state.people {
        let is_shared = clone
            .people
            .get(id)
            .is_some_and(|cloned| std::ptr::eq(person, cloned));
        assert!(is_shared, "{id}");
    }
}
