//! The screens behind the wallet, and the explanations of problems. What is
//! shipped has them in WebAssembly modules of their own, fetched once the wallet is
//! on the screen, so that the first card does not wait for them. The member code has
//! one for itself: at a till nobody should wait for the rest.

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
    problem::{AnotherFan, ProblemPage},
    profile::ProfilePage,
    retry::Retry,
    styles,
    table::TablePage,
    wallet::{
        footer::WalletFooter, list_mover::ListMover, list_window::ListWindow,
        notices::WalletNotices, problem::WalletProblem, reminders::Reminders, search::Search,
        switch_toast::SwitchToast,
    },
};
use crate::{
    browser::{boot, page},
    components::{button::Button, notice::Notice, skeleton::Skeleton},
    i18n::use_wording,
    lazy::{NotLoaded, lazy_fn},
    store::failure::Failure,
};

/// A view that a lazy module draws.
#[derive(Clone)]
enum LazyView {
    Page(Route),
    Part(Part),
    /// In place of a page that can't be shown.
    Problem(Failure, Retry),
    /// What moves the window of a long list.
    Window(ListWindow),
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
            Self::Page(_) | Self::Problem(..) | Self::Part(Part::WalletProblem | Part::AnotherFan)
        )
    }

    const fn is_code(&self) -> bool {
        matches!(self, Self::Page(Route::Code(..) | Route::CurrentCode(_)))
    }

    async fn draw(self) -> Result<AnyView, NotLoaded> {
        if self.is_code() {
            draw_code(self).await
        } else {
            draw(self).await
        }
    }

    /// Fetches the module that draws it, and says whether it is there.
    async fn fetch(&self) -> bool {
        if self.is_code() {
            preload_code().await.is_ok()
        } else {
            preload_pages().await.is_ok()
        }
    }
}

lazy_fn! {
    code, preload preload_code;
    fn draw_code(view: LazyView) -> AnyView {
        styles::install_for_code();
        match view {
            LazyView::Page(Route::Code(account, card)) => {
                view! { <CodePage account card problem=lazy_problem /> }.into_any()
            }
            LazyView::Page(Route::CurrentCode(account)) => {
                view! { <CurrentCodePage account problem=lazy_problem /> }.into_any()
            }
            _ => ().into_any(),
        }
    }
}

lazy_fn! {
    pages, preload preload_pages;
    fn draw(view: LazyView) -> AnyView {
        styles::install();
        match view {
            LazyView::Page(route) => page_of(route),
            LazyView::Window(window) => view! { <ListMover window /> }.into_any(),
            LazyView::Problem(failure, retry) => {
                view! { <ProblemPage failure retry=Some(retry) /> }.into_any()
            }
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
        Route::Card(account, card) => view! { <CardPage account card /> }.into_any(),
        Route::Claim(account) => view! { <ClaimPage account /> }.into_any(),
        Route::Profile(account) => view! { <ProfilePage account /> }.into_any(),
        Route::Table(code) => view! { <TablePage code /> }.into_any(),
        Route::Home => view! { <HomePage /> }.into_any(),
        // The wallet and the code are not drawn here.
        Route::Wallet(_) | Route::Code(..) | Route::CurrentCode(_) | Route::NotFound => {
            view! { <NotFoundPage /> }.into_any()
        }
    }
}

/// Fetches what draws the member code, so that it is there when it is wanted.
pub(super) fn fetch_code() {
    spawn_local(async {
        // Whoever opens the code finds out why it could not be fetched.
        let _ = preload_code().await;
    });
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

/// Moves the window of a long list.
#[component]
pub(super) fn LazyWindow(window: ListWindow) -> impl IntoView {
    drawn(LazyView::Window(window))
}

/// A problem in place of a page whose module does not explain problems itself.
fn lazy_problem(failure: Failure, retry: Retry) -> AnyView {
    drawn(LazyView::Problem(failure, retry)).into_any()
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
            if let LazyView::Window(window) = view {
                window.show_all();
            }
            return ().into_any();
        }
        if let Some(Ok(view)) = poll_once(view.clone().draw()) {
            return view;
        }
        let missing = view.clone();
        spawn_local(async move {
            if missing.fetch().await {
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
