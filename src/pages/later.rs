//! The screens behind the wallet. What is shipped keeps them in a module of
//! their own, which is fetched when the wallet is on the screen, so that the
//! first card does not wait for them.

use core::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use leptos::task::spawn_local;

use super::{
    card::card_page,
    claim::claim_page,
    code::code_page,
    failure::failure_view,
    profile::profile_page,
    signpost::{home_page, not_found_page},
    table::table_page,
};
use crate::{
    browser::{
        boot::{self, MissingFile},
        dom::{View, element, live},
        page,
    },
    components::{qr_code, skeleton::skeleton},
    context::{AppContext, Failure},
    signal::Signal,
};
use kabao_core::{problem::ApiError, route::Route};

/// The module could not be fetched.
struct NotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// A view that the module draws.
enum Drawing {
    Page(Route),
    /// The QR code of the page's own address.
    AddressCode,
}

#[cfg(feature = "split")]
#[wasm_split_helpers::wasm_split(later, fallible, preload(fetch_module))]
fn draw(app: AppContext, drawing: &Drawing) -> Result<View, NotLoaded> {
    Ok(draw_now(app, drawing))
}

#[cfg(not(feature = "split"))]
async fn draw(app: AppContext, drawing: &Drawing) -> Result<View, NotLoaded> {
    Ok(draw_now(app, drawing))
}

#[cfg(not(feature = "split"))]
async fn fetch_module() -> Result<(), NotLoaded> {
    Ok(())
}

fn draw_now(app: AppContext, drawing: &Drawing) -> View {
    let route = match drawing {
        Drawing::Page(route) => route.clone(),
        Drawing::AddressCode => return address_code(app),
    };
    match route {
        Route::Wallet(_) | Route::NotFound => not_found_page(app),
        Route::Card(account, card) => card_page(app, account, card),
        Route::Code(account, card) => code_page(app, account, card),
        Route::Claim(account) => claim_page(app, account),
        Route::Profile(account) => profile_page(app, account),
        Route::Table(code) => table_page(app, code),
        Route::Home => home_page(app),
    }
}

fn address_code(app: AppContext) -> View {
    qr_code::picture_of(&page::address())
        .map(|picture| {
            element("img")
                .class("problem__qr")
                .attribute("src", &picture)
                .attribute("alt", app.wording().app.open_in_wechat_qr)
        })
        .into()
}

/// Any page but the wallet.
pub(crate) fn later_page(app: AppContext, route: Route) -> View {
    later(app, Drawing::Page(route))
}

/// The QR code of the page's own address.
pub(super) fn later_address_code(app: AppContext) -> View {
    later(app, Drawing::AddressCode)
}

/// Fetches the module, so that it is there when it is needed.
pub(crate) fn fetch_later_pages() {
    spawn_local(async {
        // A page that needs it then asks again, and says so if that fails.
        let _ = fetch_module().await;
    });
}

/// How far fetching the module is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fetch {
    Begun,
    Done,
    Failed,
}

fn later(app: AppContext, drawing: Drawing) -> View {
    let fetch = Signal::new(Fetch::Begun);
    live(move || {
        if fetch.get() == Fetch::Failed {
            return failure_view(app, &Failure::Call(ApiError::Offline), page::reload);
        }
        if let Some(Ok(view)) = at_once(draw(app, &drawing)) {
            return view;
        }
        spawn_local(async move {
            if fetch_module().await.is_ok() {
                fetch.set(Fetch::Done);
            } else if boot::why_missing().await == MissingFile::Unreachable {
                fetch.set(Fetch::Failed);
            }
        });
        skeleton(app.wording().app.loading).into()
    })
}

/// What `future` results in, if it does not have to wait.
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}
