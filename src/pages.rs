//! One component per screen. A page reads the store and sends intents to it.

mod card;
mod card_links;
mod claim;
mod closable;
mod code;
mod header;
mod info;
pub(crate) mod lazy;
mod load;
mod loaded;
mod problem;
mod profile;
pub(crate) mod retry;
mod sheet;
mod signed_out;
mod styles;
mod table;
mod terms;
pub(crate) mod wallet;
