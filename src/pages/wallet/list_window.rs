//! The part of a long list that is in the page.

use core::ops::Range;

use leptos::prelude::*;

/// So many rows are in the page at first, and a list of no more has all of them there.
/// They fill the screen below the card in use.
pub(super) const FIRST: usize = 12;

/// Which rows of a list are in the page. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct ListWindow {
    /// The `id` of the list's element.
    pub(super) list: &'static str,
    /// The places of all rows.
    pub(super) places: Memo<Vec<usize>>,
    pub(super) rows: RwSignal<RowsInPage>,
}

/// The rows of a list that are in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowsInPage {
    /// Those near the screen.
    pub(super) near: Range<usize>,
    /// The one that has the focus and those beside it, wherever they are: out of the
    /// page it would lose the focus, and the next one could not get it.
    pub(super) focused: Range<usize>,
}

impl RowsInPage {
    pub(super) const fn first(count: usize) -> Self {
        Self {
            near: 0..count,
            focused: 0..0,
        }
    }

    pub(super) fn has(&self, row: usize) -> bool {
        self.near.contains(&row) || self.focused.contains(&row)
    }
}

impl ListWindow {
    pub(super) fn of(list: &'static str, places: Memo<Vec<usize>>) -> Self {
        Self {
            list,
            places,
            rows: RwSignal::new(RowsInPage::first(FIRST)),
        }
    }

    /// Whether the list is too long to be all in the page.
    pub(super) fn is_needed(self) -> bool {
        self.places.with(|places| places.len() > FIRST)
    }

    /// The places of the rows that are in the page.
    pub(super) fn shown(self) -> Vec<usize> {
        self.rows.with(|rows| {
            self.places.with(|places| {
                let places = places.iter().enumerate();
                let shown = places.filter(|(row, _)| rows.has(*row));
                shown.map(|(_, place)| *place).collect()
            })
        })
    }

    /// All rows are in the page, because nobody will move the window.
    pub(crate) fn show_all(self) {
        self.rows.set(RowsInPage::first(usize::MAX));
    }
}
