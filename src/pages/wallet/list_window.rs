//! The part of a long list that is in the page.

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
    pub(super) places: Signal<Vec<usize>>,
    /// The first row that is in the page, and the first below it that is not.
    pub(super) range: RwSignal<(usize, usize)>,
}

impl ListWindow {
    pub(super) fn of(list: &'static str, places: Signal<Vec<usize>>) -> Self {
        Self {
            list,
            places,
            range: RwSignal::new((0, FIRST)),
        }
    }

    /// Whether the list is too long to be all in the page.
    pub(super) fn is_needed(self) -> bool {
        self.places.with(|places| places.len() > FIRST)
    }

    /// The places of the rows that are in the page.
    pub(super) fn shown(self) -> Vec<usize> {
        let (start, end) = self.range.get();
        self.places
            .with(|places| places.iter().copied().take(end).skip(start).collect())
    }

    /// All rows are in the page, because nobody will move the window.
    pub(crate) fn show_all(self) {
        self.range.set((0, usize::MAX));
    }
}
