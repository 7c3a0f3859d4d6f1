use leptos::prelude::*;

use super::reminders::lapses;
use crate::{
    pages::lazy::{LazyPart, Part},
    store::wallet::use_wallet,
};

/// The place of the reminders. It is as high as they will be, so that no card moves
/// under a finger when they come.
#[component]
pub(super) fn RemindersPlace() -> impl IntoView {
    let rows = untrack(|| lapses(use_wallet()).len());
    view! {
        <div class="wallet__reminders" style:--rows=rows.to_string()>
            <LazyPart part=Part::Reminders />
        </div>
    }
}
