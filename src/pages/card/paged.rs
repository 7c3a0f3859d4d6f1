//! A list that is loaded page by page, as the fan reads on.

use kabao_core::domain::list_page::ListPage;
use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    api::client::Call,
    browser::intersection,
    components::{
        button::{Button, Emphasis},
        skeleton::Skeleton,
    },
    i18n::{CardPageWording, use_wording},
    pages::{problem::ProblemNotice, retry::Retry},
    store::{failure::Failure, session::use_session},
};

/// How far a list is loaded.
#[derive(Clone)]
enum Progress {
    Loading,
    /// There is more behind this cursor.
    More(String),
    Complete,
    /// The page behind this cursor could not be loaded.
    Failed(Failure, Option<String>),
}

/// Asks for the page behind a cursor, or for the first one.
pub(super) type Fetch<T> = Box<dyn Fn(Option<&str>) -> Call<ListPage<T>> + Send + Sync>;

/// The items so far. The next page is loaded when the end of the list comes into
/// view.
#[component]
pub(super) fn Paged<T: Clone + Send + Sync + 'static>(
    fetch: Fetch<T>,
    /// What tells an item from every other.
    id: fn(&T) -> &str,
    row: fn(T) -> AnyView,
    /// What is said when there is none.
    empty: &'static str,
) -> impl IntoView {
    let session = use_session();
    let items = RwSignal::new(Vec::<T>::new());
    let progress = RwSignal::new(Progress::Loading);
    let load = Callback::new(move |cursor: Option<String>| {
        progress.set(Progress::Loading);
        let call = fetch(cursor.as_deref());
        spawn_local(async move {
            match call.await {
                Ok(page) => {
                    items.try_update(|items| items.extend(page.items));
                    progress.try_set(page.next_cursor.map_or(Progress::Complete, Progress::More));
                }
                Err(error) => {
                    progress.try_set(Progress::Failed(session.fail(error), cursor));
                }
            }
        });
    });
    load.run(None);
    let is_empty = Signal::derive(move || items.with(Vec::is_empty));
    view! {
        <ul class="rows">
            <For
                each=move || items.get()
                key=move |item| id(item).to_owned()
                children=move |item| view! { <li>{row(item)}</li> }
            />
        </ul>
        <End progress is_empty load empty />
    }
}

/// What comes after the items so far.
#[component]
fn End(
    progress: RwSignal<Progress>,
    is_empty: Signal<bool>,
    load: Callback<Option<String>>,
    empty: &'static str,
) -> impl IntoView {
    move || match progress.get() {
        Progress::Loading => view! { <Skeleton label=use_wording().app.loading /> }.into_any(),
        Progress::Complete if is_empty.get_untracked() => {
            view! { <p class="rows__none">{empty}</p> }.into_any()
        }
        Progress::Complete => ().into_any(),
        Progress::More(cursor) => {
            let next = Callback::new(move |()| load.run(Some(cursor.clone())));
            view! { <More next /> }.into_any()
        }
        Progress::Failed(failure, cursor) => {
            let retry = Retry {
                on_retry: Callback::new(move |()| load.run(cursor.clone())),
                is_busy: Signal::stored(false),
            };
            view! { <ProblemNotice failure retry=Some(retry) /> }.into_any()
        }
    }
}

/// Loads the next page when it is seen, or by a tap where the browser can't tell.
#[component]
fn More(next: Callback<()>) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            intersection::observe(&place, move || next.run(()));
        }
    });
    let more = CardPageWording::in_use().more;
    view! {
        <div node_ref=place>
            <Button label=more emphasis=Emphasis::Quiet on_click=next />
        </div>
    }
}
