//! The claim's machine, event by event and through every order of events.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod backend;
mod captcha;
mod code;
mod fixtures;
mod keys;
mod late;
mod other_phone;
mod page;
mod phone;
mod problems;
mod random;
mod resume;
