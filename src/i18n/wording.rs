//! The groups of strings that each language gives.

use kabao_core::{
    domain::{
        card::Card, card_list::SortBy, claim::Eligibility, coupon::CouponState, entry::EntryKind,
        member_code::LastUse, merchant::Retention, mobile_number::MobileNumberError,
        wallet::AccountKind,
    },
    problem::ApiError,
};

use super::explanation::{Explanation, Mender};

/// What the first screen says.
pub(crate) struct Wording {
    pub(crate) app: AppWording,
    pub(crate) card: CardWording,
    pub(crate) wallet: WalletWording,
    pub(crate) switching: SwitchingWording,
}

/// Words of the app as a whole.
pub(crate) struct AppWording {
    pub(crate) not_fetched: &'static str,
    pub(crate) not_fetched_text: &'static str,
    pub(crate) reload: &'static str,
    pub(crate) title: &'static str,
    pub(crate) back: &'static str,
    pub(crate) close: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) slow: &'static str,
    pub(crate) offline: &'static str,
    pub(crate) signing_in: &'static str,
    pub(crate) call_shop: &'static str,
    pub(crate) try_again: &'static str,
}

/// Words on a card.
pub(crate) struct CardWording {
    pub(crate) in_use: &'static str,
    pub(crate) balance: &'static str,
    pub(crate) points: &'static str,
    pub(crate) coupons: &'static str,
    pub(crate) number: &'static str,
    pub(crate) summary: fn(&Card) -> String,
    pub(crate) from_account: fn(name: &str) -> String,
    pub(crate) ending_in: fn(last_four: &str) -> String,
    pub(crate) frozen: &'static str,
    pub(crate) lost: &'static str,
    pub(crate) expired: &'static str,
    pub(crate) frozen_next_step: &'static str,
    pub(crate) lost_next_step: &'static str,
    pub(crate) expired_next_step: &'static str,
    pub(crate) open: fn(merchant: &str, last_four: &str) -> String,
    pub(crate) as_of: fn(time: &str) -> String,
    pub(crate) points_ending: fn(i64) -> String,
    pub(crate) coupons_ending: fn(u32) -> String,
    /// The month (from 1) and the day on which something ends.
    pub(crate) ends_on: fn(month: u8, day: u8) -> String,
    pub(crate) physical: &'static str,
}

/// Words of the wallet.
pub(crate) struct WalletWording {
    pub(crate) show_code: &'static str,
    pub(crate) pinned: &'static str,
    pub(crate) others: &'static str,
    pub(crate) others_of: fn(merchant: &str) -> String,
    pub(crate) search: &'static str,
    pub(crate) search_placeholder: &'static str,
    pub(crate) sort: &'static str,
    pub(crate) sort_by: fn(SortBy) -> &'static str,
    pub(crate) none_found: &'static str,
    pub(crate) profile: &'static str,
    /// A word of few letters for [`Self::profile`].
    pub(crate) me: &'static str,
    pub(crate) menu: &'static str,
    pub(crate) account: fn(AccountKind) -> &'static str,
    pub(crate) claim_title: &'static str,
    pub(crate) claim_text: &'static str,
    pub(crate) claim_action: &'static str,
    /// In place of the claim where no old card may be promised.
    pub(crate) new_title: &'static str,
    pub(crate) new_text: &'static str,
    pub(crate) new_action: &'static str,
    pub(crate) prove_title: &'static str,
    pub(crate) prove_text: &'static str,
    pub(crate) prove_action: &'static str,
    pub(crate) switch_title: &'static str,
    pub(crate) continue_title: &'static str,
    pub(crate) continue_text: &'static str,
    pub(crate) continue_action: &'static str,
    pub(crate) account_changed_title: &'static str,
    pub(crate) account_changed_text: fn(from: &str, to: &str, Retention) -> String,
    pub(crate) follow_title: fn(account: &str) -> String,
    pub(crate) follow_text: &'static str,
    pub(crate) follow_qr: fn(account: &str) -> String,
    pub(crate) find_more: &'static str,
    pub(crate) stale: &'static str,
}

/// Words of avatar-tap switching.
pub(crate) struct SwitchingWording {
    pub(crate) kept_changing: &'static str,
    /// Comes before what happened and what to do.
    pub(crate) outcome_unknown: &'static str,
    pub(crate) unfinished: fn(merchant: &str, last_four: &str) -> String,
    pub(crate) finish: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) switch_to: fn(merchant: &str, last_four: &str) -> String,
    pub(crate) hint: &'static str,
    pub(crate) done: fn(merchant: &str, last_four: &str) -> String,
    pub(crate) undo: &'static str,
    /// Comes before what happened and what to do.
    pub(crate) undone: &'static str,
}

/// Words of the claim.
pub(crate) struct ClaimWording {
    /// Where the members were not kept when the account changed.
    pub(crate) introduction_not_kept: &'static str,
    pub(crate) phone_refused: &'static str,
    pub(crate) too_fast: &'static str,
    pub(crate) captcha_unanswered: &'static str,
    pub(crate) captcha_refresh: &'static str,
    pub(crate) code_incomplete: fn(missing: usize) -> String,
    pub(crate) code_malformed: &'static str,
    pub(crate) not_kept_title: &'static str,
    pub(crate) not_kept_text: &'static str,
    pub(crate) title: fn(Retention) -> &'static str,
    pub(crate) introduction: &'static str,
    pub(crate) expired: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) phone_placeholder: &'static str,
    pub(crate) phone_error: fn(MobileNumberError) -> &'static str,
    pub(crate) consent_before: &'static str,
    pub(crate) consent_terms: &'static str,
    pub(crate) consent_and: &'static str,
    pub(crate) consent_privacy: &'static str,
    pub(crate) consent_title: &'static str,
    pub(crate) consent_question: fn(merchant: &str) -> String,
    pub(crate) agree: &'static str,
    pub(crate) disagree: &'static str,
    pub(crate) terms_changed: &'static str,
    pub(crate) send_code: &'static str,
    pub(crate) captcha: &'static str,
    pub(crate) captcha_again: &'static str,
    pub(crate) captcha_submit: &'static str,
    pub(crate) code_title: &'static str,
    pub(crate) code_sent: fn(phone_masked: &str) -> String,
    pub(crate) code: &'static str,
    pub(crate) code_wrong: fn(attempts_left: u32) -> String,
    pub(crate) code_expired: &'static str,
    pub(crate) code_burned: &'static str,
    pub(crate) verify: &'static str,
    pub(crate) resend: &'static str,
    pub(crate) resend_in: fn(seconds: u32) -> String,
    pub(crate) resent: &'static str,
    pub(crate) other_phone: &'static str,
    /// Where one card was found, which is a question.
    pub(crate) one_title: &'static str,
    pub(crate) one_text: fn(phone_masked: &str) -> String,
    pub(crate) holder: fn(name: &str) -> String,
    pub(crate) bind_one: &'static str,
    pub(crate) not_mine: &'static str,
    pub(crate) not_mine_title: &'static str,
    pub(crate) choose_title: fn(count: usize) -> String,
    pub(crate) choose_text: &'static str,
    pub(crate) not_selectable: fn(Eligibility) -> &'static str,
    pub(crate) bind: fn(count: usize) -> String,
    pub(crate) none_chosen: &'static str,
    pub(crate) none_mine: &'static str,
    pub(crate) none_mine_title: &'static str,
    /// What to do about a card that is frozen and can be bound.
    pub(crate) frozen: &'static str,
    pub(crate) other_phone_text: &'static str,
    pub(crate) new_card_text: &'static str,
    pub(crate) new_card_sheet: &'static str,
    pub(crate) nothing_title: &'static str,
    pub(crate) nothing_text: fn(phone_masked: &str) -> String,
    pub(crate) nothing_bindable_title: &'static str,
    pub(crate) nothing_bindable_text: &'static str,
    pub(crate) try_other_phone: &'static str,
    pub(crate) ask_shop: &'static str,
    pub(crate) new_card_question: &'static str,
    pub(crate) open_new: &'static str,
    pub(crate) done_title: fn(count: usize) -> String,
    pub(crate) new_card_title: &'static str,
    /// What is read before and after the balance that came back.
    pub(crate) recovered: fn(points: i64) -> (&'static str, String),
    pub(crate) tap_to_use: &'static str,
    pub(crate) to_wallet: &'static str,
    pub(crate) close: &'static str,
}

/// Words around a card's coupons and its timeline.
pub(crate) struct CardPageWording {
    pub(crate) card_title: &'static str,
    pub(crate) title: &'static str,
    pub(crate) coupons_title: &'static str,
    pub(crate) coupon_state: fn(CouponState) -> &'static str,
    pub(crate) no_coupons: fn(CouponState) -> &'static str,
    pub(crate) valid_until: fn(date: &str) -> String,
    pub(crate) valid_from: fn(date: &str) -> String,
    pub(crate) valid_between: fn(from: &str, until: &str) -> String,
    pub(crate) entries_title: &'static str,
    pub(crate) entry_filter: fn(Option<EntryKind>) -> &'static str,
    pub(crate) no_entries: &'static str,
    pub(crate) amount: fn(EntryKind, i64) -> String,
    pub(crate) balance_after: fn(EntryKind, i64) -> String,
    pub(crate) more: &'static str,
    pub(crate) pin: &'static str,
    pub(crate) unpin: &'static str,
    pub(crate) show_coupon: &'static str,
    /// What a screen reader calls a coupon's own code.
    pub(crate) coupon_code: fn(title: &str) -> String,
    pub(crate) order: &'static str,
    pub(crate) level_progress: fn(points: &str, needed: &str) -> String,
    pub(crate) number: &'static str,
    pub(crate) benefits: &'static str,
    pub(crate) next_level: fn(name: &str, points: &str) -> String,
    pub(crate) validity: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) kind_online: &'static str,
    pub(crate) kind_physical: &'static str,
    pub(crate) origin: &'static str,
    pub(crate) origin_issued: &'static str,
    pub(crate) origin_claimed: &'static str,
    pub(crate) origin_opened: &'static str,
    pub(crate) origin_found: &'static str,
    pub(crate) previous_account: &'static str,
    pub(crate) copy_number: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) copy_failed: &'static str,
}

/// Words of the member code.
pub(crate) struct CodeWording {
    pub(crate) title: &'static str,
    pub(crate) instruction: &'static str,
    pub(crate) brightness: &'static str,
    pub(crate) picture: fn(last_four: &str) -> String,
    pub(crate) bar_code: fn(last_four: &str) -> String,
    pub(crate) offline: &'static str,
    pub(crate) full_screen: &'static str,
    /// What the till has done just now.
    pub(crate) used: fn(&LastUse) -> String,
    pub(crate) refreshing: &'static str,
    pub(crate) refreshes_in: fn(seconds: u32) -> String,
    pub(crate) member_number: &'static str,
}

/// Words of the profile.
pub(crate) struct ProfileWording {
    pub(crate) title: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) phone_unproven: &'static str,
    pub(crate) no_phone: &'static str,
    pub(crate) consents: &'static str,
    pub(crate) no_consents: &'static str,
    pub(crate) consent_given: fn(version: &str, date: &str) -> String,
    pub(crate) consent_withdrawn: fn(date: &str) -> String,
    pub(crate) unlink: &'static str,
    pub(crate) unlink_title: &'static str,
    pub(crate) unlink_text: &'static str,
    pub(crate) unlink_confirm: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) unlinked: &'static str,
    pub(crate) still_linked: &'static str,
    pub(crate) still_linked_text: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) kept_text: &'static str,
    pub(crate) clear_kept: &'static str,
    pub(crate) kept_cleared: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) not_signed_out: &'static str,
    pub(crate) signed_out: &'static str,
    pub(crate) signed_out_text: &'static str,
}

/// Words around the terms, whose own text the backend sends.
pub(crate) struct TermsWording {
    pub(crate) handler: &'static str,
    pub(crate) processor: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) data_types: &'static str,
    pub(crate) retention: &'static str,
    pub(crate) rights: &'static str,
    pub(crate) version: fn(&str) -> String,
}

/// Words of the page that helps when something is wrong.
pub(crate) struct ProblemWording {
    pub(crate) explain: fn(&ApiError) -> Explanation,
    pub(crate) open_from_menu: Explanation,
    pub(crate) not_found: Explanation,
    pub(crate) open_in_wechat: Explanation,
    pub(crate) open_in_wechat_qr: &'static str,
    pub(crate) sign_in_failed: Explanation,
    pub(crate) sign_in_again: &'static str,
    pub(crate) next_step: &'static str,
    /// Empty where it is the fan.
    pub(crate) mender_is: fn(Mender) -> &'static str,
    pub(crate) call_provider: fn(name: &str) -> String,
    pub(crate) staff_code: &'static str,
    pub(crate) staff_code_hint: &'static str,
    /// Before the version of the app.
    pub(crate) version: &'static str,
    pub(crate) wait: fn(seconds: u32) -> String,
    /// Joins whole sentences.
    pub(crate) paragraph: fn(sentences: &[&str]) -> String,
    pub(crate) open_wallet: &'static str,
}
