//! The contract's JSON: what is read from it and what is written to it.
//!
//! What is read becomes a domain type, valid by construction. Unknown fields are
//! ignored and an unknown value of an enumeration becomes `Unknown`. What the
//! contract requires is there, or the reply is unreadable: an empty list, a zero or a
//! card left out would be believed. Only what the app does not read may be missing
//! (`tests/contract/values.rs` lists it). What is optional may be absent, and a text
//! that can't be read costs no more than itself. An address is judged here, before a
//! link or a picture can use it.
//!
//! Replies are read field by field from the parsed JSON. Derived deserializers
//! were measured: they made the app 22 KB larger (brotli 11), because each
//! structure brings its own copy of the parser's loops.

pub mod card;
pub mod claim;
pub mod problem;
pub mod reply;
pub mod request;
pub mod response;
pub mod table;
pub mod wallet;

mod code;
mod coupon;
mod entry;
mod fields;
mod list_page;
mod merchant;
mod profile;
mod support;
mod terms;
