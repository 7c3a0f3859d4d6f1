//! What each language gives.

use kabao_rules::{cases::Customer, state::AccountKind};

use crate::{
    audience::Audience,
    numbers::NotANumber,
    outlook::{Judgement, Warning},
    plan::{Members, Move, Plan, Step, WhatIf},
    walk::Outcome,
};

/// What a step says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepWords {
    pub title: &'static str,
    /// By whom it is done, as the manual says for the section.
    pub who: &'static str,
    /// Where it is done.
    pub place: &'static str,
    /// What else the manual says of it; may be empty.
    pub note: &'static str,
}

/// What a customer is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerWords {
    /// The kind.
    pub kind: &'static str,
    /// One of them, by name.
    pub name: &'static str,
    /// What is special about them.
    pub story: &'static str,
}

/// The strings of one language.
pub struct Words {
    pub title: &'static str,
    pub introduction: &'static str,
    pub other_language: &'static str,
    pub phone: &'static str,

    pub present: &'static str,
    pub future: &'static str,
    pub keep: &'static str,
    pub kept: &'static str,
    pub dropped: &'static str,
    pub cautions_title: &'static str,
    pub cautions: &'static [&'static str],

    pub steps: &'static str,
    pub steps_hint: &'static str,
    pub if_left_out: &'static str,
    pub storyboard: &'static str,
    pub storyboard_end: &'static str,
    pub before: &'static str,
    pub next: &'static str,
    pub previous: &'static str,

    pub what_if_title: &'static str,
    pub customers: &'static str,
    pub customers_hint: &'static str,
    pub tables: &'static str,
    pub left_code: &'static str,
    pub right_code: &'static str,
    pub code_works: &'static str,
    pub code_dead: &'static str,
    /// The button that scans a code, named as it is above.
    pub scan: fn(code: &str) -> String,
    /// What a customer meets.
    pub told: fn(customer: &str, outcome: &str) -> String,
    pub ordering: &'static str,
    pub as_planned: &'static str,
    pub message_from: &'static str,

    pub verdict: &'static str,
    pub ready: fn(&Judgement) -> &'static str,
    pub not_ready: fn(usize) -> String,
    pub members_given_up: &'static str,
    pub numbers: &'static str,
    pub numbers_hint: &'static str,
    pub members: &'static str,
    pub without_phone: &'static str,
    pub sms_credits: &'static str,
    pub not_a_number: fn(NotANumber) -> &'static str,
    pub too_many_without_phone: &'static str,

    pub brand: &'static str,
    pub brand_hint: &'static str,
    pub brand_name: &'static str,
    pub brand_color: &'static str,
    pub brand_avatar: &'static str,
    pub brand_follow: &'static str,
    pub brand_phone: &'static str,
    pub provider_name: &'static str,
    pub provider_phone: &'static str,
    pub not_a_phone: &'static str,
    pub too_long: &'static str,
    pub old_account: fn(&str) -> String,

    pub on_a_phone: &'static str,
    pub on_a_phone_hint: &'static str,
    pub local_only: &'static str,

    pub hand_outs: &'static str,
    pub hand_outs_hint: &'static str,
    pub print: &'static str,
    /// Instead of it, while the pictures on the sheet are not there.
    pub preparing: &'static str,
    pub back: &'static str,
    pub paper: PaperWords,

    /// Says which phone number is this customer's.
    pub customer_phone: fn(&str) -> String,
    /// What a kind of account is called, before the switch and after it.
    pub account: fn(AccountKind) -> &'static str,
    pub new_account: fn(Move) -> &'static str,
    /// When one makes this move, and where the manual has it.
    pub scenario: fn(Move) -> &'static str,
    pub section: fn(Move) -> &'static str,
    pub customer: fn(Customer) -> CustomerWords,
    pub step: fn(&Plan, Step) -> StepWords,
    /// What has to be bought, once the numbers are known.
    pub credits_to_buy: fn(u32) -> String,
    pub what_if: fn(WhatIf) -> &'static str,
    /// What a customer meets.
    pub outcome: fn(Members, Customer, Outcome) -> String,
    pub warning: fn(&Plan, &Warning) -> String,
    /// For whom a forgotten step makes it easier.
    pub eased: fn(&[Customer]) -> String,
    pub audience: fn(Audience) -> &'static str,
}

/// What the hand-outs say.
pub struct PaperWords {
    pub owner_title: fn(&str) -> String,
    pub move_line: fn(Move, Members) -> String,
    pub day_of_switch: &'static str,
    pub done_by: &'static str,
    pub where_column: &'static str,
    pub step_column: &'static str,
    pub who_column: &'static str,
    pub date_column: &'static str,
    pub signed: &'static str,
    pub counts: fn(&Plan) -> Vec<String>,
    pub staff_title: fn(&str) -> String,
    pub staff_intro: fn(&Plan) -> &'static str,
    pub guests_see: &'static str,
    pub say: &'static str,
    pub sayings: fn(&Plan) -> Vec<(&'static str, &'static str)>,
    pub call: &'static str,
    pub call_hint: &'static str,
    pub shop_line: &'static str,
    pub provider_line: &'static str,
    pub guest_title: fn(&str) -> String,
    pub guest_lead: fn(&Plan) -> &'static str,
    pub guest_steps: fn(&Plan) -> [(&'static str, &'static str); 3],
    /// What each picture of the guest's phone shows. There are as many pictures.
    pub pictures: fn(&Plan) -> Vec<&'static str>,
    pub guest_code_here: &'static str,
    pub guest_scan: &'static str,
    pub guest_help: fn(&str) -> String,
}
