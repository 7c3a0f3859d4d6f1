//! Moves the window of a long list with what is on the screen. It is in the lazy
//! module: until it is there, the first rows are in the page.

use leptos::{prelude::*, task::spawn_local};

use super::list_window::{FIRST, ListWindow, RowsInPage};
use crate::{
    browser::viewport::{self, RowLayout, Rows},
    store::{list_place::ListPlace, wallet::use_wallet},
};

/// So many rows are added above and below with each frame, until there is enough of
/// the list around the screen.
const STEP: usize = 6;

/// For as long as it is in the page, what is near the screen of a long list is there.
/// What is above and below that is a gap as high as it would be.
#[component]
pub(crate) fn ListMover(window: ListWindow) -> impl IntoView {
    let kept = use_wallet().controls.list_places;
    let known = kept.try_update_value(|kept| {
        let index = kept.iter().position(|(list, _)| *list == window.list)?;
        Some(kept.swap_remove(index).1)
    });
    let known = known.flatten();
    let returns = known.is_some();
    let mover = Mover {
        window,
        place: StoredValue::new(known.unwrap_or_default()),
        is_due: StoredValue::new(false),
    };
    viewport::on_move(move || mover.look(STEP));
    // Before anything of another arrangement is drawn, all but what will be on the
    // screen is left out of it.
    ImmediateEffect::new_scoped(move || {
        window.places.track();
        untrack(|| {
            if mover.place.with_value(ListPlace::is_placed) {
                mover.draw_anew();
            }
        });
    });
    // It may have been scrolled meanwhile, and where it never has been looked at,
    // nothing is known of it. Whoever goes back to it is where it was left with the
    // next frame.
    if returns {
        request_animation_frame(move || mover.look(0));
    } else {
        spawn_local(async move { mover.look(0) });
    }
    on_cleanup(move || {
        if let Some(list) = Rows::of(window.list) {
            list.clear_layout();
        }
        window.rows.try_set(RowsInPage::first(FIRST));
        if let Some(place) = mover.place.try_get_value() {
            kept.try_update_value(|kept| kept.push((window.list, place)));
        }
    });
}

/// It is a handle: cheap to copy.
#[derive(Clone, Copy)]
struct Mover {
    window: ListWindow,
    place: StoredValue<ListPlace>,
    /// Whether it looks again with one of the next frames.
    is_due: StoredValue<bool>,
}

impl Mover {
    /// Draws what is on the screen now. It is to be called with a frame, when reading
    /// where things are costs nothing.
    fn look(self, step: usize) {
        // A frame may come when the page has been left.
        let (Some(rows), Some(count)) = (self.rows(), self.count()) else {
            return;
        };
        let Some(list) = Rows::of(self.window.list) else {
            return;
        };
        let drawn = drawn(&rows, count);
        let top = -list.top();
        let near = self.place.try_update_value(|place| {
            place.measure(&drawn, &list.tops());
            place.screen = top..top + viewport::height();
            place.near(count, &rows.near, step)
        });
        let focused = list.focused().and_then(|row| drawn.get(row).copied());
        let focused = focused.map_or(0..0, |row| row.saturating_sub(1)..row + 2);
        if let Some(near) = near {
            self.draw(RowsInPage { near, focused });
        }
    }

    /// Draws what is on the screen of another arrangement, as far as can be told
    /// without looking: the page has not been drawn yet.
    fn draw_anew(self) {
        let (Some(rows), Some(count)) = (self.rows(), self.count()) else {
            return;
        };
        let near = self.place.with_value(|place| place.near(count, &(0..0), 0));
        self.draw(RowsInPage { near, ..rows });
    }

    fn draw(self, rows: RowsInPage) {
        let is_whole = self.count().is_none_or(|count| {
            self.place
                .with_value(|place| rows.near == place.around(count))
        });
        if self.rows().is_some_and(|before| before != rows) {
            self.window.rows.set(rows);
        }
        // Once they have been drawn.
        spawn_local(async move { self.lay_out() });
        if !is_whole && !self.is_due.get_value() {
            self.is_due.set_value(true);
            viewport::after_next_frame(move || {
                if self.is_due.try_set_value(false).is_none() {
                    self.look(STEP);
                }
            });
        }
    }

    /// Leaves room for the rows that are not there, and tells a screen reader, which
    /// can't count them, which of them the others are.
    fn lay_out(self) {
        let (Some(rows), Some(count)) = (self.rows(), self.count()) else {
            return;
        };
        let Some(list) = Rows::of(self.window.list) else {
            return;
        };
        self.place.try_with_value(|place| {
            let mut end = 0;
            let mut layout = Vec::new();
            for row in drawn(&rows, count) {
                layout.push(RowLayout {
                    number: row + 1,
                    gap: place.height(end..row),
                });
                end = row + 1;
            }
            list.lay_out(&layout, place.height(end..count), count);
        });
    }

    fn rows(self) -> Option<RowsInPage> {
        self.window.rows.try_get_untracked()
    }

    fn count(self) -> Option<usize> {
        self.window.places.try_with_untracked(Vec::len)
    }
}

/// The rows, of `count`, that are in the page.
fn drawn(rows: &RowsInPage, count: usize) -> Vec<usize> {
    (0..count).filter(|row| rows.has(*row)).collect()
}
