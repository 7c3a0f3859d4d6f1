//! What the app is about: cards, money, phone numbers, claims and the rules
//! that hold on the fan's side.
//!
//! Everything here is pure: no Leptos, no browser, no network. It is tested on
//! the host, and a value of one of these types is valid by construction.

pub mod brand_color;
pub mod captcha;
pub mod card;
pub mod card_list;
pub mod claim;
pub mod code128;
pub mod coupon;
pub mod entry;
pub mod id;
pub mod idempotency_key;
pub mod initial;
pub mod instant;
pub mod lapse;
pub mod list_page;
pub mod member_code;
pub mod merchant;
pub mod mobile_number;
pub mod money;
pub mod phone;
pub mod profile;
pub mod scan_code;
pub mod server_clock;
pub mod sms_code;
pub mod staff_code;
pub mod support;
pub mod terms;
pub mod text_edit;
pub mod thousandths;
pub mod timestamp;
pub mod typed_text;
pub mod url;
pub mod wallet;

mod digits;
mod fold;
