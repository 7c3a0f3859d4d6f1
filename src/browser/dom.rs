//! What is on the screen: elements that follow signals.
//!
//! Leptos gives the signals, effects and owners; this module turns them into
//! elements. Leptos's own `view!` makes a type of every view and compiles each
//! of them by itself: the same screens cost 235 KB of WebAssembly that way and
//! 140 KB this way (brotli 11). Here every element is the same type, and what a
//! page hands over is boxed before it gets to work, so that everything is
//! compiled once.
//!
//! Whatever follows a signal lives as long as the owner that it was made under,
//! and an element that is made inside [`live`] is owned by it.

use std::cell::RefCell;

use leptos::prelude::{Owner, document, on_cleanup};
use wasm_bindgen::{JsCast, UnwrapThrowExt, closure::Closure};
use web_sys::{Event, Node};

use super::field::Field;
use crate::signal::{Signal, follow};

/// A part of the page: an element, several, or none.
#[derive(Clone, Debug)]
#[must_use = "a view is not on the page until it is put there"]
pub struct View(Node);

/// An element under construction.
#[derive(Clone, Debug)]
#[must_use = "an element is not on the page until it is put there"]
pub struct Element(web_sys::Element);

/// A new element.
pub fn element(tag: &'static str) -> Element {
    // The tags are constants of this app, and every browser makes those.
    Element(document().create_element(tag).unwrap_throw())
}

/// Nothing to see.
pub fn nothing() -> View {
    View(document().create_document_fragment().into())
}

/// Several views, one after the other.
pub fn group<V: Into<View>>(views: impl IntoIterator<Item = V>) -> View {
    let group = nothing();
    for view in views {
        let _ = group.0.append_child(&view.into().0);
    }
    group
}

/// A view that is built anew whenever a signal changes that `build` has read.
pub fn live<V: Into<View>>(build: impl Fn() -> V + 'static) -> View {
    live_view(Box::new(move || build().into()))
}

fn live_view(build: Box<dyn Fn() -> View>) -> View {
    let place = nothing();
    // Two empty comments mark where it begins and ends.
    let start: Node = document().create_comment("").into();
    let end: Node = document().create_comment("").into();
    for mark in [&start, &end] {
        let _ = place.0.append_child(mark);
    }
    follow(move || {
        let view = build();
        let Some(parent) = end.parent_node() else {
            return;
        };
        while let Some(old) = start.next_sibling().filter(|node| *node != end) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(&view.0, Some(&end));
    });
    place
}

/// Puts a view at the end of the page.
pub fn append_to_body(view: &View) {
    if let Some(body) = document().body() {
        let _ = body.append_child(&view.0);
    }
}

impl From<Element> for View {
    fn from(element: Element) -> Self {
        Self(element.0.into())
    }
}

impl<V: Into<Self>> From<Option<V>> for View {
    fn from(view: Option<V>) -> Self {
        view.map_or_else(nothing, Into::into)
    }
}

impl Element {
    /// With these classes.
    pub fn class(self, class: &str) -> Self {
        self.0.set_class_name(class);
        self
    }

    /// With this class while `is_so`.
    pub fn live_class(self, class: &'static str, is_so: impl Fn() -> bool + 'static) -> Self {
        self.follow_class(class, Box::new(is_so))
    }

    fn follow_class(self, class: &'static str, is_so: Box<dyn Fn() -> bool>) -> Self {
        let classes = self.0.class_list();
        follow(move || {
            let _ = classes.toggle_with_force(class, is_so());
        });
        self
    }

    /// With this attribute.
    pub fn attribute(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// With an attribute that follows signals. `None` takes it away.
    pub fn live_attribute<T: AsRef<str>>(
        self,
        name: &'static str,
        value: impl Fn() -> Option<T> + 'static,
    ) -> Self {
        let element = self.0.clone();
        follow(move || {
            let _ = match value() {
                Some(value) => element.set_attribute(name, value.as_ref()),
                None => element.remove_attribute(name),
            };
        });
        self
    }

    /// With this text at its end.
    pub fn text(self, text: &str) -> Self {
        let _ = self.0.append_with_str_1(text);
        self
    }

    /// With a text that follows signals and is all that is in it.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.follow_text(Box::new(text))
    }

    fn follow_text(self, text: Box<dyn Fn() -> String>) -> Self {
        let element = self.0.clone();
        follow(move || element.set_text_content(Some(&text())));
        self
    }

    /// With a drawing, given as SVG. It has to come from the app itself: it is
    /// not escaped.
    pub fn drawing(self, svg: &str) -> Self {
        self.0.set_inner_html(svg);
        self
    }

    /// With this view at its end.
    pub fn child(self, view: impl Into<View>) -> Self {
        self.append(&view.into())
    }

    fn append(self, view: &View) -> Self {
        let _ = self.0.append_child(&view.0);
        self
    }

    /// With these views at its end.
    pub fn children<V: Into<View>>(self, views: impl IntoIterator<Item = V>) -> Self {
        views.into_iter().fold(self, Self::child)
    }

    /// With a view at its end that follows signals, as [`live`].
    pub fn live<V: Into<View>>(self, build: impl Fn() -> V + 'static) -> Self {
        self.child(live(build))
    }

    /// With one element for each key, and nothing else in it. An element is
    /// built once, when its key appears, and moves with its key: it keeps the
    /// focus and costs nothing when another one comes or goes.
    pub fn live_children(
        self,
        keys: impl Fn() -> Vec<String> + 'static,
        build: impl Fn(&str) -> Self + 'static,
    ) -> Self {
        self.follow_children(Box::new(keys), Box::new(build))
    }

    fn follow_children(
        self,
        keys: Box<dyn Fn() -> Vec<String>>,
        build: Box<dyn Fn(&str) -> Self>,
    ) -> Self {
        let parent = self.0.clone();
        let owner = Owner::current().unwrap_or_default();
        let children = RefCell::new(Vec::<Child>::new());
        follow(move || {
            let mut old: Vec<_> = children.take().into_iter().map(Some).collect();
            // The keys mostly come in the order of before, so the search goes
            // on where the last one was found.
            let mut expected = 0;
            let mut find = |key: &str| {
                let places = (expected..old.len()).chain(0..expected.min(old.len()));
                let is_it =
                    |child: &Option<Child>| child.as_ref().is_some_and(|child| child.key == key);
                let place = places.into_iter().find(|place| is_it(&old[*place]))?;
                expected = place + 1;
                old[place].take()
            };
            let present: Vec<_> = keys()
                .into_iter()
                .map(|key| find(&key).unwrap_or_else(|| Child::new(key, &owner, &build)))
                .collect();
            for child in old.into_iter().flatten() {
                child.element.remove();
                child.owner.cleanup();
            }
            let mut place = parent.first_element_child();
            for child in &present {
                if place.as_ref() == Some(&child.element) {
                    place = child.element.next_element_sibling();
                } else {
                    let _ = parent.insert_before(&child.element, place.as_deref());
                }
            }
            children.replace(present);
        });
        self
    }

    /// A field or a box with a state of its own, which follows signals.
    pub fn live_field(self, update: impl Fn(&Field) + 'static) -> Self {
        if let Some(field) = Field::of(&self.0) {
            follow(move || update(&field));
        }
        self
    }

    /// Does `act` on a tap, a click, or the keyboard's equal of it.
    pub fn on_press(self, act: impl Fn() + 'static) -> Self {
        self.listen("click", Box::new(move |_| act()))
    }

    /// A link that does `act` in place of what the browser would do.
    pub fn on_follow(self, act: impl Fn() + 'static) -> Self {
        self.listen(
            "click",
            Box::new(move |event| {
                event.prevent_default();
                act();
            }),
        )
    }

    /// Does `act` on a tap on this element itself, not on something in it.
    pub fn on_press_itself(self, act: impl Fn() + 'static) -> Self {
        self.listen(
            "click",
            Box::new(move |event| {
                if event.target() == event.current_target() {
                    act();
                }
            }),
        )
    }

    /// A form that does `act` in place of what the browser would do.
    pub fn on_submit(self, act: impl Fn() + 'static) -> Self {
        self.listen(
            "submit",
            Box::new(move |event| {
                event.prevent_default();
                act();
            }),
        )
    }

    /// Does `act` whenever somebody has typed into this field.
    pub fn on_input(self, act: impl Fn(&Field) + 'static) -> Self {
        self.listen_field("input", Box::new(act))
    }

    /// Does `act` when somebody has ticked this box or taken the tick away, or
    /// has chosen something here.
    pub fn on_change(self, act: impl Fn(&Field) + 'static) -> Self {
        self.listen_field("change", Box::new(act))
    }

    fn listen_field(self, event: &str, act: Box<dyn Fn(&Field)>) -> Self {
        let field = Field::of(&self.0);
        self.listen(
            event,
            Box::new(move |_| {
                if let Some(field) = &field {
                    act(field);
                }
            }),
        )
    }

    /// Does `act` when the picture can't be loaded.
    pub fn on_missing(self, act: impl Fn() + 'static) -> Self {
        self.listen("error", Box::new(move |_| act()))
    }

    /// Does `act` with the width of what fits into the element, in CSS pixels,
    /// now and whenever it changes.
    pub fn on_width(self, act: impl Fn(f64) + 'static) -> Self {
        let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let entry = entries.get(entries.length().saturating_sub(1));
            let entry = entry.unchecked_into::<web_sys::ResizeObserverEntry>();
            act(entry.content_rect().width());
        });
        let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref());
        // The owner drops the closure, after the observer has been stopped.
        let _kept = Signal::new(callback);
        if let Ok(observer) = observer {
            observer.observe(&self.0);
            on_cleanup(move || observer.disconnect());
        }
        self
    }

    /// Does `act` when the element comes into view.
    pub fn on_seen(self, act: impl Fn() + 'static) -> Self {
        let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let is_seen = entries.iter().any(|entry| {
                entry
                    .unchecked_into::<web_sys::IntersectionObserverEntry>()
                    .is_intersecting()
            });
            if is_seen {
                act();
            }
        });
        let observer = web_sys::IntersectionObserver::new(callback.as_ref().unchecked_ref());
        // The owner drops the closure, after the observer has been stopped.
        let _kept = Signal::new(callback);
        if let Ok(observer) = observer {
            observer.observe(&self.0);
            on_cleanup(move || observer.disconnect());
        }
        self
    }

    fn listen(self, event: &str, act: Box<dyn Fn(Event)>) -> Self {
        // The browser lets go of it with the element.
        let listener = Closure::wrap(act).into_js_value();
        let _ = self
            .0
            .add_event_listener_with_callback(event, listener.unchecked_ref());
        self
    }
}

/// An element of [`Element::live_children`].
struct Child {
    key: String,
    element: web_sys::Element,
    owner: Owner,
}

impl Child {
    fn new(key: String, parent: &Owner, build: &dyn Fn(&str) -> Element) -> Self {
        let owner = parent.child();
        let element = owner.with(|| build(&key)).0;
        Self {
            key,
            element,
            owner,
        }
    }
}
