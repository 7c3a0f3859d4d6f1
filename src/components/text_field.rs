//! A field with its label.

use leptos::{ev, html, prelude::*};

use super::code_cells::CodeCells;
use crate::browser::{field, page};

/// How a field looks and which keyboard it brings up.
#[derive(Clone, Copy, Debug)]
pub struct FieldKind {
    pub class: &'static str,
    /// The attribute `type`.
    pub input_type: &'static str,
    pub inputmode: &'static str,
    pub autocomplete: &'static str,
    pub placeholder: &'static str,
}

/// What a field shows after an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub text: String,
    /// Whether an input method is composing. The text is not yet what the person
    /// means then, and it may not be rewritten.
    pub is_composing: bool,
}

/// A field with its label and with what is wrong with it, which a screen reader
/// hears when it appears.
#[component]
pub fn TextField(
    id: &'static str,
    #[prop(into)] label: String,
    kind: FieldKind,
    #[prop(into)] value: Signal<String>,
    on_edit: Callback<Edit>,
    /// Rewrites what was typed or pasted, such as into groups of digits.
    #[prop(optional)]
    format: Option<Callback<String, String>>,
    /// Enter is pressed, which without this is the form's business.
    #[prop(optional)]
    on_enter: Option<Callback<()>>,
    /// What is wrong.
    #[prop(into)]
    message: Signal<Option<String>>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// How many characters are typed, each into a cell of its own. Then the label is
    /// for those who can't see what the cells are for.
    #[prop(optional, into)]
    cells: Option<Signal<usize>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let reported = StoredValue::new(None::<Edit>);
    let edited = move |event: &ev::Event| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let shown = value.get_untracked();
        let is_composing = field::is_composing(event);
        let text = match format {
            Some(format) if !is_composing => {
                field::reformat(&input, &shown, field::edit_kind(event), |typed| {
                    format.run(typed.to_owned())
                })
            }
            _ => input.value(),
        };
        let is_shown = text == shown;
        let edit = Edit { text, is_composing };
        // Safari raises `input` once more after `compositionend`.
        if is_shown && reported.with_value(|last| last.as_ref() == Some(&edit)) {
            return;
        }
        reported.set_value(Some(edit.clone()));
        on_edit.run(edit);
    };
    let press = move |event: ev::KeyboardEvent| {
        if let Some(on_enter) = on_enter
            && field::is_enter(&event)
        {
            event.prevent_default();
            on_enter.run(());
        }
    };
    if autofocus {
        page::focus_when_there(input);
    }
    let is_wrong = move || message.with(Option::is_some);
    let message_id = format!("{id}-message");
    let input = view! {
        <input
            node_ref=input
            id=id
            class=kind.class
            type=kind.input_type
            inputmode=kind.inputmode
            autocomplete=kind.autocomplete
            placeholder=kind.placeholder
            aria-describedby=message_id.clone()
            aria-invalid=move || is_wrong().to_string()
            prop:value=value
            on:input=move |event: ev::Event| edited(&event)
            on:keydown=press
            on:compositionend=move |event: ev::CompositionEvent| edited(&event)
        />
    };
    let input = match cells {
        Some(length) => view! { <CodeCells length value>{input}</CodeCells> }.into_any(),
        None => input.into_any(),
    };
    view! {
        <div class="field" class:field--wrong=is_wrong class:field--cells=cells.is_some()>
            <label class="field__label" class:unseen=cells.is_some() for=id>
                {label}
            </label>
            {input}
        </div>
        <p class="field__message" id=message_id role="alert">
            {move || message.get().unwrap_or_default()}
        </p>
    }
}
