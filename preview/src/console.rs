//! The console: the questions of the manual, its steps, what may go wrong, and
//! beside it the phone on which each answer shows at once.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Reflect};
use kabao::{
    browser::{
        dom::{Element, View, append_to_body, element, group, live},
        page,
    },
    components::{
        button::{Emphasis, button},
        choice::choice,
        qr_code,
    },
    signal::{Signal, derived, follow},
};
use kabao_preview::{
    address::Plan,
    backend::{Backend, Brand, Setup, Surroundings},
    plan::{FUTURE, Numbers, PRESENT, Step, WhatIf, dangers, steps_of},
};
use kabao_rules::{cases::Case, request::Method};
use leptos::{mount::mount_to_body, prelude::document};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{
    phone::{ASK, RESTART},
    words::Words,
};

const FRAME: &str = "phone";
const AVATAR: &str = "avatar";

/// The console, which its parts share. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
struct Console {
    words: Words,
    present: Signal<usize>,
    future: Signal<usize>,
    /// 0: the members stay; 1: they don't.
    keep: Signal<usize>,
    forgotten: Signal<Vec<Step>>,
    what_if: Signal<Vec<WhatIf>>,
    person: Signal<String>,
    brand: Signal<Brand>,
    numbers: Signal<Numbers>,
    published: Signal<String>,
    /// How far the storyboard is, while it plays: so many steps are done.
    frame: Signal<Option<usize>>,
    backend: Signal<Option<Rc<RefCell<Backend>>>>,
    messages: Signal<Vec<String>>,
    /// The table code that the customer scans in place of tapping the menu.
    scanned: Signal<Option<String>>,
    /// What a narrow window shows: 0 the console, 1 the phone.
    tab: Signal<usize>,
}

/// Shows the console.
pub(crate) fn run(query: &str, words: Words) {
    let plan = Plan::parse(query);
    page::set_language(words.language().tag());
    page::set_title(words.title());
    mount_to_body(move || {
        let console = Console {
            words,
            present: Signal::new(plan.present),
            future: Signal::new(plan.future),
            keep: Signal::new(usize::from(!plan.keeps_members)),
            forgotten: Signal::new(plan.forgotten),
            what_if: Signal::new(plan.what_if),
            person: Signal::new(plan.person),
            brand: Signal::new(Brand::default()),
            numbers: Signal::new(Numbers::default()),
            published: Signal::new(String::new()),
            frame: Signal::new(None),
            backend: Signal::new(None),
            messages: Signal::new(Vec::new()),
            scanned: Signal::new(None),
            tab: Signal::new(0),
        };
        console.answer_the_phone();
        follow(move || console.rebuild());
        append_to_body(&console.view());
    });
}

/// The rules have neither clock nor dice; the page lends them its own.
fn surroundings() -> Surroundings {
    Surroundings {
        now: || js_sys::Date::now() as i64,
        seed: || {
            let mut seed = [0; 32];
            if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
                let _ = crypto.get_random_values_with_u8_array(&mut seed);
            }
            seed
        },
    }
}

impl Console {
    fn plan(self) -> Plan {
        Plan {
            present: self.present.get(),
            future: self.future.get(),
            keeps_members: self.keep.get() == 0,
            forgotten: self.forgotten.get(),
            what_if: self.what_if.get(),
            person: self.person.get(),
        }
    }

    fn case(self) -> Option<Case> {
        self.plan().case()
    }

    /// The steps that are not done: while the storyboard plays, those that are
    /// still to come.
    fn missing(self, case: Case) -> Vec<Step> {
        match self.frame.get() {
            Some(done) => steps_of(case).into_iter().skip(done).collect(),
            None => self.forgotten.get(),
        }
    }

    /// Makes the world anew, as it is planned now, and begins with it on the
    /// phone.
    fn rebuild(self) {
        let plan = self.plan();
        write_address(&plan, self.words);
        let Some(case) = plan.case() else {
            self.backend.set(None);
            return;
        };
        let setup = Setup {
            case,
            forgotten: self.missing(case),
            what_if: plan.what_if,
            person: plan.person,
            brand: self.brand.get(),
        };
        let backend = Backend::new(setup, surroundings());
        self.messages.set(Vec::new());
        self.backend.set(Some(Rc::new(RefCell::new(backend))));
        restart_phone();
    }

    /// Answers what the phone asks.
    fn answer_the_phone(self) {
        let answer = Closure::<dyn Fn(String) -> String>::new(move |question: String| {
            let question: Value = serde_json::from_str(&question).unwrap_or_default();
            let Some(backend) = self.backend.get_untracked() else {
                return "{}".to_owned();
            };
            let mut backend = backend.borrow_mut();
            let text = |name: &str| question[name].as_str().map(str::to_owned);
            if question["ask"] == "sign_in" {
                let home = backend.sign_in();
                let scanned = self.scanned.update(Option::take).flatten();
                let path = scanned.map_or(home, |code| format!("/t/{code}"));
                return json!({ "path": path }).to_string();
            }
            let method = match question["method"].as_str() {
                Some("POST") => Method::Post,
                Some("PUT") => Method::Put,
                Some("DELETE") => Method::Delete,
                _ => Method::Get,
            };
            let path = text("path").unwrap_or_default();
            let answer = backend.answer(method, &path, text("key"), text("if_match"), text("body"));
            self.messages.set(backend.messages());
            json!({ "status": answer.status, "body": answer.body }).to_string()
        });
        let _ = Reflect::set(
            &leptos::prelude::window(),
            &ASK.into(),
            &answer.into_js_value(),
        );
    }

    fn view(self) -> View {
        let words = self.words;
        // What is answered by it is built anew only when the case is another.
        let case = derived(move || self.case());
        let tabs = choice(words.view(), &[words.console(), words.phone()], self.tab);
        let header = element("header")
            .class("preview__header")
            .child(element("h1").text(words.title()))
            .child(element("p").text(words.introduction()))
            .child(element("div").class("preview__tabs").child(tabs));
        let settings = element("div")
            .class("preview__console")
            .live_class("preview--hidden", move || self.tab.get() == 1)
            .child(self.questions())
            .live(move || match case.get() {
                Some(case) => self.case_view(case),
                None => element("p")
                    .class("panel")
                    .attribute("role", "status")
                    .text(words.not_in_manual())
                    .into(),
            })
            .child(self.brand_view())
            .child(self.to_phone_view());
        let phone = element("div")
            .class("preview__phone")
            .live_class("preview--hidden", move || self.tab.get() == 0)
            .live(move || self.caption())
            .child(self.message_view())
            .child(
                element("iframe")
                    .class("preview__frame")
                    .attribute("id", FRAME)
                    .attribute("title", words.phone())
                    .attribute("src", &format!("?phone&lang={}", words.language().tag())),
            );
        let main = element("main")
            .class("preview")
            .child(header)
            .live_class("preview--playing", move || self.frame.with(Option::is_some))
            .child(settings)
            .child(phone)
            .live(move || Some(self.pages_view(case.get()?)));
        main.into()
    }

    fn questions(self) -> Element {
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

    fn case_view(self, case: Case) -> View {
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

    fn readiness_view(self, case: Case) -> Element {
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

    fn brand_view(self) -> Element {
        let words = self.words;
        let field = |label: &str, input: Element| {
            element("label")
                .class("field")
                .child(element("span").class("field__label").text(label))
                .child(input)
        };
        let name = element("input")
            .class("field__input")
            .on_change(move |field| {
                let name = field.value();
                self.brand
                    .update(|brand| brand.name = name.trim().to_owned());
            });
        let color = element("input")
            .attribute("type", "color")
            .attribute("value", "#b3261e")
            .on_change(move |field| {
                let color = field.value();
                self.brand.update(|brand| brand.color = color);
            });
        let avatar = element("input")
            .attribute("type", "file")
            .attribute("accept", "image/*")
            .attribute("id", AVATAR)
            .on_change(move |_| {
                read_chosen_picture(move |address| {
                    self.brand.update(|brand| brand.avatar = address);
                });
            });
        panel()
            .class("panel preview__brand")
            .child(element("h2").class("panel__heading").text(words.brand()))
            .child(field(words.brand_name(), name))
            .child(field(words.brand_color(), color))
            .child(field(words.brand_avatar(), avatar))
    }

    fn to_phone_view(self) -> Element {
        let words = self.words;
        let address = derived(move || {
            let base = self.published.get();
            let base = if is_loopback() { base } else { own_address() };
            let base = base.trim();
            (base.starts_with("http://") || base.starts_with("https://")).then(|| {
                let lang = words.language().tag();
                format!(
                    "{}?{}&lang={lang}",
                    base.trim_end_matches('?'),
                    self.plan().query()
                )
            })
        });
        let published = is_loopback().then(|| {
            element("label")
                .class("field")
                .child(element("span").class("field__label").text(words.loopback()))
                .child(
                    element("input")
                        .class("field__input")
                        .attribute("type", "url")
                        .attribute("aria-label", words.published())
                        .attribute("placeholder", "https://")
                        .on_input(move |field| self.published.set(field.value())),
                )
        });
        panel()
            .class("panel preview__to-phone")
            .child(element("h2").class("panel__heading").text(words.to_phone()))
            .child(element("p").class("row__note").text(words.to_phone_hint()))
            .children(published)
            .live(move || {
                let address = address.get()?;
                let picture = qr_code::picture_of(&address)?;
                let picture = element("img")
                    .class("preview__qr")
                    .attribute("src", &picture)
                    .attribute("alt", words.to_phone());
                let link = element("a").attribute("href", &address).text(&address);
                Some(group([picture, link]))
            })
    }

    /// The newest text message, over the phone.
    fn message_view(self) -> Element {
        let words = self.words;
        element("div")
            .class("preview__message")
            .attribute("role", "status")
            .live(move || {
                self.messages.with(|messages| {
                    messages.first().map(|message| {
                        element("p")
                            .child(element("b").text(words.message_from()))
                            .text(" ")
                            .text(message)
                    })
                })
            })
    }

    /// The storyboard on paper, one step a page.
    fn pages_view(self, case: Case) -> Element {
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
    fn caption(self) -> Option<Element> {
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

/// The table codes that work, or those that don't.
fn codes(backend: &Backend, wanted: bool) -> Vec<String> {
    let codes = backend.table_codes().into_iter();
    codes
        .filter(|(_, is_live)| *is_live == wanted)
        .map(|(code, _)| code)
        .collect()
}

fn panel() -> Element {
    element("section").class("panel")
}

/// Lets the app on the phone begin anew, if it has begun at all.
fn restart_phone() {
    let frame = document()
        .get_element_by_id(FRAME)
        .and_then(|frame| frame.dyn_into::<web_sys::HtmlIFrameElement>().ok())
        .and_then(|frame| frame.content_window());
    let restart = frame
        .and_then(|frame| Reflect::get(&frame, &RESTART.into()).ok())
        .and_then(|restart| restart.dyn_into::<Function>().ok());
    if let Some(restart) = restart {
        let _ = restart.call0(&JsValue::NULL);
    }
}

fn print() {
    let _ = leptos::prelude::window().print();
}

/// Keeps the plan in the address, so that a reload and a copied link show it
/// again.
fn write_address(plan: &Plan, words: Words) {
    let address = format!("?{}&lang={}", plan.query(), words.language().tag());
    if let Ok(history) = leptos::prelude::window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

fn own_address() -> String {
    let location = leptos::prelude::window().location();
    let origin = location.origin().unwrap_or_default();
    format!("{origin}{}", location.pathname().unwrap_or_default())
}

fn is_loopback() -> bool {
    let host = leptos::prelude::window()
        .location()
        .hostname()
        .unwrap_or_default();
    host == "localhost" || host.starts_with("127.") || host == "[::1]"
}

/// Reads the picture that was chosen, and does `act` with it as a data address.
fn read_chosen_picture(act: impl FnOnce(String) + 'static) {
    let file = document()
        .get_element_by_id(AVATAR)
        .and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok())
        .and_then(|input| input.files()?.get(0));
    let (Some(file), Ok(reader)) = (file, web_sys::FileReader::new()) else {
        return;
    };
    let loaded = reader.clone();
    let on_load = Closure::once_into_js(move || {
        if let Some(address) = loaded.result().ok().and_then(|result| result.as_string()) {
            act(address);
        }
    });
    reader.set_onload(Some(on_load.unchecked_ref()));
    let _ = reader.read_as_data_url(&file);
}
