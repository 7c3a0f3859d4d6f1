use kabao_core::domain::wallet::{Lead, PhoneProof};
use leptos::prelude::*;

use crate::{i18n::use_wording, pages::closable::ClosableNotice, store::wallet::use_wallet};

/// Says that the restaurant has moved to another account, until that has been
/// mended: the phone is proven, and no old card waits to be put in use.
#[component]
pub(super) fn AccountChanged() -> impl IntoView {
    let wording = &use_wording().wallet;
    let wallet = use_wallet();
    move || {
        let (account, proof, lead, retention) = wallet.with(|shown| {
            let account = shown.wallet.account.clone();
            let proof = shown.wallet.phone_proof;
            Some((account, proof, shown.lead(), shown.retention()))
        })?;
        let from = account.changed_from?;
        if proof == PhoneProof::Proven && lead == Lead::Nothing {
            return None;
        }
        let key = format!("account-changed.{}.{from}", account.id.as_str());
        let text = (wording.account_changed_text)(&from, &account.name, retention);
        let title = wording.account_changed_title.to_owned();
        Some(view! { <ClosableNotice key title text /> })
    }
}
