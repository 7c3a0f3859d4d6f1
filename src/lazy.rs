//! Functions in WebAssembly modules of their own, fetched when they are first
//! called.
//!
//! What is shipped is split (feature `split`); everywhere else, tests included,
//! the app is one module and such a function answers at once.

/// The module could not be fetched: the network failed, or the app on the server
/// has been replaced since the page was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotLoaded;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares an `async fn` whose body, and all that only the body needs, is in
/// the lazy module `$module`. `$preload` fetches the module without calling it.
macro_rules! lazy_fn {
    (
        $module:ident $(, preload $preload:ident)?;
        $(#[$attribute:meta])*
        fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $output:ty $body:block
    ) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($module, fallible $(, preload($preload))?)]
        $(#[$attribute])*
        fn $name($($argument: $type),*) -> Result<$output, $crate::lazy::NotLoaded> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        $(#[$attribute])*
        async fn $name($($argument: $type),*) -> Result<$output, $crate::lazy::NotLoaded> {
            Ok($body)
        }

        $(
            #[cfg(not(feature = "split"))]
            async fn $preload() -> Result<(), $crate::lazy::NotLoaded> {
                Ok(())
            }
        )?
    };
}
pub(crate) use lazy_fn;
