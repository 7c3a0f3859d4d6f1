//! What each language gives.

use kabao_preview::{
    backend::Customer,
    plan::{AccountChoice, Danger, Step, WhatIf},
};
use kabao_rules::cases::Case;

/// What a step says.
pub(crate) struct StepWords {
    pub(crate) title: &'static str,
    /// Where it is done, and by whom.
    pub(crate) place: &'static str,
}

/// The strings of one language.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) introduction: &'static str,
    pub(crate) console: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) view: &'static str,
    pub(crate) present: &'static str,
    pub(crate) future: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) not_in_manual: &'static str,
    pub(crate) steps: &'static str,
    pub(crate) steps_hint: &'static str,
    pub(crate) what_if_title: &'static str,
    pub(crate) customer: &'static str,
    pub(crate) sees: &'static str,
    pub(crate) readiness: &'static str,
    pub(crate) members: &'static str,
    pub(crate) without_phone: &'static str,
    pub(crate) sms_credits: &'static str,
    pub(crate) all_done: &'static str,
    pub(crate) no_phone_customer: &'static str,
    pub(crate) plastic_customer: &'static str,
    pub(crate) print: &'static str,
    pub(crate) message_from: &'static str,
    pub(crate) to_phone: &'static str,
    pub(crate) to_phone_hint: &'static str,
    pub(crate) loopback: &'static str,
    pub(crate) published: &'static str,
    pub(crate) brand: &'static str,
    pub(crate) brand_name: &'static str,
    pub(crate) brand_color: &'static str,
    pub(crate) brand_avatar: &'static str,
    pub(crate) storyboard: &'static str,
    pub(crate) storyboard_end: &'static str,
    pub(crate) next: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) tables: &'static str,
    pub(crate) tables_hint: &'static str,
    pub(crate) live_code: &'static str,
    pub(crate) dead_code: &'static str,
    pub(crate) ordering: &'static str,
    pub(crate) before: &'static str,
    /// Says which phone number is this customer's.
    pub(crate) customer_phone: fn(&str) -> String,
    /// What is special about a customer. The rules tell it in Chinese and in
    /// English.
    pub(crate) story: fn(&Customer) -> &str,
    /// What a step does for customers.
    pub(crate) effect: fn(Case, Step) -> &'static str,
    pub(crate) account: fn(AccountChoice) -> &'static str,
    pub(crate) step: fn(Case, Step) -> StepWords,
    pub(crate) what_if: fn(WhatIf) -> &'static str,
    pub(crate) outcome: fn(Case) -> &'static str,
    pub(crate) danger: fn(Danger) -> String,
}
