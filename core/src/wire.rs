//! The contract's JSON: what is read from it and what is written to it.
//!
//! What is read becomes a domain type, valid by construction. Unknown fields are
//! ignored, an unknown value of an enumeration becomes `Unknown`, and a field
//! that is missing or malformed costs no more than what it says: a reply is
//! unreadable only without what nothing can be shown without. Which fields those
//! are, `tests/contract/robustness.rs` lists. An address is judged here, before
//! a link or a picture can use it.
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
