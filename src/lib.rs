//! Kabao (会员卡包).
pub mod domain;
pub mod route;
