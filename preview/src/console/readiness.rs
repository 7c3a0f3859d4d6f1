//! What is left of the dangers, counted.

use kabao::{
    browser::dom::{Element, element, live},
    components::button::{Emphasis, button},
};
use kabao_preview::plan::{Numbers, dangers};
use kabao_rules::cases::Case;

use super::{Console, panel};

impl Console {
    pub(super) fn readiness_view(self, case: Case) -> Element {
        let words = self.words;
        let number = |label: &'static str, set: fn(&mut Numbers, Option<u32>)| {
            element("label")
                .class("field")
                .child(element("span").class("field__label").text(label))
                .child(
                    element("input")
                        .class("field__input")
                        .attribute("inputmode", "numeric")
                        .attribute("aria-label", label)
                        .on_input(move |field| {
                            let typed = field.value().trim().parse().ok();
                            self.numbers.update(|numbers| set(numbers, typed));
                        }),
                )
        };
        let verdict = live(move || {
            let missing = self.missing(case);
            let what_if = self.what_if.get();
            let left = dangers(
                case,
                &|step| !missing.contains(&step),
                &|what| what_if.contains(&what),
                self.numbers.get(),
            );
            if left.is_empty() {
                return element("p").class("preview__ready").text(words.all_done());
            }
            let left = left
                .into_iter()
                .map(|danger| element("li").text(&words.danger(danger)));
            element("ul").class("preview__dangers").children(left)
        });
        panel()
            .child(
                element("h2")
                    .class("panel__heading")
                    .text(words.readiness()),
            )
            .child(
                element("div")
                    .class("preview__numbers")
                    .child(number(words.members(), |numbers, typed| {
                        numbers.members = typed.unwrap_or_default();
                    }))
                    .child(number(words.without_phone(), |numbers, typed| {
                        numbers.without_phone = typed.unwrap_or_default();
                    }))
                    .child(number(words.sms_credits(), |numbers, typed| {
                        numbers.sms_credits = typed;
                    })),
            )
            .child(element("div").attribute("role", "status").child(verdict))
            .child(button(words.print(), Emphasis::Secondary, print))
    }
}

fn print() {
    let _ = leptos::prelude::window().print();
}
