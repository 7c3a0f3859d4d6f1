use leptos::prelude::*;

use crate::{browser::clock, i18n::use_wording, store::wallet::use_wallet};

/// How old what is shown may be before its age is told, in milliseconds.
const FRESH: i64 = 60_000;

/// How old what is shown is, once that is worth telling.
#[component]
pub(super) fn Age() -> impl IntoView {
    let wording = &use_wording().card;
    let wallet = use_wallet();
    move || {
        let now = wallet.now();
        let as_of = wallet.as_of()?;
        (now.since(as_of) > FRESH).then(|| {
            let time = as_of.as_of(now, clock::utc_offset());
            view! { <p class="wallet__age">{(wording.as_of)(&time)}</p> }
        })
    }
}
