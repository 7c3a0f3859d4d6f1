//! A table code that was scanned.

use leptos::{prelude::*, task::spawn_local};

use super::failure::FailureView;
use crate::{
    api::problem::{ApiError, Problem, ProblemCode, TableMerchant},
    browser::page,
    components::skeleton::Skeleton,
    context::{Failure, use_app},
};

/// A live code leads on to ordering. A dead one says what happened and what to
/// do, with the wallet one tap away.
#[component]
pub fn TablePage(
    /// The code.
    code: String,
) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    let error = RwSignal::new(None::<ApiError>);
    let code = StoredValue::new(code);
    let load = move || {
        error.set(None);
        spawn_local(async move {
            let Some(code) = code.try_get_value() else {
                return;
            };
            match app.client().table(&code).await {
                Ok(table) => page::leave_for(&table.order_url),
                Err(failed) => {
                    let _ = error.try_set(Some(failed));
                }
            }
        });
    };
    load();
    move || match error.get() {
        None => view! { <Skeleton label=wording.app.loading /> }.into_any(),
        Some(error) => {
            let merchant = merchant_of(&error);
            let name = merchant.and_then(|merchant| merchant.name.clone());
            let wallet = merchant.and_then(|merchant| merchant.wallet_url.clone());
            let failure = Failure::Call(error.clone());
            let retry = error
                .is_transient()
                .then(|| Callback::new(move |()| load()));
            let wallet = wallet.map(|url| {
                view! {
                    <a class="button button--secondary" href=url>
                        {wording.wallet.open_wallet}
                    </a>
                }
            });
            view! {
                {name.map(|name| view! { <p class="table__merchant">{name}</p> })}
                {match retry {
                    Some(retry) => view! { <FailureView failure on_retry=retry>{wallet}</FailureView> }
                        .into_any(),
                    None => view! { <FailureView failure>{wallet}</FailureView> }.into_any(),
                }}
            }
            .into_any()
        }
    }
}

fn merchant_of(error: &ApiError) -> Option<&TableMerchant> {
    let ApiError::Problem(problem) = error else {
        return None;
    };
    let Problem { code, .. } = &**problem;
    match code {
        ProblemCode::TableCodeStale(merchant) | ProblemCode::TableCodeUnknown(merchant) => {
            Some(merchant)
        }
        _ => None,
    }
}
