//! The questions of the manual, its steps, what may go wrong, and the customer.

use kabao::{
    browser::dom::{Element, View, element, group, live},
    components::{
        button::{Emphasis, button},
        choice::choice,
    },
    signal::{Signal, derived},
};
use kabao_preview::{
    backend::Backend,
    plan::{FUTURE, PRESENT, WhatIf, steps_of},
};
use kabao_rules::cases::Case;

use super::{Console, panel, restart_phone};

impl Console {
    pub(super) fn questions(self) -> Element {
        let words = self.words;
        let question = |title: &str, answers: &[&str], chosen: Signal<usize>| {
            element("div")
                .class("preview__question")
                .child(element("h2").class("panel__heading").text(title))
                .child(choice(title, answers, chosen))
        };
        panel()
            .child(question(
                words.present(),
                &PRESENT.map(|account| words.account(account)),
                self.present,
            ))
            .child(question(
                words.future(),
                &FUTURE.map(|account| words.account(account)),
                self.future,
            ))
            .child(question(
                words.keep(),
                &[words.yes(), words.no()],
                self.keep,
            ))
    }

    pub(super) fn case_view(self, case: Case) -> View {
        let words = self.words;
        let steps = steps_of(case).into_iter().map(|step| {
            let step_words = words.step(case, step);
            let is_done = move || self.forgotten.with(|forgotten| !forgotten.contains(&step));
            element("li").child(self.tick(
                step_words.title,
                step_words.place,
                is_done,
                move |is_done| {
                    self.frame.set(None);
                    self.forgotten.update(|forgotten| {
                        forgotten.retain(|other| *other != step);
                        if !is_done {
                            forgotten.push(step);
                        }
                    });
                },
            ))
        });
        let steps = panel()
            .child(element("h2").class("panel__heading").text(words.steps()))
            .child(element("p").class("row__note").text(words.steps_hint()))
            .child(element("ol").class("preview__list").children(steps))
            .child(button(words.storyboard(), Emphasis::Secondary, move || {
                self.frame.set(Some(0));
                self.tab.set(1);
            }));
        let what_ifs = WhatIf::ALL.into_iter().map(|what| {
            let is_so = move || self.what_if.with(|all| all.contains(&what));
            element("li").child(self.tick(words.what_if(what), "", is_so, move |is_so| {
                self.what_if.update(|all| {
                    all.retain(|other| *other != what);
                    if is_so {
                        all.push(what);
                    }
                });
            }))
        });
        let customers = [
            (words.no_phone_customer(), "wu"),
            (words.plastic_customer(), "wang"),
        ];
        let customers = customers.map(|(title, key)| {
            let is_so = move || self.person.with(|person| person == key);
            element("li").child(self.tick(title, "", is_so, move |is_so| {
                self.person.set(if is_so { key } else { "li" }.to_owned());
            }))
        });
        let what_ifs = panel()
            .class("panel preview__aside")
            .child(
                element("h2")
                    .class("panel__heading")
                    .text(words.what_if_title()),
            )
            .child(
                element("ul")
                    .class("preview__list")
                    .children(what_ifs)
                    .children(customers),
            );
        group([
            View::from(steps),
            what_ifs.into(),
            self.customers_view(case),
            self.readiness_view(case).into(),
        ])
    }

    /// Something that is so or not.
    fn tick(
        self,
        title: &str,
        note: &str,
        is_so: impl Fn() -> bool + 'static,
        set: impl Fn(bool) + 'static,
    ) -> Element {
        let note = (!note.is_empty()).then(|| element("small").class("row__note").text(note));
        let input = element("input")
            .attribute("type", "checkbox")
            .class("consent__box")
            .live_field(move |field| field.tick(is_so()))
            .on_change(move |field| set(field.is_ticked()));
        element("label").class("preview__tick").child(input).child(
            element("span")
                .child(element("span").text(title))
                .children(note),
        )
    }

    fn customers_view(self, case: Case) -> View {
        let words = self.words;
        let of_backend = move |read: fn(&Backend) -> Vec<String>| {
            derived(move || {
                let backend = self.backend.get();
                backend
                    .map(|backend| read(&backend.borrow()))
                    .unwrap_or_default()
            })
        };
        let customers = derived(move || {
            let backend = self.backend.get();
            backend
                .map(|backend| backend.borrow().customers())
                .unwrap_or_default()
        });
        let phone = of_backend(|backend| vec![backend.phone()]);
        let live_codes = of_backend(|backend| codes(backend, true));
        let dead_codes = of_backend(|backend| codes(backend, false));
        let code_list = move |codes: Signal<Vec<String>>, state: &'static str| {
            live(move || {
                let codes = codes.get();
                (!codes.is_empty()).then(|| {
                    let buttons = codes.into_iter().map(|code| {
                        button(&code, Emphasis::Secondary, {
                            let code = code.clone();
                            move || {
                                self.scanned.set(Some(code.clone()));
                                self.tab.set(1);
                                restart_phone();
                            }
                        })
                    });
                    element("div")
                        .class("preview__codes")
                        .child(element("p").text(state))
                        .children(buttons)
                })
            })
        };
        let people = live(move || {
            let people = customers.get().into_iter().map(|customer| {
                let key = customer.key.clone();
                let is_chosen = {
                    let key = key.clone();
                    move || self.person.with(|person| *person == key)
                };
                let story = words.say_owned(&customer.story);
                let input = element("input")
                    .attribute("type", "radio")
                    .attribute("name", "customer")
                    .class("consent__box")
                    .live_field(move |field| field.tick(is_chosen()))
                    .on_change(move |_| self.person.set(key.clone()));
                element("li").child(
                    element("label").class("preview__tick").child(input).child(
                        element("span")
                            .child(element("span").text(&customer.name))
                            .child(element("small").class("row__note").text(story)),
                    ),
                )
            });
            element("ul").class("preview__list").children(people)
        });
        let phone = element("p")
            .class("row__note")
            .live_text(move || format!("{}: {}", words.customer_phone(), phone.get().concat()));
        panel()
            .class("panel preview__aside")
            .child(element("h2").class("panel__heading").text(words.customer()))
            .child(people)
            .child(phone)
            .child(element("h3").class("panel__heading").text(words.sees()))
            .child(element("p").text(words.outcome(case)))
            .child(element("h3").class("panel__heading").text(words.tables()))
            .child(element("p").class("row__note").text(words.tables_hint()))
            .child(code_list(live_codes, words.live_code()))
            .child(code_list(dead_codes, words.dead_code()))
            .into()
    }
}

/// The table codes that work, or those that don't.
fn codes(backend: &Backend, wanted: bool) -> Vec<String> {
    let codes = backend.table_codes().into_iter();
    codes
        .filter(|(_, is_live)| *is_live == wanted)
        .map(|(code, _)| code)
        .collect()
}
