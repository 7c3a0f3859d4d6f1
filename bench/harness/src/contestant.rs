//! Who is measured.

use std::path::{Path, PathBuf};

/// A page that shows the wallet.
#[derive(Clone, Debug)]
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    /// Its files.
    pub(crate) root: PathBuf,
    /// Whether the wallet's reply is in its page.
    pub(crate) is_inlined: bool,
    /// Whether it can search, sort and hold thousands of cards.
    pub(crate) is_whole: bool,
}

/// The name of the one that the others are compared with.
pub(crate) const KABAO: &str = "kabao";

/// Everybody, from the least that anybody could do to what this field uses.
pub(crate) fn all(dist: &Path, peers: &Path) -> Vec<Contestant> {
    let of = |name, root: PathBuf, is_inlined, is_whole| Contestant {
        name,
        root,
        is_inlined,
        is_whole,
    };
    vec![
        of("floor", peers.join("floor"), false, false),
        of(KABAO, dist.to_owned(), false, true),
        of("kabao inlined", dist.to_owned(), true, true),
        of("preact", peers.join("preact"), false, true),
        of("vue-vant", peers.join("vue-vant"), false, true),
        of("vue-vant tuned", peers.join("vue-vant-tuned"), false, true),
    ]
}
