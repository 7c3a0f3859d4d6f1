//! The case step by step: on the screen, and on paper.

use kabao::{
    browser::dom::{Element, element},
    components::button::{Emphasis, button},
};
use kabao_preview::plan::steps_of;
use kabao_rules::cases::Case;

use super::Console;

impl Console {
    /// The storyboard on paper, one step a page.
    pub(super) fn pages_view(self, case: Case) -> Element {
        let last = steps_of(case).len();
        let pages = (0..=last).map(|done| {
            element("li")
                .child(element("h2").text(self.words.title()))
                .child(element("p").text(&self.caption_text(case, done)))
        });
        element("ol").class("preview__pages").children(pages)
    }

    fn caption_text(self, case: Case, done: usize) -> String {
        let words = self.words;
        let steps = steps_of(case);
        let last = steps.len();
        match done.checked_sub(1).and_then(|place| steps.get(place)) {
            None => words.before().to_owned(),
            Some(step) => {
                let effect = words.effect(case, *step);
                let step = words.step(case, *step);
                let outcome = if done == last {
                    words.outcome(case)
                } else {
                    ""
                };
                format!(
                    "{done}/{last} {} · {}\n{effect} {outcome}",
                    step.title, step.place
                )
            }
        }
    }

    /// What the storyboard says of the present step, with the way on.
    pub(super) fn caption(self) -> Option<Element> {
        let words = self.words;
        let done = self.frame.get()?;
        let case = self.case()?;
        let last = steps_of(case).len();
        let text = self.caption_text(case, done);
        let previous = (done > 0).then(|| {
            button(words.previous(), Emphasis::Secondary, move || {
                self.frame.set(Some(done - 1));
            })
        });
        let next = (done < last).then(|| {
            button(words.next(), Emphasis::Primary, move || {
                self.frame.set(Some(done + 1));
            })
        });
        let end = button(words.storyboard_end(), Emphasis::Quiet, move || {
            self.frame.set(None);
        });
        Some(
            element("section")
                .class("panel preview__caption")
                .child(element("p").attribute("role", "status").text(&text))
                .child(
                    element("div")
                        .class("preview__buttons")
                        .children(previous)
                        .children(next)
                        .child(end),
                ),
        )
    }
}
