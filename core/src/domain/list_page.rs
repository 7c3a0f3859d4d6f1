//! A part of a list that is too long to be sent at once.

/// Some items of a list, and the way to the next ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage<T> {
    pub items: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next_cursor: Option<String>,
}
