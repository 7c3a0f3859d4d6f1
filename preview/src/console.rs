//! The console: the questions of the manual, its steps, what may go wrong, and
//! beside it the phone on which each answer shows at once.

mod looks;
mod readiness;
mod settings;
mod storyboard;

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Reflect};
use kabao::{
    browser::{
        dom::{Element, View, append_to_body, element},
        page,
    },
    components::choice::choice,
    signal::{Signal, derived, follow},
};
use kabao_preview::{
    address::Plan,
    backend::{Backend, Brand, Setup, Surroundings},
    plan::{Numbers, Step, WhatIf, steps_of},
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

/// Keeps the plan in the address, so that a reload and a copied link show it
/// again.
fn write_address(plan: &Plan, words: Words) {
    let address = format!("?{}&lang={}", plan.query(), words.language().tag());
    if let Ok(history) = leptos::prelude::window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}
