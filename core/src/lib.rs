//! What a member-card wallet is and what its backend says: pure, without a
//! browser, a framework or a network.
//!
//! The `Cargo.toml` of this crate names no Leptos, no web-sys and no gloo, so
//! the compiler holds its purity, and all of it is tested on the host.
//!
//! | module | subject |
//! |---|---|
//! | [`domain`] | cards, wallets, money, phone numbers: values that are valid by construction |
//! | [`machine`] | state machines: state × event → state, effects |
//! | [`endpoint`] | every call of the contract: method, path, time limit, what may be repeated |
//! | [`problem`] | everything that can go wrong with a call |
//! | [`wire`] | the contract's JSON |
//! | [`json`] | JSON as it is, before `wire` reads it |
//! | [`route`] | the address of each screen |
//!
//! Dependencies between them point one way: `machine`, `wire` and `endpoint` →
//! `problem` → `domain`, and `route` → `domain`.

pub mod domain;
pub mod endpoint;
pub mod json;
pub mod machine;
pub mod percent;
pub mod problem;
pub mod route;
pub mod wire;

mod status;
