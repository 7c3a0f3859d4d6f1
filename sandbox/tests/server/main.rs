//! The sandbox as a process.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod durable;
mod faults;
mod half_sent;
mod killed;
mod requests;
mod retention;
mod running;
mod serving;
mod sign_in;
mod till;
