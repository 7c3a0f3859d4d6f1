//! The screens behind the wallet, and the explanations of problems. What is
//! shipped has them in a WebAssembly module of their own, fetched once the
//! wallet is on the screen, so that the first card does not wait for them.

use core::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use kabao_core::route::Route;
use leptos::{prelude::*, task::spawn_local};

use super::{
    card::CardPage,
    claim::ClaimPage,
    code::{CodePage, CurrentCodePage},
    info::{HomePage, NotFoundPage},
    problem::AnotherFan,
    profile::ProfilePage,
    styles,
    table::TablePage,
    wallet::{
        footer::WalletFooter, notices::WalletNotices, problem::WalletProblem, reminders::Reminders,
        search::Search, switch_toast::SwitchToast,
    },
};
use crate::{
    browser::{boot, page},
    components::{button::Button, notice::Notice, skeleton::Skeleton},
    i18n::use_wording,
    lazy::lazy_fn,
};

/// A view that the module draws.
#[derive(Clone)]
enum LazyView {
    Page(Route),
    Part(Part),
}

/// The parts of a page that are lazy.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// In place of a wallet that can't be shown.
    WalletProblem,
    /// In place of a page whose fan is no longer the one who is signed in.
    AnotherFan,
    WalletNotices,
    Reminders,
    Search,
    WalletFooter,
    SwitchToast,
}

impl LazyView {
    /// Whether the page is nothing without it. Of the other parts nothing is
    /// seen until the module is there.
    const fn is_missed(&self) -> bool {
        matches!(
            self,
            Self::Page(_) | Self::Part(Part::WalletProblem | Part::AnotherFan)
        )
    }
}

lazy_fn! {
    pages, preload preload_pages;
    fn draw(view: LazyView) -> AnyView {
        styles::install();
        match view {
            LazyView::Page(route) => page_of(route),
            LazyView::Part(Part::WalletProblem) => view! { <WalletProblem /> }.into_any(),
            LazyView::Part(Part::AnotherFan) => view! { <AnotherFan /> }.into_any(),
            LazyView::Part(Part::WalletNotices) => view! { <WalletNotices /> }.into_any(),
            LazyView::Part(Part::Reminders) => view! { <Reminders /> }.into_any(),
            LazyView::Part(Part::Search) => view! { <Search /> }.into_any(),
            LazyView::Part(Part::WalletFooter) => view! { <WalletFooter /> }.into_any(),
            LazyView::Part(Part::SwitchToast) => view! { <SwitchToast /> }.into_any(),
        }
    }
}

fn page_of(route: Route) -> AnyView {
    match route {
        Route::Wallet(_) | Route::NotFound => view! { <NotFoundPage /> }.into_any(),
        Route::Card(account, card) => view! { <CardPage account card /> }.into_any(),
        Route::Code(account, card) => view! { <CodePage account card /> }.into_any(),
        Route::CurrentCode(account) => view! { <CurrentCodePage account /> }.into_any(),
        Route::Claim(account) => view! { <ClaimPage account /> }.into_any(),
        Route::Profile(account) => view! { <ProfilePage account /> }.into_any(),
        Route::Table(code) => view! { <TablePage code /> }.into_any(),
        Route::Home => view! { <HomePage /> }.into_any(),
    }
}

/// Any page but the wallet.
#[component]
pub(crate) fn LazyPage(route: Route) -> impl IntoView {
    drawn(LazyView::Page(route))
}

/// A part of the page that the first screen can do without.
#[component]
pub(crate) fn LazyPart(part: Part) -> impl IntoView {
    drawn(LazyView::Part(part))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fetch {
    Pending,
    Done,
    Failed,
}

fn drawn(view: LazyView) -> impl IntoView {
    let fetch = RwSignal::new(Fetch::Pending);
    let wording = use_wording();
    move || {
        let is_missed = view.is_missed();
        if fetch.get() == Fetch::Failed {
            if is_missed {
                return view! { <NotFetched /> }.into_any();
            }
            return ().into_any();
        }
        if let Some(Ok(view)) = poll_once(draw(view.clone())) {
            return view;
        }
        spawn_local(async move {
            if preload_pages().await.is_ok() {
                fetch.try_set(Fetch::Done);
            } else {
                // A version that the server has no more is replaced by the boot
                // script, which loads the page anew.
                boot::why_missing().await;
                fetch.try_set(Fetch::Failed);
            }
        });
        if is_missed {
            return view! { <Skeleton label=wording.app.loading /> }.into_any();
        }
        ().into_any()
    }
}

/// The module can't be fetched: without a network, or because the app on the
/// server has been replaced since. Loading the page anew helps with both.
#[component]
fn NotFetched() -> impl IntoView {
    let wording = &use_wording().app;
    view! {
        <Notice title=wording.not_fetched text=wording.not_fetched_text>
            <Button label=wording.reload on_click=Callback::new(|()| page::reload()) />
        </Notice>
    }
}

/// What `future` results in, if it does not have to wait.
fn poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}
