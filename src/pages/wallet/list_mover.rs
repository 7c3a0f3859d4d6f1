//! Moves the window of a long list with what is on the screen. It is in the lazy
//! module: until it is there, the first rows are in the page.

use leptos::{prelude::*, task::spawn_local};

use super::list_window::{FIRST, ListWindow};
use crate::browser::viewport::{self, Rows};

/// How high a row is where none has been measured, in CSS pixels.
const ROW: f64 = 76.0;
/// How much is in the page above and below the screen, in heights of the screen.
const MARGIN: f64 = 0.75;

/// The heights of the rows, from one to the next, as far as they have been measured.
struct Heights {
    known: Vec<Option<f64>>,
    average: f64,
}

impl Heights {
    const fn new() -> Self {
        Self {
            known: Vec::new(),
            average: ROW,
        }
    }

    fn of(&self, row: usize) -> f64 {
        self.known
            .get(row)
            .copied()
            .flatten()
            .unwrap_or(self.average)
    }

    /// Takes down where the rows from `start` on begin.
    fn measure(&mut self, start: usize, tops: &[f64]) {
        let mut sum = 0.0;
        let mut count = 0.0;
        for (index, pair) in tops.windows(2).enumerate() {
            let row = start + index;
            if self.known.len() <= row {
                self.known.resize(row + 1, None);
            }
            let height = pair[1] - pair[0];
            self.known[row] = Some(height);
            sum += height;
            count += 1.0;
        }
        if count > 0.0 {
            self.average = sum / count;
        }
    }

    /// The rows, of `count`, that lie between two heights from the beginning of the
    /// list, and how much is above and below them.
    fn between(&self, count: usize, from: f64, to: f64) -> ((usize, usize), (f64, f64)) {
        let mut top = 0.0;
        let mut row = 0;
        while row + 1 < count && top + self.of(row) <= from {
            top += self.of(row);
            row += 1;
        }
        let (start, above) = (row, top);
        while row < count && (top < to || row == start) {
            top += self.of(row);
            row += 1;
        }
        let below = (row..count).map(|row| self.of(row)).sum();
        ((start, row), (above, below))
    }
}

/// For as long as it is in the page, what is near the screen of a long list is there.
/// What is above and below that is a gap as high as it would be.
#[component]
pub(crate) fn ListMover(window: ListWindow) -> impl IntoView {
    let heights = StoredValue::new(Heights::new());
    let look = move || {
        // A frame may come when the page has been left.
        let Some((start, _)) = window.range.try_get_untracked() else {
            return;
        };
        let Some(count) = window.places.try_with_untracked(Vec::len) else {
            return;
        };
        let Some(list) = Rows::of(window.list) else {
            return;
        };
        let screen = viewport::height();
        let margin = MARGIN * screen;
        let from = -list.top() - margin;
        let to = from + screen + 2.0 * margin;
        let found = heights.try_update_value(|heights| {
            heights.measure(start, &list.tops());
            heights.between(count, from, to)
        });
        let Some((range, (above, below))) = found else {
            return;
        };
        list.set_gaps(above, below);
        if window.range.get_untracked() != range {
            window.range.set(range);
        }
        // A screen reader can't count the rows that are not there. Those that are have
        // to be drawn first.
        spawn_local(async move {
            if let Some(list) = Rows::of(window.list) {
                list.number_from(range.0 + 1, count);
            }
        });
    };
    viewport::on_move(look);
    Effect::new(move || {
        window.places.track();
        // At once, because a page has to be as high as its list before Back can scroll
        // down to where it was left.
        look();
    });
    on_cleanup(move || {
        if let Some(list) = Rows::of(window.list) {
            list.set_gaps(0.0, 0.0);
        }
        window.range.try_set((0, FIRST));
    });
}

#[cfg(test)]
mod tests {
    use super::Heights;

    #[test]
    fn the_window_has_the_rows_between_and_the_gaps_the_rest() {
        let mut heights = Heights::new();
        heights.measure(0, &[0.0, 50.0, 150.0, 250.0]);
        let ((start, end), (above, below)) = heights.between(10, 60.0, 260.0);
        assert_eq!((start, end), (1, 4));
        assert!((above - 50.0).abs() < 0.1, "{above}");
        // Six rows as high as the average of the three that are known.
        assert!((below - 500.0).abs() < 0.1, "{below}");
    }

    #[test]
    fn before_and_behind_the_list_there_is_still_one_row() {
        let heights = Heights::new();
        assert_eq!(heights.between(10, -900.0, -100.0).0, (0, 1));
        assert_eq!(heights.between(10, 9_000.0, 9_900.0).0, (9, 10));
        assert_eq!(heights.between(0, 0.0, 900.0), ((0, 0), (0.0, 0.0)));
    }
}
