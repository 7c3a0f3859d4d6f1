//! What pages report of problems that fans were shown and that only a page can notice.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::json;

use crate::{
    draft::Draft,
    problem::{Code, Problem},
    reply::Reply,
    request::Request,
};

/// The numbers in staff codes that are reported, as the contract has them.
const NUMBERS: [u8; 5] = [92, 93, 94, 96, 97];
/// In bytes.
const LONGEST_VERSION: usize = 32;

/// A fan was shown a problem. There is nothing in it about the fan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The problem's number in a staff code.
    #[serde(deserialize_with = "number")]
    pub number: u8,
    /// The version of the page, if it has one.
    pub version: Option<String>,
}

impl Report {
    /// The report in a body, if there is one that the contract allows.
    #[must_use]
    pub fn read(body: &str) -> Option<Self> {
        let report: Self = serde_json::from_str(body).ok()?;
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
        let is_version = |version: &String| {
            (1..=LONGEST_VERSION).contains(&version.len()) && version.chars().all(is_plain)
        };
        report.version.iter().all(is_version).then_some(report)
    }
}

/// One of [`NUMBERS`], in any spelling: to JSON Schema `96.0` and `9.6e1` are 96.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let sent = f64::deserialize(deserializer)?;
    let is_sent = |number: &u8| f64::from(*number).total_cmp(&sent).is_eq();
    let number = NUMBERS.into_iter().find(is_sent);
    number.ok_or_else(|| D::Error::custom("a number that is not reported"))
}

/// Takes a report. It changes nothing here: who runs the rules counts it.
pub(crate) fn take(draft: &Draft<'_>, request: &Request) -> Result<Reply, Problem> {
    match Report::read(&request.body) {
        Some(_) => Ok(Reply::json(200, draft.now(), &json!({}))),
        None => Err(Problem::new(Code::BadRequest)),
    }
}
