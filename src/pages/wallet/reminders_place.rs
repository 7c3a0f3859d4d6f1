use leptos::prelude::*;

use super::reminders::COUNT;
use crate::{
    pages::lazy::{LazyPart, Part},
    store::wallet::use_wallet,
};

/// The place of the reminders. It is as high as they will be, so that no card moves
/// under a finger when they come.
#[component]
pub(super) fn RemindersPlace() -> impl IntoView {
    let wallet = use_wallet();
    let rows = untrack(|| {
        let now = wallet.now();
        wallet.with(|shown| Some(shown.wallet.lapse_count(now).min(COUNT)))
    });
    view! {
        <div class="wallet__reminders" style:--rows=rows.unwrap_or_default().to_string()>
            <LazyPart part=Part::Reminders />
        </div>
    }
}
