//! What a merchant's customers will see, before the merchant switches accounts.
//!
//! The rules are those of the sandbox, compiled; the app is the app itself. What
//! lies between them is here, pure and tested on the host:
//!
//! - [`plan`]: the moves of the manual, its steps, and what they are as commands;
//!   [`numbers`] and [`brand`]: what a merchant types in besides;
//! - [`backend`]: the rules over a state in memory, after those commands;
//! - [`walk`]: a customer's way through it to the end; [`outlook`]: what all of them
//!   meet, and what of it is not as it should be;
//! - [`address`]: what the page shows as a query; [`words`]: how it is said.
//!
//! The page around them, with the console and the phone, is in the binary. It is a
//! crate of its own, so that nothing of it can be in what diners load.

pub mod address;
pub mod audience;
pub mod backend;
pub mod brand;
pub mod numbers;
pub mod outlook;
pub mod plan;
pub mod walk;
pub mod words;
