//! Text fields: what was typed, and where the cursor is.

use leptos::ev::Event;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// What the field that raised `event` holds.
#[must_use]
pub fn value_of(event: &Event) -> String {
    input_of(event)
        .map(|input| input.value())
        .unwrap_or_default()
}

/// Whether the box that raised `event` is ticked.
#[must_use]
pub fn is_ticked(event: &Event) -> bool {
    input_of(event).is_some_and(|input| input.checked())
}

/// Rewrites the field that raised `event` with `format` and keeps the cursor
/// behind the same digit, also when somebody edits in the middle.
pub fn reformat(event: &Event, format: impl Fn(&str) -> String) -> String {
    let Some(input) = input_of(event) else {
        return String::new();
    };
    let typed = input.value();
    let formatted = format(&typed);
    if formatted != typed {
        let cursor = input.selection_start().ok().flatten().unwrap_or(u32::MAX) as usize;
        let before: String = typed.chars().take(cursor).collect();
        let is_at_end = cursor >= typed.chars().count();
        let moved = if is_at_end {
            formatted.chars().count()
        } else {
            format(&before).chars().count()
        };
        input.set_value(&formatted);
        let _ = input.set_selection_range(moved as u32, moved as u32);
    }
    formatted
}

fn input_of(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}
