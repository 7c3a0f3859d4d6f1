//! The style sheets that the first screen does without. They come with the lazy
//! module, so that nobody waits for them before the first card.

use std::cell::Cell;

use crate::browser::page;

/// A sheet of `style/`, as `build.rs` has made it small.
macro_rules! sheet {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".css"))
    };
}

const SHEETS: &[&str] = &[
    sheet!("choice"),
    sheet!("lapses"),
    sheet!("menu"),
    sheet!("field"),
    sheet!("claim"),
    sheet!("notices"),
    sheet!("panel"),
    sheet!("problem_page"),
    sheet!("rows"),
    sheet!("sheet"),
    sheet!("toast"),
];

/// Those of the member code, which has a module for itself.
const CODE_SHEETS: &[&str] = &[sheet!("page_header"), sheet!("code")];

thread_local! {
    static ARE_THERE: Cell<bool> = const { Cell::new(false) };
    static IS_CODE_THERE: Cell<bool> = const { Cell::new(false) };
}

/// Puts all of them on the page, once.
pub(super) fn install() {
    install_for_code();
    if !ARE_THERE.replace(true) {
        add(SHEETS);
    }
}

/// Puts those of the member code on the page, once.
pub(super) fn install_for_code() {
    if !IS_CODE_THERE.replace(true) {
        add(CODE_SHEETS);
    }
}

fn add(sheets: &[&str]) {
    for sheet in sheets {
        page::add_styles(sheet);
    }
}
