//! The style sheets that the first screen does without. They come with the lazy
//! module, so that nobody waits for them before the first card.

use std::cell::Cell;

use crate::browser::page;

macro_rules! sheet {
    ($name:literal) => {
        include_str!(concat!("../../style/", $name, ".css"))
    };
}

const SHEETS: &[&str] = &[
    sheet!("page_header"),
    sheet!("choice"),
    sheet!("field"),
    sheet!("claim"),
    sheet!("code"),
    sheet!("panel"),
    sheet!("rows"),
    sheet!("sheet"),
];

thread_local! {
    static ARE_THERE: Cell<bool> = const { Cell::new(false) };
}

/// Puts them on the page, once.
pub(super) fn install() {
    if !ARE_THERE.replace(true) {
        for sheet in SHEETS {
            page::add_styles(sheet);
        }
    }
}
