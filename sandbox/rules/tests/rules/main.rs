//! Tests of the rules through the door that everybody uses: requests.

mod bad_input;
mod cases;
mod claim;
mod idempotency;
mod outcome;
mod play;
mod rows;
mod sign_in;
mod switch;
mod tables;
