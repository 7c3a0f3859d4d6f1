//! Text fields: what is in them, and where the caret is.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Rewrites what was typed with `format`, and keeps the caret behind the same
/// character. Returns what the field shows then.
pub fn reformat(field: &HtmlInputElement, format: impl Fn(&str) -> String) -> String {
    let typed = field.value();
    let formatted = format(&typed);
    if formatted != typed {
        let length = typed.encode_utf16().count();
        let caret = field.selection_start().ok().flatten().unwrap_or(u32::MAX) as usize;
        let moved = if caret >= length {
            formatted.encode_utf16().count()
        } else {
            let before: String = char::decode_utf16(typed.encode_utf16().take(caret))
                .flatten()
                .collect();
            format(&before).encode_utf16().count()
        };
        field.set_value(&formatted);
        let _ = field.set_selection_range(moved as u32, moved as u32);
    }
    formatted
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
