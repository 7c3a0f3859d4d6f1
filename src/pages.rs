//! One file per screen. A page owns what it loads and what it does; it talks to
//! the backend and hands data and callbacks to components.

mod card;
mod claim;
mod code;
mod failure;
mod header;
pub(crate) mod later;
mod profile;
mod signpost;
mod switcher;
mod table;
mod terms;
pub(crate) mod wallet;
