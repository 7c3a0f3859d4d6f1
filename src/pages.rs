//! One file per screen. A page owns what it loads and what it does; it talks to
//! the backend and hands data and callbacks to components.

#![expect(
    unreachable_pub,
    reason = "the component macro makes every component's inner function public"
)]

pub mod card;
pub mod claim;
pub mod code;
mod failure;
pub mod profile;
pub mod signpost;
mod switcher;
pub mod table;
mod terms;
pub mod wallet;
