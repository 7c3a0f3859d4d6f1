use leptos::prelude::*;

/// A cell for each character of a code, drawn behind the one field that it is typed
/// into. A screen reader, an input method and a paste meet only that field.
#[component]
pub fn CodeCells(
    /// How many characters the code has.
    length: Signal<usize>,
    /// What the field shows.
    value: Signal<String>,
    /// The field, which covers the cells.
    children: Children,
) -> impl IntoView {
    let cell = |digit: Option<char>, is_next: bool| {
        view! {
            <span class="cells__cell" class:cells__cell--next=is_next>
                {digit.map(String::from)}
            </span>
        }
    };
    let cells = move || {
        let typed: Vec<char> = value.with(|text| text.chars().collect());
        (0..length.get())
            .map(|index| cell(typed.get(index).copied(), index == typed.len()))
            .collect_view()
    };
    view! {
        <div class="cells" style:--cells=move || length.get().to_string()>
            <div class="cells__row" aria-hidden="true">
                {cells}
            </div>
            {children()}
        </div>
    }
}
