//! What was found: a table by call, or JSON.

use std::{collections::BTreeSet, fmt::Write as _};

use serde_json::{Value, json};

use super::{check::Check, sentence::quote};
use crate::Contract;

/// How many failures of one promise are shown; the rest is counted.
const SHOWN: usize = 3;

/// What came of one check of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The call's `operationId`, or `enter` and `callback` for the ways of the sign-in.
    pub operation: String,
    pub check: Check,
    /// How often the promise was kept.
    pub kept: usize,
    /// What happened where it was not.
    pub broken: Vec<String>,
    /// Why it could not be tried.
    pub not_tried: Option<String>,
}

/// What came of all checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    rows: Vec<Row>,
    notes: Vec<String>,
    problems: BTreeSet<String>,
}

impl Report {
    /// The rows in the order in which they were first looked at.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Call and check of every promise that was broken.
    #[must_use]
    pub fn broken(&self) -> Vec<(&str, Check)> {
        self.rows
            .iter()
            .filter(|row| !row.broken.is_empty())
            .map(|row| (row.operation.as_str(), row.check))
            .collect()
    }

    fn row(&mut self, operation: &str, check: Check) -> Option<&mut Row> {
        let is_it = |row: &Row| row.operation == operation && row.check == check;
        if !self.rows.iter().any(is_it) {
            self.rows.push(Row {
                operation: operation.to_owned(),
                check,
                kept: 0,
                broken: Vec::new(),
                not_tried: None,
            });
        }
        self.rows.iter_mut().find(|row| is_it(row))
    }

    pub(super) fn kept(&mut self, operation: &str, check: Check) {
        if let Some(row) = self.row(operation, check) {
            row.kept += 1;
        }
    }

    pub(super) fn broken_by(&mut self, operation: &str, check: Check, what: String) {
        if let Some(row) = self.row(operation, check) {
            row.broken.push(what);
        }
    }

    pub(super) fn not_tried(&mut self, operation: &str, check: Check, why: &str) {
        if let Some(row) = self.row(operation, check) {
            row.not_tried = Some(why.to_owned());
        }
    }

    /// Something that the contract allows and that is worth a look.
    pub(super) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(super) fn seen(&mut self, problem: &str) {
        self.problems.insert(problem.to_owned());
    }

    /// The problems of the contract with which no call was answered.
    #[must_use]
    pub fn unseen_problems<'a>(&self, contract: &'a Contract) -> Vec<&'a str> {
        let codes = contract.problem_codes().into_iter();
        codes
            .filter(|code| !self.problems.contains(*code))
            .collect()
    }

    /// The operations in the order of the document, each with its rows.
    fn by_operation<'a>(&'a self, contract: &'a Contract) -> Vec<(&'a str, Vec<&'a Row>)> {
        let of_contract = contract.operations().iter().map(|known| known.id.as_str());
        let mut names: Vec<&str> = of_contract.collect();
        for row in &self.rows {
            if !names.contains(&row.operation.as_str()) {
                names.push(&row.operation);
            }
        }
        names
            .into_iter()
            .map(|name| {
                let rows = self.rows.iter().filter(|row| row.operation == name);
                (name, rows.collect())
            })
            .collect()
    }

    /// For a person to read.
    #[must_use]
    pub fn table(&self, contract: &Contract) -> String {
        let mut table = String::new();
        for (operation, rows) in self.by_operation(contract) {
            // Writing to a String can't fail.
            let _ = writeln!(table, "{operation}");
            if rows.is_empty() {
                let _ = writeln!(table, "  –  not called");
            }
            let kept: Vec<String> = rows
                .iter()
                .filter(|row| row.kept > 0 && row.broken.is_empty())
                .map(|row| row.check.name())
                .collect();
            if !kept.is_empty() {
                let _ = writeln!(table, "  ✓  {}", kept.join(", "));
            }
            for row in rows {
                write_row(&mut table, contract, row);
            }
        }
        for note in &self.notes {
            let _ = writeln!(table, "note: {note}");
        }
        let unseen = self.unseen_problems(contract);
        if !unseen.is_empty() {
            let _ = writeln!(table, "problems that did not occur: {}", unseen.join(", "));
        }
        let (kept, broken, not_tried) = self.counts();
        let _ = writeln!(
            table,
            "{kept} promises kept, {broken} broken, {not_tried} not tried"
        );
        table
    }

    /// How many rows are kept, broken and not tried.
    fn counts(&self) -> (usize, usize, usize) {
        let count = |wanted: fn(&Row) -> bool| self.rows.iter().filter(|row| wanted(row)).count();
        (
            count(|row| row.broken.is_empty() && row.kept > 0),
            count(|row| !row.broken.is_empty()),
            count(|row| row.broken.is_empty() && row.kept == 0),
        )
    }

    /// For a program to read.
    #[must_use]
    pub fn json(&self, contract: &Contract) -> Value {
        let (kept, broken, not_tried) = self.counts();
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                json!({
                    "operation": row.operation,
                    "check": row.check.name(),
                    "kept": row.kept,
                    "broken": row.broken,
                    "not_tried": row.not_tried,
                    "contract": quote(contract, row.check.basis(), &row.operation),
                })
            })
            .collect();
        json!({
            "kept": kept,
            "broken": broken,
            "not_tried": not_tried,
            "notes": self.notes,
            "problems_that_did_not_occur": self.unseen_problems(contract),
            "rows": rows,
        })
    }
}

/// What is wrong with a row; nothing if nothing is.
fn write_row(table: &mut String, contract: &Contract, row: &Row) {
    if !row.broken.is_empty() {
        let sentence = quote(contract, row.check.basis(), &row.operation);
        let _ = writeln!(
            table,
            "  ✗  {}: “{}”",
            row.check.name(),
            sentence.unwrap_or_default()
        );
        for what in row.broken.iter().take(SHOWN) {
            let _ = writeln!(table, "       {what}");
        }
        if row.broken.len() > SHOWN {
            let _ = writeln!(table, "       and {} more", row.broken.len() - SHOWN);
        }
    } else if let Some(why) = row.not_tried.as_ref().filter(|_| row.kept == 0) {
        let _ = writeln!(table, "  –  {}: not tried, {why}", row.check.name());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::default();
        report.kept("getWallet", Check::Schema);
        report.kept("getWallet", Check::NoStore);
        for number in 0..5 {
            report.broken_by("getWallet", Check::NoStore, format!("failure {number}"));
        }
        report.not_tried("getEntries", Check::Paging, "no list is that long");
        report.not_tried("getWallet", Check::Schema, "never seen, for it was kept");
        report
    }

    #[test]
    fn a_broken_promise_is_shown_with_its_sentence() {
        let contract = Contract::load().unwrap();
        let table = report().table(&contract);
        for part in [
            "getWallet\n  ✓  schema\n  ✗  no-store: “",
            "`Cache-Control: no-store`",
            "       failure 2\n       and 2 more\n",
            "  –  paging: not tried, no list is that long\n",
            "bind\n  –  not called\n",
            "1 promises kept, 1 broken, 1 not tried\n",
        ] {
            assert!(table.contains(part), "{part} in {table}");
        }
    }

    #[test]
    fn a_program_can_read_what_is_broken() {
        let contract = Contract::load().unwrap();
        let json = report().json(&contract);
        assert_eq!(json["broken"], 1);
        assert_eq!(json["rows"][1]["check"], "no-store");
        assert_eq!(json["rows"][1]["broken"].as_array().map(Vec::len), Some(5));
        let sentence = json["rows"][1]["contract"].as_str().unwrap();
        assert!(sentence.contains("no-store"), "{sentence}");
        assert_eq!(report().broken(), [("getWallet", Check::NoStore)]);
    }
}
