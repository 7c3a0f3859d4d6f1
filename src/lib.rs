//! Kabao (会员卡包): the member-card wallet that a diner opens inside WeChat.
//!
//! `ARCHITECTURE.md` has the map and the invariants.

pub mod api;
pub mod app;
pub mod browser;
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub mod components;
mod context;
pub mod i18n;
mod lazy;
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
#[expect(
    unreachable_pub,
    reason = "#[component] makes public props for components that are not public"
)]
mod pages;
pub mod router;
pub mod store;
