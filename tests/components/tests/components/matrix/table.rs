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

/// Calls down, faults across.
pub(super) struct Table(String);

impl Table {
    pub(super) fn new() -> Self {
        let title = "What a person meets, by call and by fault:";
        let mut table = Self(format!("\n{title}\n{:NAMES$}", ""));
        for (_, name, _) in FAULTS {
            table.add(name);
        }
        table
    }

    pub(super) fn begin_row(&mut self, name: &str) {
        self.0.push_str(&format!("\n{name:NAMES$}"));
    }

    pub(super) fn add(&mut self, cell: &str) {
        self.0.push_str(&format!("{cell:>CELLS$}"));
    }

    fn explain(&mut self, name: &str, meaning: &str) {
        self.0.push_str(&format!("\n{name:>CELLS$}  {meaning}"));
    }

    /// Prints it with all that explains it.
    ///
    /// It goes where the runner collects what it prints: of a test that passes, the
    /// runner shows nothing that goes to the console.
    pub(super) fn print(mut self) {
        self.0.push('\n');
        for (_, name, meaning) in FAULTS {
            self.explain(name, meaning);
        }
        self.0.push('\n');
        for (_, name, meaning) in Met::ALL {
            self.explain(name, meaning);
        }
        self.explain("–", "there is no such fault");
        self.0.push('\n');
        for exception in EXCEPTIONS {
            let mut faults = FAULTS.iter();
            let fault = faults.find(|(fault, ..)| *fault == exception.fault);
            let name = fault.map_or("", |(_, name, _)| name);
            let (calls, because) = (exception.calls.join(", "), exception.because);
            self.explain(name, &format!("{calls}: {because}"));
        }
        let output = the("#output");
        let printed = output.text_content().unwrap_or_default();
        output.set_text_content(Some(&format!("{printed}{}\n\n", self.0)));
    }
}
