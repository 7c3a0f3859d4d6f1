//! What happened, what to do now, and who can mend it.

use super::button::call_button;
use crate::{
    browser::dom::{Element, View, element},
    copy::{Explanation, HelpWording},
};
use kabao_core::domain::support::Support;

/// A problem, explained.
pub struct ProblemView<'a> {
    /// The explanation.
    pub explanation: Explanation,
    /// How long to wait, in words.
    pub wait: Option<String>,
    /// Who can help.
    pub support: Option<&'a Support>,
    /// The words around it.
    pub wording: &'static HelpWording,
}

impl ProblemView<'_> {
    /// The problem, with what can be done about it on this page inside.
    pub fn view(self, actions: impl Into<View>) -> Element {
        let Self {
            explanation,
            wait,
            support,
            wording,
        } = self;
        let heading = |text: &str| element("h2").class("problem__heading").text(text);
        let panel = element("div")
            .class("problem__panel")
            .child(heading(wording.next_step))
            .child(element("p").text(explanation.next_step))
            .children(wait.map(|wait| element("p").class("problem__wait").text(&wait)))
            .child(heading(wording.mender))
            .child(element("p").text((wording.mender_is)(explanation.mender)));
        element("section")
            .class("problem")
            .attribute("role", "alert")
            .child(
                element("span")
                    .class("problem__sign")
                    .attribute("aria-hidden", "true"),
            )
            .child(
                element("h1")
                    .class("problem__title")
                    .text(explanation.title),
            )
            .child(
                element("p")
                    .class("problem__happened")
                    .text(explanation.happened),
            )
            .child(panel)
            .children(support.map(|support| support_view(support, wording)))
            .child(element("div").class("problem__actions").child(actions))
    }
}

/// The people who can help: phones to call and the code that staff read out.
pub fn support_view(support: &Support, wording: &'static HelpWording) -> Element {
    let code = element("dl")
        .class("support__code")
        .child(element("dt").text(wording.staff_code))
        .child(element("dd").text(&support.staff_code));
    let shop = support
        .phone
        .as_ref()
        .map(|phone| call_button(wording.call_shop, phone));
    let provider = support
        .provider
        .as_ref()
        .map(|provider| call_button(&(wording.call_provider)(&provider.name), &provider.phone));
    element("div")
        .class("support")
        .child(code)
        .child(
            element("p")
                .class("support__hint")
                .text(wording.staff_code_hint),
        )
        .children(shop)
        .children(provider)
}
