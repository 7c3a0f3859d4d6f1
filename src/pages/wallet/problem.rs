use leptos::prelude::*;

use crate::{
    pages::{problem::ProblemPage, retry::Retry},
    store::wallet::use_wallet,
};

/// Why the wallet can't be shown, with a way to try again.
#[component]
pub(crate) fn WalletProblem() -> impl IntoView {
    let wallet = use_wallet();
    move || {
        let failure = wallet.failure()?;
        Some(view! { <ProblemPage failure retry=Some(Retry::of_wallet(wallet)) /> })
    }
}
