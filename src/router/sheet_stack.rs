//! Which entries of the history belong to open sheets.

/// The open sheets, and the history entries that were pushed for them, above the
/// entry of the page. A history goes back in its own time, so the two differ for
/// a moment; [`SheetStack::next_step`] brings them together again.
#[derive(Debug)]
pub(super) struct SheetStack<T> {
    /// The topmost last.
    open: Vec<(SheetId, T)>,
    next_id: u32,
    /// The depth of the page's own entry.
    page_depth: u32,
    /// How many entries above it are a sheet's.
    entries: u32,
    /// The history was told to go back and has not yet said that it did.
    is_returning: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SheetId(u32);

/// What the history has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Push,
    Back,
}

impl<T> SheetStack<T> {
    pub(super) const fn new() -> Self {
        Self {
            open: Vec::new(),
            next_id: 0,
            page_depth: 0,
            entries: 0,
            is_returning: false,
        }
    }

    /// Opens a sheet over the others, with the history at `depth`.
    pub(super) fn open(&mut self, depth: u32, sheet: T) -> SheetId {
        if self.entries == 0 && !self.is_returning {
            self.page_depth = depth;
        }
        let id = SheetId(self.next_id);
        self.next_id += 1;
        self.open.push((id, sheet));
        id
    }

    /// The sheet has been taken off the page.
    pub(super) fn close(&mut self, id: SheetId) {
        self.open.retain(|(open, _)| *open != id);
    }

    /// All sheets go, because the page does.
    pub(super) fn close_all(&mut self) {
        self.open.clear();
    }

    /// The history has moved to `depth`. Returns the sheets whose entries it has
    /// left, the topmost first.
    pub(super) fn moved(&mut self, depth: u32) -> Vec<T> {
        let was_told_to = core::mem::take(&mut self.is_returning);
        self.entries = self.entries.min(depth.saturating_sub(self.page_depth));
        if was_told_to {
            return Vec::new();
        }
        let kept = self.open.len().min(self.entries as usize);
        let closed = self.open.drain(kept..).rev();
        closed.map(|(_, sheet)| sheet).collect()
    }

    /// What the history has to do next, if it is not doing anything.
    pub(super) fn next_step(&mut self) -> Option<Step> {
        if self.is_returning {
            return None;
        }
        let open = self.open.len() as u32;
        if self.entries < open {
            self.entries += 1;
            Some(Step::Push)
        } else if self.entries > open {
            self.is_returning = true;
            Some(Step::Back)
        } else {
            None
        }
    }

    /// Whether the history has the entries that it should have.
    pub(super) fn is_settled(&self) -> bool {
        !self.is_returning
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A history that goes back only when it is told to deliver.
    struct Page {
        stack: SheetStack<&'static str>,
        depth: u32,
        pending: u32,
    }

    impl Page {
        fn at(depth: u32) -> Self {
            Self {
                stack: SheetStack::new(),
                depth,
                pending: 0,
            }
        }

        fn settle(&mut self) {
            while let Some(step) = self.stack.next_step() {
                match step {
                    Step::Push => self.depth += 1,
                    Step::Back => self.pending += 1,
                }
            }
        }

        fn open(&mut self, name: &'static str) -> SheetId {
            let id = self.stack.open(self.depth, name);
            self.settle();
            id
        }

        fn close(&mut self, id: SheetId) {
            self.stack.close(id);
            self.settle();
        }

        /// The fan taps Back, or the history gets round to going back.
        fn go_back(&mut self) -> Vec<&'static str> {
            self.pending = self.pending.saturating_sub(1);
            self.depth -= 1;
            let closed = self.stack.moved(self.depth);
            self.settle();
            closed
        }
    }

    #[test]
    fn one_back_closes_one_sheet() {
        let mut page = Page::at(3);
        page.open("consent");
        page.open("terms");
        assert_eq!(page.depth, 5);
        assert_eq!(page.go_back(), ["terms"]);
        assert_eq!(page.go_back(), ["consent"]);
        assert_eq!((page.depth, page.pending), (3, 0));
    }

    #[test]
    fn a_closed_sheet_takes_its_entry_along() {
        let mut page = Page::at(0);
        let sheet = page.open("terms");
        page.close(sheet);
        assert_eq!(page.pending, 1);
        assert!(!page.stack.is_settled());
        assert!(page.go_back().is_empty());
        assert!(page.stack.is_settled());
        assert_eq!((page.depth, page.pending), (0, 0));
    }

    #[test]
    fn a_sheet_that_opens_while_the_history_goes_back_stays_open() {
        let mut page = Page::at(0);
        let first = page.open("terms");
        page.close(first);
        page.open("privacy");
        assert_eq!(
            page.depth, 1,
            "nothing is pushed before the history is back"
        );
        assert!(page.go_back().is_empty());
        assert_eq!((page.depth, page.pending), (1, 0));
        assert_eq!(page.go_back(), ["privacy"]);
        assert_eq!(page.depth, 0);
    }

    #[test]
    fn two_sheets_that_close_at_once_take_both_entries_along() {
        let mut page = Page::at(2);
        page.open("consent");
        page.open("terms");
        page.stack.close_all();
        page.settle();
        page.go_back();
        assert!(!page.stack.is_settled());
        page.go_back();
        assert!(page.stack.is_settled());
        assert_eq!((page.depth, page.pending), (2, 0));
    }

    #[test]
    fn leaving_the_page_by_the_history_closes_every_sheet() {
        let mut page = Page::at(1);
        page.open("consent");
        page.open("terms");
        page.depth = 0;
        assert_eq!(page.stack.moved(0), ["terms", "consent"]);
        assert_eq!(page.stack.next_step(), None);
        // Somewhere else the history is none of the sheets' business.
        page.depth = 4;
        assert!(page.stack.moved(4).is_empty());
        assert_eq!(page.stack.next_step(), None);
    }
}
