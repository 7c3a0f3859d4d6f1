//! Tests of the rules through the door that everybody uses: requests.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod bad_input;
mod card_rows;
mod cases;
mod claim;
mod command;
mod eve;
mod hostile;
mod idempotency;
mod language;
mod limits;
mod outcome;
mod play;
mod report;
mod retention;
mod rows;
mod sign_in;
mod staff_numbers;
mod switch;
mod tables;
mod till;
mod whose;
