//! The wait before another code may be asked for.

use core::time::Duration;

use kabao_core::machine::claim::state::ClaimState;
use leptos::prelude::*;

use crate::{browser::clock, store::claim::use_claim};

const TICK: Duration = Duration::from_millis(250);

/// Whole seconds until a code may be asked for, while there are any.
pub(super) fn seconds_until_send() -> Memo<Option<u32>> {
    let claim = use_claim();
    let now = RwSignal::new(claim.now());
    clock::every(TICK, move || now.set(claim.now()));
    Memo::new(move |_| {
        claim
            .with(ClaimState::send_code_at)?
            .seconds_from(now.get())
    })
}
