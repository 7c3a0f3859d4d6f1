//! Where the fan is: the route, the history, and the sheets that Back closes.

mod sheet_stack;

use std::rc::Rc;

use kabao_core::route::Route;
use leptos::prelude::*;

use self::sheet_stack::{SheetId, SheetStack, Step};
use crate::{
    browser::{history::History, page},
    context::expect_context,
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
    /// The open sheets, each with what closes it.
    sheets: StoredValue<SheetStack<Callback<()>>>,
    /// Where to go once the history has no entry of a sheet any more.
    pending: StoredValue<Option<Navigation>>,
    /// The language that the address asked for, so that it goes on asking.
    language: Option<Language>,
}

enum Navigation {
    Push(Route),
    Replace(Route),
}

impl Router {
    /// Begins at the address that `history` is at, and follows Back and Forward.
    #[must_use]
    pub fn new(history: Rc<dyn History>) -> Self {
        let router = Self {
            route: RwSignal::new(Route::parse(&history.path())),
            scrolled: StoredValue::new(Vec::new()),
            sheets: StoredValue::new(SheetStack::new()),
            pending: StoredValue::new(None),
            language: Language::asked_by(&history.query()),
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

    /// The query of the address, without `?`.
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
        self.navigate(Navigation::Push(route));
    }

    /// Shows another screen in place of this one.
    pub fn replace(self, route: Route) {
        self.navigate(Navigation::Replace(route));
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
        let depth = self.depth();
        let sheet = self
            .sheets
            .try_update_value(|sheets| sheets.open(depth, on_close));
        self.settle();
        if let Some(sheet) = sheet {
            on_cleanup(move || self.close_sheet(sheet));
        }
    }

    fn close_sheet(self, sheet: SheetId) {
        self.sheets.try_update_value(|sheets| sheets.close(sheet));
        self.settle();
    }

    /// Brings the entries of the history in line with the open sheets, and goes
    /// where the fan wanted to go meanwhile.
    fn settle(self) {
        while let Some(step) = self
            .sheets
            .try_update_value(SheetStack::next_step)
            .flatten()
        {
            self.history.with_value(|history| match step {
                Step::Push => history.push(&self.here()),
                Step::Back => history.back(&self.here()),
            });
        }
        if self.sheets.with_value(SheetStack::is_settled)
            && let Some(navigation) = self.pending.try_update_value(Option::take).flatten()
        {
            self.carry_out(navigation);
        }
    }

    /// Back or Forward has moved to `path`.
    fn moved(self, path: &str) {
        let Some(depth) = self.history.try_with_value(|history| history.depth()) else {
            // The app is gone, and its history has outlived it.
            return;
        };
        let scrolled = self
            .scrolled
            .with_value(|scrolled| scrolled.get(depth as usize).copied());
        let closed = self.sheets.try_update_value(|sheets| sheets.moved(depth));
        for on_close in closed.into_iter().flatten() {
            on_close.try_run(());
        }
        self.show(Route::parse(path), scrolled.unwrap_or_default());
        self.settle();
    }

    fn navigate(self, navigation: Navigation) {
        self.sheets.update_value(SheetStack::close_all);
        self.pending.set_value(Some(navigation));
        self.settle();
    }

    fn carry_out(self, navigation: Navigation) {
        match navigation {
            Navigation::Push(route) => {
                let depth = self.depth() as usize;
                self.scrolled.update_value(|scrolled| {
                    scrolled.resize(depth, 0.0);
                    scrolled.push(page::scrolled());
                });
                self.history
                    .with_value(|history| history.push(&self.href(&route)));
                self.show(route, 0.0);
            }
            Navigation::Replace(route) => {
                self.history
                    .with_value(|history| history.replace(&self.href(&route)));
                self.show(route, 0.0);
            }
        }
    }

    fn depth(self) -> u32 {
        self.history.with_value(|history| history.depth())
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
