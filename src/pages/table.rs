//! A table code that was scanned.

use kabao_core::problem::{ApiError, ProblemCode, TableMerchant};
use leptos::prelude::*;

use super::{load::CallSlot, problem::ProblemPage, retry::Retry};
use crate::{
    components::{button::ButtonLink, skeleton::Skeleton},
    i18n::{ProblemWording, use_wording},
    router::use_router,
    store::{backend::use_backend, failure::Failure},
};

/// A live code leads on to ordering. A dead one says what happened and what to
/// do, with the wallet one tap away.
#[component]
pub(crate) fn TablePage(code: String) -> impl IntoView {
    let backend = use_backend();
    let router = use_router();
    let error = RwSignal::new(None::<ApiError>);
    let is_busy = RwSignal::new(false);
    let calls = CallSlot::new();
    let load = Callback::new(move |()| {
        is_busy.set(true);
        let call = backend.client().table(&code);
        calls.spawn(async move {
            let result = call.await;
            is_busy.set(false);
            match result {
                Ok(table) => router.leave_for(table.order_url.as_str()),
                Err(failed) => error.set(Some(failed)),
            }
        });
    });
    load.run(());
    let retry = Retry {
        on_retry: load,
        is_busy: is_busy.into(),
    };
    move || match error.get() {
        None => view! { <Skeleton label=use_wording().app.loading /> }.into_any(),
        Some(error) => view! { <Dead error retry /> }.into_any(),
    }
}

#[component]
fn Dead(error: ApiError, retry: Retry) -> impl IntoView {
    let merchant = merchant_of(&error).cloned().unwrap_or_default();
    // Of a code that is dead nothing new can be learnt.
    let retry = merchant_of(&error).is_none().then_some(retry);
    let name = merchant
        .name
        .map(|name| view! { <p class="table__merchant name" dir="auto">{name}</p> });
    let open_wallet = ProblemWording::in_use().open_wallet;
    let wallet = merchant
        .wallet_url
        .map(|url| view! { <ButtonLink label=open_wallet href=url.as_str().to_owned() /> });
    view! {
        {name}
        <ProblemPage failure=Failure::Call(error) retry>
            {wallet}
        </ProblemPage>
    }
}

fn merchant_of(error: &ApiError) -> Option<&TableMerchant> {
    match error.code()? {
        ProblemCode::TableCodeStale(merchant) | ProblemCode::TableCodeUnknown(merchant) => {
            Some(merchant)
        }
        _ => None,
    }
}
