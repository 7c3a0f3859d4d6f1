//! What a person reads, hears or taps on the way to a screen, in each language:
//! as much of it as tells one screen from another.
//!
//! A new language is a new file beside `zh_cn.rs`, its `mod` line and its place in
//! [`LANGUAGES`].

mod en;
mod zh_cn;

/// Every language that the app speaks, the default first.
pub const LANGUAGES: &[&Words] = &[&zh_cn::WORDS, &en::WORDS];

/// The words of one language.
#[derive(Debug)]
#[expect(
    missing_docs,
    reason = "the name of a word says what it is, and its value what is read"
)]
pub struct Words {
    /// As the address names the language.
    pub tag: &'static str,
    pub account: &'static str,
    /// Where to begin, on the page without an account.
    pub home: &'static str,
    pub no_such_page: &'static str,
    pub unknown_table: &'static str,
    pub what_to_do: &'static str,
    pub staff_code: &'static str,
    pub no_connection: &'static str,
    pub too_many: &'static str,
    pub search: &'static str,
    pub no_match: &'static str,
    pub switch_to: &'static str,
    pub undo: &'static str,
    pub frozen: &'static str,
    pub offline: &'static str,
    pub slow: &'static str,
    pub copy_number: &'static str,
    pub history: &'static str,
    pub coupons: &'static str,
    pub valid_until: &'static str,
    pub show_code: &'static str,
    pub to_the_staff: &'static str,
    pub offline_code: &'static str,
    pub send_code: &'static str,
    pub phone: &'static str,
    pub consent: &'static str,
    pub too_few_digits: &'static str,
    pub agree: &'static str,
    pub privacy: &'static str,
    pub handler: &'static str,
    pub security_check: &'static str,
    pub enter_code: &'static str,
    pub code: &'static str,
    pub tries_left: &'static str,
    pub one_found: &'static str,
    pub not_mine: &'static str,
    pub open_new: &'static str,
    pub six_found: &'static str,
    pub not_kept: &'static str,
    pub phone_in_use: &'static str,
    pub get_back: &'static str,
    pub to_the_cards: &'static str,
    pub no_credits: &'static str,
    pub go_on: &'static str,
    pub consents: &'static str,
    pub withdraw: &'static str,
    pub unlink: &'static str,
    pub sign_out: &'static str,
    pub signed_out: &'static str,
    pub full_screen: &'static str,
    pub close: &'static str,
    pub pin: &'static str,
    pub back: &'static str,
    pub pinned: &'static str,
    pub show_coupon: &'static str,
}
