//! Text fields: what is in them, and where the caret is.

use kabao_core::domain::text_edit::{EditKind, TextAtCaret};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Rewrites with `format` what an edit has left of `shown`, and keeps the caret
/// behind the same digit. Returns what the field shows then.
pub fn reformat(
    field: &HtmlInputElement,
    shown: &str,
    kind: EditKind,
    format: impl Fn(&str) -> String,
) -> String {
    let typed = field.value();
    let units: Vec<u16> = typed.encode_utf16().collect();
    let caret = field.selection_start().ok().flatten();
    let caret = caret.map_or(units.len(), |caret| units.len().min(caret as usize));
    let (before, after) = units.split_at(caret);
    let edited = TextAtCaret {
        before: String::from_utf16_lossy(before),
        after: String::from_utf16_lossy(after),
    };
    let formatted = edited.reformatted(shown, kind, format);
    let text = formatted.text();
    if text != typed {
        let caret = formatted.before.encode_utf16().count() as u32;
        field.set_value(&text);
        let _ = field.set_selection_range(caret, caret);
    }
    text
}

/// What `event` says was done to a field. Where a browser does not tell, a gap
/// that is gone was taken by Backspace, the one such key that phones have.
#[must_use]
pub fn edit_kind(event: &web_sys::Event) -> EditKind {
    let input_type = event
        .dyn_ref::<web_sys::InputEvent>()
        .map(web_sys::InputEvent::input_type)
        .unwrap_or_default();
    match input_type.as_str() {
        "" | "deleteContentBackward" => EditKind::DeleteBackward,
        "deleteContentForward" => EditKind::DeleteForward,
        _ => EditKind::Other,
    }
}

/// Whether an input method was composing when `event` was raised.
#[must_use]
pub fn is_composing(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<web_sys::InputEvent>()
        .is_some_and(web_sys::InputEvent::is_composing)
}

/// What `keydown` calls a key that an input method has taken.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// Whether Enter was pressed, and not to choose what an input method composes.
#[must_use]
pub fn is_enter(event: &web_sys::KeyboardEvent) -> bool {
    event.key() == "Enter"
        && !event.is_composing()
        // Safari raises the event once the composition has ended.
        && event.key_code() != TAKEN_BY_INPUT_METHOD
}
