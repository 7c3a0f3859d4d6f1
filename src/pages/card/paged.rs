//! A list that is loaded page by page, as the fan reads on.

use kabao_core::domain::list_page::ListPage;
use leptos::{html, prelude::*};

use crate::{
    api::client::Call,
    browser::intersection,
    components::{
        button::{BusyButton, Emphasis},
        skeleton::Skeleton,
    },
    i18n::{CardPageWording, use_wording},
    pages::{load::CallSlot, problem::ProblemNotice, retry::Retry},
    store::{failure::Failure, session::use_session},
};

/// Asks for the page behind a cursor, or for the first one.
pub(super) type Fetch<T> = Box<dyn Fn(Option<&str>) -> Call<ListPage<T>> + Send + Sync>;

/// The page that is to be loaded next.
#[derive(Clone, PartialEq, Eq)]
enum Next {
    First,
    Behind(String),
    /// Everything is there.
    Done,
}

/// How far a list is loaded. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
struct Progress {
    next: RwSignal<Next>,
    /// Why `next` could not be loaded.
    failure: RwSignal<Option<Failure>>,
    is_busy: RwSignal<bool>,
    load: Callback<()>,
}

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
    let items = RwSignal::new(Vec::<T>::new());
    let progress = load_pages(fetch, id, items);
    let is_empty = Signal::derive(move || items.with(Vec::is_empty));
    view! {
        <ul class="rows">
            <For
                each=move || items.get()
                key=move |item| id(item).to_owned()
                children=move |item| view! { <li>{row(item)}</li> }
            />
        </ul>
        <End progress is_empty empty />
    }
}

fn load_pages<T: Send + Sync + 'static>(
    fetch: Fetch<T>,
    id: fn(&T) -> &str,
    items: RwSignal<Vec<T>>,
) -> Progress {
    let session = use_session();
    let calls = CallSlot::new();
    let next = RwSignal::new(Next::First);
    let failure = RwSignal::new(None);
    let is_busy = RwSignal::new(false);
    let load = Callback::new(move |()| {
        if is_busy.get_untracked() {
            return;
        }
        let call = match next.get_untracked() {
            Next::First => fetch(None),
            Next::Behind(cursor) => fetch(Some(&cursor)),
            Next::Done => return,
        };
        is_busy.set(true);
        calls.spawn(async move {
            let result = call.await;
            is_busy.set(false);
            match result {
                Ok(page) => {
                    let has_new = items.try_update(|items| append(items, page.items, id));
                    failure.set(None);
                    next.set(match page.next_cursor {
                        // A page of known items would be followed by itself.
                        Some(cursor) if has_new == Some(true) => Next::Behind(cursor),
                        _ => Next::Done,
                    });
                }
                Err(error) => failure.set(Some(session.fail(error))),
            }
        });
    });
    load.run(());
    Progress {
        next,
        failure,
        is_busy,
        load,
    }
}

/// Appends what is new, and says whether anything is. When something has happened
/// on the card meanwhile, a page can begin with the end of the one before.
fn append<T>(items: &mut Vec<T>, page: Vec<T>, id: fn(&T) -> &str) -> bool {
    let count = items.len();
    for item in page {
        if !items.iter().any(|known| id(known) == id(&item)) {
            items.push(item);
        }
    }
    items.len() > count
}

/// What comes after the items so far.
#[component]
fn End(progress: Progress, is_empty: Signal<bool>, empty: &'static str) -> impl IntoView {
    let retry = Retry {
        on_retry: progress.load,
        is_busy: progress.is_busy.into(),
    };
    let next = Memo::new(move |_| progress.next.get());
    move || {
        if let Some(failure) = progress.failure.get() {
            return view! { <ProblemNotice failure retry=Some(retry) /> }.into_any();
        }
        match next.get() {
            Next::First => view! { <Skeleton label=use_wording().app.loading /> }.into_any(),
            Next::Behind(_) => view! { <More progress /> }.into_any(),
            Next::Done if is_empty.get_untracked() => {
                view! { <p class="rows__none">{empty}</p> }.into_any()
            }
            Next::Done => ().into_any(),
        }
    }
}

/// Loads the next page when it is seen, or by a tap where the browser can't tell.
#[component]
fn More(progress: Progress) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            intersection::observe(&place, move || progress.load.run(()));
        }
    });
    view! {
        <div node_ref=place>
            <BusyButton
                label=CardPageWording::in_use().more
                emphasis=Emphasis::Quiet
                is_busy=progress.is_busy
                on_click=progress.load
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_that_comes_twice_is_listed_once() {
        let mut items = vec!["3", "2"];
        assert!(append(&mut items, vec!["2", "1"], |item| item));
        assert_eq!(items, ["3", "2", "1"]);
        assert!(!append(&mut items, vec!["1"], |item| item));
    }
}
