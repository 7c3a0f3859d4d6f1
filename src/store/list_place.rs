//! Where the fan is in a long list.

use core::ops::Range;

/// How high a row is where none has been measured, in CSS pixels.
const ROW: f64 = 76.0;
/// How much is in the page above and below the screen, in heights of the screen.
const MARGIN: f64 = 0.75;

/// What of a long list is on the screen, and how high its rows are. It is kept while
/// another page is shown, so that Back draws what was on the screen and no more.
/// Lengths are in CSS pixels.
#[derive(Clone, Debug)]
pub struct ListPlace {
    /// From one row to the next, as far as it has been measured.
    heights: Vec<Option<f64>>,
    average: f64,
    /// Where the screen begins and ends, seen from the beginning of the list.
    pub screen: Range<f64>,
}

impl ListPlace {
    /// Whether it is known what is on the screen.
    #[must_use]
    pub fn is_placed(&self) -> bool {
        self.screen.end > self.screen.start
    }

    /// Takes down where `rows` begin.
    pub fn measure(&mut self, rows: &[usize], tops: &[f64]) {
        let mut sum = 0.0;
        let mut count = 0.0;
        for (rows, tops) in rows.windows(2).zip(tops.windows(2)) {
            let &[row, next] = rows else { continue };
            if next != row + 1 {
                continue;
            }
            if self.heights.len() <= row {
                self.heights.resize(row + 1, None);
            }
            let height = tops[1] - tops[0];
            self.heights[row] = Some(height);
            sum += height;
            count += 1.0;
        }
        if count > 0.0 {
            self.average = sum / count;
        }
    }

    /// How high `rows` are together.
    #[must_use]
    pub fn height(&self, rows: Range<usize>) -> f64 {
        rows.map(|row| self.height_of(row)).sum()
    }

    fn height_of(&self, row: usize) -> f64 {
        let known = self.heights.get(row).copied().flatten();
        known.unwrap_or(self.average)
    }

    /// The rows, of `count`, that are to be in the page next where `drawn` are.
    ///
    /// What is on the screen is drawn at once. Once it is there, those around it are,
    /// no more than `step` of them above and below, so that no frame takes long.
    #[must_use]
    pub fn near(&self, count: usize, drawn: &Range<usize>, step: usize) -> Range<usize> {
        let (shown, around) = (self.shown(count), self.around(count));
        let kept = drawn.start.max(around.start)..drawn.end.min(around.end);
        let is_near = kept.start <= shown.end && shown.start <= kept.end && !kept.is_empty();
        let kept = if is_near { kept } else { shown.clone() };
        let drawn_whole = is_near && kept.start <= shown.start && shown.end <= kept.end;
        let step = if drawn_whole { step } else { 0 };
        let start = kept.start.min(shown.start).saturating_sub(step);
        let end = kept.end.max(shown.end) + step;
        start.max(around.start)..end.min(around.end)
    }

    /// The rows, of `count`, that are in the page once nothing moves.
    #[must_use]
    pub fn around(&self, count: usize) -> Range<usize> {
        let margin = MARGIN * (self.screen.end - self.screen.start);
        self.between(count, self.screen.start - margin, self.screen.end + margin)
    }

    /// The rows, of `count`, that are on the screen.
    fn shown(&self, count: usize) -> Range<usize> {
        self.between(count, self.screen.start, self.screen.end)
    }

    /// The rows, of `count`, that lie between two heights from the beginning of the
    /// list. It is one at least, if there are any.
    fn between(&self, count: usize, from: f64, to: f64) -> Range<usize> {
        let mut top = 0.0;
        let mut row = 0;
        while row + 1 < count && top + self.height_of(row) <= from {
            top += self.height_of(row);
            row += 1;
        }
        let start = row;
        while row < count && (top < to || row == start) {
            top += self.height_of(row);
            row += 1;
        }
        start..row
    }
}

impl Default for ListPlace {
    /// Of a list of which nothing has been measured.
    fn default() -> Self {
        Self {
            heights: Vec::new(),
            average: ROW,
            screen: 0.0..0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A screen that shows ten rows of those that have not been measured.
    fn at(row: f64) -> ListPlace {
        ListPlace {
            screen: row * ROW..(row + 10.0) * ROW,
            ..ListPlace::default()
        }
    }

    #[test]
    fn rows_that_were_measured_are_as_high_as_they_are_and_others_as_the_average() {
        let mut place = ListPlace::default();
        place.measure(&[0, 1, 2, 3], &[0.0, 50.0, 150.0, 250.0]);
        assert!((place.height(0..1) - 50.0).abs() < 0.1);
        let rest = place.height(4..10);
        assert!((rest - 500.0).abs() < 0.1, "{rest}");
        place.screen = 60.0..260.0;
        assert_eq!(place.shown(10), 1..4);
    }

    #[test]
    fn what_lies_between_rows_that_do_not_follow_each_other_is_no_height() {
        let mut place = ListPlace::default();
        place.measure(&[3, 4, 90, 91], &[0.0, 50.0, 4_000.0, 4_070.0]);
        assert!((place.height(3..4) - 50.0).abs() < 0.1);
        assert!((place.height(90..91) - 70.0).abs() < 0.1);
        assert!((place.height(4..5) - 60.0).abs() < 0.1);
    }

    #[test]
    fn before_and_behind_the_list_there_is_still_one_row() {
        assert_eq!(at(-20.0).shown(10), 0..1);
        assert_eq!(at(99.0).shown(10), 9..10);
        assert_eq!(at(0.0).shown(0), 0..0);
    }

    #[test]
    fn what_is_on_the_screen_is_drawn_at_once_and_those_around_it_step_by_step() {
        let place = at(100.0);
        let mut drawn = place.near(5_000, &(0..12), 6);
        assert_eq!(drawn, 100..110);
        let mut steps = 0;
        while drawn != place.around(5_000) {
            let next = place.near(5_000, &drawn, 6);
            assert!(next.len() > drawn.len() && next.len() <= drawn.len() + 12);
            drawn = next;
            steps += 1;
        }
        assert_eq!(steps, 2);
        assert!(drawn.start < 95 && drawn.end > 115, "{drawn:?}");
    }

    #[test]
    fn of_what_is_drawn_that_stays_which_is_near_the_screen() {
        assert_eq!(at(103.0).near(5_000, &(90..112), 6), 95..113);
        assert_eq!(at(97.0).near(5_000, &(98..120), 6), 97..115);
        assert_eq!(at(300.0).near(5_000, &(90..112), 6), 300..310);
        assert_eq!(at(0.0).near(8, &(0..8), 6), 0..8);
    }
}
