//! What a merchant's customers will see, before the merchant switches accounts.
//!
//! The rules are those of the sandbox, compiled; the app is the app itself. What
//! lies between them is here: [`plan`] (the manual's cases, steps and dangers),
//! [`backend`] (the rules over a state in memory) and [`address`] (the plan as a
//! query). All three are pure and tested on the host. The page around them, with
//! the console and the phone, is in the binary.
//!
//! It is a crate of its own, so that nothing of it can be in what diners load.

pub mod address;
pub mod backend;
pub mod plan;
