//! Where the fan is: the route, the history, and the sheets that Back closes.

use std::rc::Rc;

use kabao_core::route::Route;
use leptos::prelude::*;

use crate::{
    browser::{history::History, page},
    i18n::Language,
};

/// The route and the ways to another one. It is a handle: cheap to copy, the same
/// for every component.
#[derive(Clone, Copy)]
pub struct Router {
    history: StoredValue<Rc<dyn History>, LocalStorage>,
    route: RwSignal<Route>,
    /// How far each entry of the history was scrolled when it was left, in CSS
    /// pixels, by its depth.
    scrolled: StoredValue<Vec<f64>>,
    /// The open sheets, the topmost last.
    sheets: StoredValue<Vec<OpenSheet>>,
    /// The language that the address asked for, so that it goes on asking.
    language: Option<Language>,
}

#[derive(Clone, Copy)]
struct OpenSheet {
    /// The depth of the history entry that was pushed for it.
    depth: u32,
    on_close: Callback<()>,
}

impl Router {
    /// Begins at the address that `history` is at, and follows Back and Forward.
    #[must_use]
    pub fn new(history: Rc<dyn History>) -> Self {
        let query = history.query();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
        let router = Self {
            route: RwSignal::new(Route::parse(&history.path())),
            scrolled: StoredValue::new(Vec::new()),
            sheets: StoredValue::new(Vec::new()),
            language: asked.and_then(Language::from_tag),
            history: StoredValue::new_local(history),
        };
        router.history.with_value(|history| {
            history.listen(Box::new(move |path| router.moved(&path)));
        });
        router
    }

    /// The screen that is shown.
    #[must_use]
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// The screen that is shown, without tracking it.
    #[must_use]
    pub fn route_untracked(self) -> Route {
        self.route.get_untracked()
    }

    /// The query that the fan arrived with, without `?`.
    #[must_use]
    pub fn query(self) -> String {
        self.history.with_value(|history| history.query())
    }

    /// The address of the screen that is shown.
    #[must_use]
    pub fn here(self) -> String {
        self.href(&self.route_untracked())
    }

    /// Changes the query of the address, and nothing on the screen.
    pub fn rewrite_query(self, rewrite: fn(&str) -> String) {
        self.history.with_value(|history| {
            let address = format!("{}?{}", history.path(), history.query());
            history.replace(&rewrite(&address));
        });
    }

    /// The address of a screen, for a link.
    #[must_use]
    pub fn href(self, route: &Route) -> String {
        let mut address = route.path();
        if let Some(language) = self.language {
            address.push_str("?lang=");
            address.push_str(language.tag());
        }
        address
    }

    /// Shows another screen; Back returns to this one.
    pub fn push(self, route: Route) {
        self.sheets.set_value(Vec::new());
        let depth = self.depth();
        self.scrolled.update_value(|scrolled| {
            scrolled.resize(depth, 0.0);
            scrolled.push(page::scrolled());
        });
        self.history
            .with_value(|history| history.push(&self.href(&route)));
        self.show(route, 0.0);
    }

    /// Shows another screen in place of this one.
    pub fn replace(self, route: Route) {
        self.sheets.set_value(Vec::new());
        self.history
            .with_value(|history| history.replace(&self.href(&route)));
        self.show(route, 0.0);
    }

    /// Goes back to the screen that led here, or to `otherwise` if none did.
    pub fn back(self, otherwise: &Route) {
        self.history
            .with_value(|history| history.back(&self.href(otherwise)));
    }

    /// Leaves the app for `url`, without a trace in the history.
    pub fn leave_for(self, url: &str) {
        self.history.with_value(|history| history.leave_for(url));
    }

    /// Gives a sheet an entry of its own in the history, so that Back calls
    /// `on_close` instead of leaving the page. When the owner is gone, so is the
    /// entry.
    pub fn open_sheet(self, on_close: Callback<()>) {
        let here = self.here();
        let depth = self.history.with_value(|history| {
            history.push(&here);
            history.depth()
        });
        self.sheets
            .update_value(|sheets| sheets.push(OpenSheet { depth, on_close }));
        on_cleanup(move || self.close_sheet(depth));
    }

    fn close_sheet(self, depth: u32) {
        let was_open = self.sheets.try_update_value(|sheets| {
            let count = sheets.len();
            sheets.retain(|sheet| sheet.depth != depth);
            sheets.len() < count
        });
        if was_open == Some(true) {
            self.history
                .with_value(|history| history.back(&history.path()));
        }
    }

    /// Back or Forward has moved to `path`.
    fn moved(self, path: &str) {
        let depth = self.history.with_value(|history| history.depth());
        let scrolled = self
            .scrolled
            .with_value(|scrolled| scrolled.get(depth as usize).copied());
        let closed = self.sheets.try_update_value(|sheets| {
            let kept = sheets.partition_point(|sheet| sheet.depth <= depth);
            sheets.split_off(kept)
        });
        for sheet in closed.into_iter().flatten().rev() {
            sheet.on_close.run(());
        }
        self.show(Route::parse(path), scrolled.unwrap_or_default());
    }

    fn depth(self) -> usize {
        self.history.with_value(|history| history.depth()) as usize
    }

    /// Shows a screen, scrolled so far.
    fn show(self, route: Route, scrolled: f64) {
        if self.route_untracked() != route {
            self.route.set(route);
            request_animation_frame(move || page::scroll_to(scrolled));
        }
    }
}

/// The router of the app.
///
/// # Panics
///
/// Outside the app, where nothing has provided it.
#[must_use]
pub fn use_router() -> Router {
    expect_context()
}
