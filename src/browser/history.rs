//! Where the fan is and has been: the seam between the app and the address bar.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::page;

/// Called with the new path when Back or Forward has moved.
pub type OnMove = Box<dyn Fn(String)>;

/// A history of the addresses that were visited.
pub trait History {
    /// The path that the fan is at, without the query.
    fn path(&self) -> String;
    /// The query of the address, without `?`.
    fn query(&self) -> String;
    /// Goes to `path`, so that Back returns.
    fn push(&self, path: &str);
    /// Goes to `path`, so that Back leaves what is before it.
    fn replace(&self, path: &str);
    /// Goes back to the page of the app that pushed this one. Where there is
    /// none, because the fan arrived here, it goes to `otherwise`.
    fn back(&self, otherwise: &str);
    /// Leaves the app for `url`, and leaves no trace.
    fn leave_for(&self, url: &str);
    /// Calls `on_move` when Back or Forward has moved. There is one listener.
    fn listen(&self, on_move: OnMove);
    /// How many entries the app has pushed before this one.
    fn depth(&self) -> u32;
}

/// The browser's own history. The state of each entry that the app pushes is its
/// depth, which a reload keeps.
#[derive(Debug, Default)]
pub struct BrowserHistory;

impl BrowserHistory {
    fn with(act: impl Fn(&web_sys::History)) {
        if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            act(&history);
        }
    }
}

impl History for BrowserHistory {
    fn path(&self) -> String {
        web_sys::window()
            .and_then(|window| window.location().pathname().ok())
            .unwrap_or_else(|| "/".to_owned())
    }

    fn query(&self) -> String {
        web_sys::window()
            .and_then(|window| window.location().search().ok())
            .map(|search| search.trim_start_matches('?').to_owned())
            .unwrap_or_default()
    }

    fn depth(&self) -> u32 {
        web_sys::window()
            .and_then(|window| window.history().ok())
            .and_then(|history| history.state().ok())
            .and_then(|state| state.as_f64())
            .map_or(0, |depth| depth as u32)
    }

    fn push(&self, path: &str) {
        let depth = JsValue::from_f64(f64::from(self.depth() + 1));
        Self::with(|history| {
            let _ = history.push_state_with_url(&depth, "", Some(path));
        });
    }

    fn replace(&self, path: &str) {
        let depth = JsValue::from_f64(f64::from(self.depth()));
        Self::with(|history| {
            let _ = history.replace_state_with_url(&depth, "", Some(path));
        });
    }

    fn back(&self, otherwise: &str) {
        if self.depth() > 0 {
            Self::with(|history| {
                let _ = history.back();
            });
        } else {
            self.replace(otherwise);
            // Replacing raises no event, so the app is told as if it had.
            if let Some(window) = web_sys::window()
                && let Ok(event) = web_sys::Event::new("popstate")
            {
                let _ = window.dispatch_event(&event);
            }
        }
    }

    fn leave_for(&self, url: &str) {
        page::leave_for(url);
    }

    fn listen(&self, on_move: OnMove) {
        let callback = Closure::<dyn Fn()>::new(move || on_move(Self.path()));
        if let Some(window) = web_sys::window() {
            let _ = window
                .add_event_listener_with_callback("popstate", callback.as_ref().unchecked_ref());
        }
        // The app lives as long as the page does.
        callback.forget();
    }
}

/// A history that touches no address bar: for the preview and for tests.
pub struct MemoryHistory {
    entries: RefCell<Vec<String>>,
    query: String,
    listener: Cell<Option<Rc<OnMove>>>,
    on_leave: OnMove,
}

impl MemoryHistory {
    /// A history that begins at `path`, with `query`.
    #[must_use]
    pub fn new(path: &str, query: &str) -> Self {
        Self {
            entries: RefCell::new(vec![path.to_owned()]),
            query: query.to_owned(),
            listener: Cell::new(None),
            on_leave: Box::new(|_| {}),
        }
    }

    /// Whom to tell when the app is left, and for where.
    #[must_use]
    pub fn with_leaving(self, on_leave: OnMove) -> Self {
        Self { on_leave, ..self }
    }

    fn tell(&self) {
        if let Some(listener) = self.listener.take() {
            self.listener.set(Some(Rc::clone(&listener)));
            listener(self.path());
        }
    }
}

impl History for MemoryHistory {
    fn path(&self) -> String {
        let entries = self.entries.borrow();
        let address = entries.last().map_or("", String::as_str);
        let path = address.split('?').next();
        path.unwrap_or_default().to_owned()
    }

    fn query(&self) -> String {
        self.query.clone()
    }

    fn depth(&self) -> u32 {
        u32::try_from(self.entries.borrow().len().saturating_sub(1)).unwrap_or_default()
    }

    fn push(&self, path: &str) {
        self.entries.borrow_mut().push(path.to_owned());
    }

    fn replace(&self, path: &str) {
        let mut entries = self.entries.borrow_mut();
        entries.pop();
        entries.push(path.to_owned());
    }

    fn back(&self, otherwise: &str) {
        let has_previous = self.entries.borrow().len() > 1;
        if has_previous {
            self.entries.borrow_mut().pop();
        } else {
            self.replace(otherwise);
        }
        self.tell();
    }

    fn leave_for(&self, url: &str) {
        (self.on_leave)(url.to_owned());
    }

    fn listen(&self, on_move: OnMove) {
        self.listener.set(Some(Rc::new(on_move)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_returns_to_the_page_that_pushed() {
        let history = MemoryHistory::new("/a/x", "");
        let moved = Rc::new(RefCell::new(Vec::new()));
        let seen = Rc::clone(&moved);
        history.listen(Box::new(move |path| seen.borrow_mut().push(path)));
        history.push("/a/x/cards/1");
        history.replace("/a/x/cards/2");
        history.back("/a/x");
        assert_eq!(history.path(), "/a/x");
        assert_eq!(*moved.borrow(), ["/a/x"]);
    }

    #[test]
    fn back_from_the_page_of_arrival_goes_to_the_given_one() {
        let history = MemoryHistory::new("/a/x/cards/1", "");
        history.back("/a/x");
        assert_eq!(history.path(), "/a/x");
    }
}
