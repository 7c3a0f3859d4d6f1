//! A table code that was scanned.

use super::failure::{failure_with_actions, try_again};
use crate::{
    browser::dom::{View, element, group, live},
    components::{button::button_link, skeleton::skeleton},
    context::{AppContext, Failure},
    signal::Signal,
};
use kabao_core::problem::{ApiError, ProblemCode, TableMerchant};

/// A live code leads on to ordering. A dead one says what happened and what to
/// do, with the wallet one tap away.
pub(crate) fn table_page(app: AppContext, code: String) -> View {
    let wording = app.wording();
    let error = Signal::new(None::<ApiError>);
    let code = Signal::new(code);
    let load = move || {
        error.set(None);
        let call = app.client().table(&code.get_untracked());
        call.then(move |result| match result {
            Ok(table) => app.leave_for(table.order_url.as_str()),
            Err(failed) => error.set(Some(failed)),
        });
    };
    load();
    live(move || {
        let Some(error) = error.get() else {
            return skeleton(wording.app.loading).into();
        };
        let merchant = merchant_of(&error);
        let name = merchant
            .and_then(|merchant| merchant.name.as_deref())
            .map(|name| element("p").class("table__merchant").text(name));
        let wallet = merchant
            .and_then(|merchant| merchant.wallet_url.as_ref())
            .map(|url| button_link(wording.wallet.open_wallet, url.as_str()));
        let retry = error.is_transient().then(|| try_again(app, load));
        let actions = group([View::from(retry), wallet.into()]);
        let failure = failure_with_actions(app, &Failure::Call(error), actions);
        group([name.into(), failure])
    })
}

fn merchant_of(error: &ApiError) -> Option<&TableMerchant> {
    match error.code()? {
        ProblemCode::TableCodeStale(merchant) | ProblemCode::TableCodeUnknown(merchant) => {
            Some(merchant)
        }
        _ => None,
    }
}
