//! A list that is loaded page by page, as the fan reads on.

use std::rc::Rc;

use crate::{
    api::client::Call,
    browser::dom::{Element, View, element, group, live, nothing},
    components::{
        button::{Emphasis, button},
        notice::notice,
        skeleton::skeleton,
    },
    context::{AppContext, Failure},
    pages::failure::failure_alone,
    signal::Signal,
};
use kabao_core::domain::{id::AccountId, list_page::ListPage};

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
type Fetch<T> = Box<dyn Fn(Option<&str>) -> Call<ListPage<T>>>;

/// What a list needs to know of its items.
pub(super) struct Paged<T: 'static> {
    /// Asks for the page behind a cursor, or for the first one.
    pub(super) fetch: Fetch<T>,
    /// What tells an item from every other.
    pub(super) id: fn(&T) -> &str,
    /// How an item looks.
    pub(super) row: Box<dyn Fn(&T) -> Element>,
    /// What is said when there is none.
    pub(super) empty: &'static str,
}

impl<T> Paged<T> {
    /// The list. The next page is loaded when its end comes into view.
    pub(super) fn view(self, app: AppContext, account: &AccountId) -> View {
        let Self {
            fetch,
            id,
            row,
            empty,
        } = self;
        let wording = app.history_wording();
        let items = Signal::new(Vec::<T>::new());
        let progress = Signal::new(Progress::Loading);
        let account = Signal::new(account.clone());
        let load: Rc<dyn Fn(Option<String>)> = Rc::new(move |cursor| {
            progress.set(Progress::Loading);
            fetch(cursor.as_deref()).then(move |result| {
                let Some(account) = account.try_get_untracked() else {
                    return;
                };
                match result {
                    Ok(page) => {
                        items.update(|items| items.extend(page.items));
                        progress.set(page.next_cursor.map_or(Progress::Complete, Progress::More));
                    }
                    Err(error) => {
                        progress.set(Progress::Failed(app.fail(&account, error), cursor));
                    }
                }
            });
        });
        load(None);
        let list = element("ul").class("rows").live_children(
            move || items.with(|items| items.iter().map(|item| id(item).to_owned()).collect()),
            move |key| {
                items.with_untracked(|items| {
                    let item = items.iter().find(|item| id(item) == key);
                    element("li").children(item.map(&row))
                })
            },
        );
        let end = live(move || match progress.get() {
            Progress::Loading => skeleton(app.wording().app.loading).into(),
            Progress::Complete if items.with_untracked(Vec::is_empty) => {
                element("p").class("rows__none").text(empty).into()
            }
            Progress::Complete => nothing(),
            Progress::More(cursor) => {
                let load = Rc::clone(&load);
                let next = move || load(Some(cursor.clone()));
                let on_seen = next.clone();
                button(wording.more, Emphasis::Quiet, next)
                    .on_seen(on_seen)
                    .into()
            }
            Progress::Failed(Failure::Call(error), cursor) => {
                let load = Rc::clone(&load);
                let explanation = (app.wording().explain)(&error);
                let retry = button(
                    app.wording().help.try_again,
                    Emphasis::Secondary,
                    move || load(cursor.clone()),
                );
                notice(explanation.title, explanation.next_step)
                    .child(retry)
                    .into()
            }
            Progress::Failed(failure, _) => failure_alone(app, &failure),
        });
        group([list.into(), end])
    }
}
