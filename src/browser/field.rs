//! Text fields and boxes to tick: what is in them, and where the cursor is.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A field or a box on the page.
#[derive(Clone, Debug)]
pub struct Field(HtmlInputElement);

impl Field {
    pub(super) fn of(element: &web_sys::Element) -> Option<Self> {
        element.dyn_ref::<HtmlInputElement>().cloned().map(Self)
    }

    /// What the field holds.
    #[must_use]
    pub fn value(&self) -> String {
        self.0.value()
    }

    /// Makes the field hold `value`. The cursor stays where it is if the field
    /// holds it already.
    pub fn set_value(&self, value: &str) {
        if self.0.value() != value {
            self.0.set_value(value);
        }
    }

    /// Whether the box is ticked.
    #[must_use]
    pub fn is_ticked(&self) -> bool {
        self.0.checked()
    }

    /// Ticks the box, or takes the tick away.
    pub fn tick(&self, is_ticked: bool) {
        self.0.set_checked(is_ticked);
    }

    /// Rewrites what was typed with `format` and keeps the cursor behind the
    /// same digit, also when somebody edits in the middle.
    pub fn reformat(&self, format: impl Fn(&str) -> String) -> String {
        let typed = self.0.value();
        let formatted = format(&typed);
        if formatted != typed {
            let cursor = self.0.selection_start().ok().flatten().unwrap_or(u32::MAX) as usize;
            let before: String = typed.chars().take(cursor).collect();
            let is_at_end = cursor >= typed.chars().count();
            let moved = if is_at_end {
                formatted.chars().count()
            } else {
                format(&before).chars().count()
            };
            self.0.set_value(&formatted);
            let _ = self.0.set_selection_range(moved as u32, moved as u32);
        }
        formatted
    }
}
