//! What is printed.

use super::{
    expected::{EXCEPTIONS, Met},
    fault::FAULTS,
};
use crate::page::the;

/// How wide the first column is.
const NAMES: usize = 20;
/// How wide the others are.
const CELLS: usize = 6;
/// What a cell has in which there is nothing to meet.
const NONE: &str = "–";

/// Calls down, faults across.
pub(super) struct Table {
    text: String,
    /// How many cells it has in which a call has met a fault.
    met: usize,
}

impl Table {
    pub(super) fn new() -> Self {
        let title = "What a person meets, by call and by fault:";
        let mut table = Self {
            text: format!("\n{title}\n{:NAMES$}", ""),
            met: 0,
        };
        for (_, name, _) in FAULTS {
            table.add(name);
        }
        table
    }

    pub(super) fn begin_row(&mut self, name: &str) {
        self.text.push_str(&format!("\n{name:NAMES$}"));
    }

    /// Adds a cell in which a call has met a fault.
    pub(super) fn add_met(&mut self, cell: &str) {
        self.met += 1;
        self.add(cell);
    }

    /// Adds a cell in which there is nothing to meet.
    pub(super) fn add_none(&mut self) {
        self.add(NONE);
    }

    fn add(&mut self, cell: &str) {
        self.text.push_str(&format!("{cell:>CELLS$}"));
    }

    fn explain(&mut self, name: &str, meaning: &str) {
        self.text.push_str(&format!("\n{name:>CELLS$}  {meaning}"));
    }

    /// Prints it with all that explains it.
    ///
    /// It goes where the runner collects what it prints: of a test that passes, the
    /// runner shows nothing that goes to the console.
    pub(super) fn print(mut self) {
        self.text.push_str(&format!("\n{} cells\n", self.met));
        for (_, name, meaning) in FAULTS {
            self.explain(name, meaning);
        }
        self.text.push('\n');
        for (_, name, meaning) in Met::ALL {
            self.explain(name, meaning);
        }
        self.explain(NONE, "there is no such fault");
        self.text.push('\n');
        for exception in EXCEPTIONS {
            let mut faults = FAULTS.iter();
            let fault = faults.find(|(fault, ..)| *fault == exception.fault);
            let name = fault.map_or("", |(_, name, _)| name);
            let (calls, because) = (exception.calls.join(", "), exception.because);
            self.explain(name, &format!("{calls}: {because}"));
        }
        let output = the("#output");
        let printed = output.text_content().unwrap_or_default();
        output.set_text_content(Some(&format!("{printed}{}\n\n", self.text)));
    }
}
