//! One file per screen. A page owns what it loads and what it does; it talks to
//! the backend and hands data and callbacks to components.

pub(crate) mod card;
pub(crate) mod claim;
pub(crate) mod code;
mod failure;
mod header;
pub(crate) mod profile;
pub(crate) mod signpost;
mod switcher;
pub(crate) mod table;
mod terms;
pub(crate) mod wallet;
