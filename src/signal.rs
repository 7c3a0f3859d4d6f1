//! Values that the page follows.
//!
//! They stand on the reactive graph of Leptos: its triggers, effects and owners.
//! Leptos's own signals are compiled anew for every type that they hold: going
//! without them made the WebAssembly 39 KB smaller (8 KB with brotli 11). Here the graph knows one type, and only reading and writing a value
//! knows what the value is.

use std::{any::Any, cell::RefCell, fmt, marker::PhantomData, rc::Rc};

use leptos::prelude::{
    ArcTrigger, GetValue, LocalStorage, Notify, RenderEffect, StoredValue, Track,
};

/// A value that views follow. It is a handle: cheap to copy, the same for all.
///
/// It lives as long as the owner that it was made under. Work that outlives the
/// page, such as a call to the backend, may still hold it: what is written then
/// is dropped, because nobody is left to see it.
pub struct Signal<T> {
    slot: Slot,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> fmt::Debug for Signal<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Signal")
    }
}

impl<T: 'static> Signal<T> {
    /// A signal that holds `value`.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self::of(Some(value))
    }

    fn of(value: Option<T>) -> Self {
        Self {
            slot: Slot::new(Rc::new(RefCell::new(value))),
            value: PhantomData,
        }
    }

    /// Whether there is still somebody to see it.
    #[must_use]
    pub fn is_alive(self) -> bool {
        self.slot.find().is_some()
    }

    /// Reads the value; what does so follows it.
    ///
    /// # Panics
    ///
    /// If the page that it belongs to is gone.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.slot.track();
        self.with_untracked(read)
    }

    /// Makes what calls it follow the value, without reading it.
    pub fn follow(self) {
        self.slot.track();
    }

    /// Reads the value as it is now.
    ///
    /// # Panics
    ///
    /// If the page that it belongs to is gone.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        match self.try_with_untracked(read) {
            Some(result) => result,
            None => gone(),
        }
    }

    /// Reads the value as it is now, if the page that it belongs to is still
    /// there.
    pub fn try_with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        let mut read = Some(read);
        let mut result = None;
        self.slot.read(&mut |value| {
            let value = value.downcast_ref::<Option<T>>().and_then(Option::as_ref);
            if let (Some(value), Some(read)) = (value, read.take()) {
                result = Some(read(value));
            }
        });
        result
    }

    /// The value; what reads it follows it.
    ///
    /// # Panics
    ///
    /// If the page that it belongs to is gone.
    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value as it is now.
    ///
    /// # Panics
    ///
    /// If the page that it belongs to is gone.
    #[must_use]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// The value as it is now, if the page that it belongs to is still there.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_untracked(T::clone)
    }

    /// Holds `value` from now on.
    pub fn set(self, value: T) {
        let mut value = Some(value);
        self.slot.write(&mut |held| {
            if let Some(held) = held.downcast_mut() {
                *held = value.take();
            }
            Change::New
        });
    }

    /// Changes the value in place.
    pub fn update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut change = Some(change);
        let mut result = None;
        self.slot.write(&mut |held| {
            let held = held.downcast_mut::<Option<T>>().and_then(Option::as_mut);
            if let (Some(held), Some(change)) = (held, change.take()) {
                result = Some(change(held));
            }
            Change::New
        });
        result
    }
}

/// A value that is computed from signals, and computed anew when they change.
/// What follows it is told only when it has become another.
#[must_use]
pub fn derived<T: PartialEq + 'static>(compute: impl Fn() -> T + 'static) -> Signal<T> {
    let signal = Signal::of(None);
    follow(move || {
        let mut value = Some(compute());
        signal.slot.write(&mut |held| {
            let Some(held) = held.downcast_mut::<Option<T>>() else {
                return Change::None;
            };
            if *held == value {
                return Change::None;
            }
            *held = value.take();
            Change::New
        });
    });
    signal
}

/// Does `act` now, and again whenever a signal changes that it has read.
pub fn follow(act: impl Fn() + 'static) {
    follow_boxed(Box::new(act));
}

// What follows is the same for every type, and is compiled once.

fn follow_boxed(act: Box<dyn Fn()>) {
    let _kept = StoredValue::new_local(RenderEffect::new(move |_| act()));
}

/// Where the graph keeps a signal's value.
#[derive(Clone, Copy)]
struct Slot(StoredValue<Content, LocalStorage>);

/// What the graph sees of a signal.
#[derive(Clone)]
struct Content {
    /// An `Option<T>`; empty only while a derived value is computed for the
    /// first time.
    value: Rc<RefCell<dyn Any>>,
    changed: ArcTrigger,
}

/// What writing has done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    New,
    None,
}

impl Slot {
    fn new(value: Rc<RefCell<dyn Any>>) -> Self {
        Self(StoredValue::new_local(Content {
            value,
            changed: ArcTrigger::new(),
        }))
    }

    fn find(self) -> Option<Content> {
        self.0.try_get_value()
    }

    fn track(self) {
        if let Some(content) = self.find() {
            content.changed.track();
        }
    }

    fn read(self, read: &mut dyn FnMut(&dyn Any)) {
        if let Some(content) = self.find() {
            read(&*content.value.borrow());
        }
    }

    fn write(self, write: &mut dyn FnMut(&mut dyn Any) -> Change) {
        if let Some(content) = self.find() {
            let change = write(&mut *content.value.borrow_mut());
            if change == Change::New {
                content.changed.notify();
            }
        }
    }
}

#[cold]
#[track_caller]
fn gone() -> ! {
    panic!("a signal was read after its page was gone")
}
