use leptos::prelude::use_context;

/// What the app has provided to its components.
///
/// It is Leptos's `expect_context`, whose panic names the type and the caller.
/// That takes the library's way to show text to programmers, with its tables of
/// Unicode: nothing else in the first module needs them, and they are 4 KB of it.
///
/// # Panics
///
/// Outside the app, where nothing has been provided.
pub(crate) fn expect_context<T: Clone + 'static>() -> T {
    match use_context() {
        Some(context) => context,
        None => panic!("used outside the app"),
    }
}
