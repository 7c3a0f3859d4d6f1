//! The customer's phone: the app itself, over the backend of the page around
//! it.

pub(crate) mod around;
pub(crate) mod player;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Reflect};
use kabao::{
    app::{App, Platform},
    browser::{history::MemoryHistory, storage, task},
    i18n::{I18n, Language},
};
use kabao_preview::words::words;
use leptos::{mount::mount_to, prelude::*};
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use self::{
    around::PageAround,
    player::{Pace, Screen, Until, play},
};

/// The function of this page that lets the app begin anew.
pub(crate) const RESTART: &str = "kabaoRestart";
/// The function of this page that plays the customer to the end, unless somebody
/// plays already.
pub(crate) const PLAY: &str = "kabaoPlay";

/// The screens of which there are pictures, in the order of the customer's way.
pub(crate) const PICTURES: [Until; 4] = [
    Until::Screen(Screen::Wallet),
    Until::Screen(Screen::Phone),
    Until::Screen(Screen::Found),
    Until::End,
];

/// Shows the app, and shows it anew whenever the page around says so. As a picture it
/// goes as far as that picture shows, by itself.
pub(crate) fn run(language: Language, picture: Option<usize>) {
    storage::forbid();
    if let Some(root) = document().document_element() {
        root.set_class_name("phone-page");
    }
    let phone = Rc::new(Phone {
        around: PageAround { picture },
        language,
        running: RefCell::new(None),
        in_hand: Cell::new(InHand::Nobodys),
        plays: Cell::new(0),
    });
    phone.restart();
    export(RESTART, {
        let phone = Rc::clone(&phone);
        move || phone.restart()
    });
    if let Some(until) = picture.and_then(|picture| PICTURES.get(picture)) {
        phone.play(Pace::AtOnce, *until);
        return;
    }
    for event in ["pointerdown", "keydown"] {
        let phone = Rc::clone(&phone);
        listen(event, move |event| {
            // What is played raises no events that are trusted.
            if event.is_trusted() {
                phone.take();
            }
        });
    }
    export(PLAY, move || phone.play(Pace::Leisurely, Until::End));
    listen("click", stay);
}

/// Who has the phone in their hand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InHand {
    Nobodys,
    /// Whoever looks at the page tries it out, and is not disturbed.
    Somebodys,
}

struct Phone {
    around: PageAround,
    language: Language,
    running: RefCell<Option<Box<dyn core::any::Any>>>,
    in_hand: Cell<InHand>,
    /// Counts what was begun to be played, so that only the last goes on.
    plays: Cell<u32>,
}

impl Phone {
    fn restart(self: &Rc<Self>) {
        self.in_hand.set(InHand::Nobodys);
        self.stop();
        // The app of before has to be gone before the next one begins.
        drop(self.running.borrow_mut().take());
        let Some(body) = document().body() else {
            return;
        };
        body.set_inner_html("");
        let answer = self.around.ask(json!({ "ask": "sign_in" }));
        let answer = answer.unwrap_or_default();
        let path = answer["path"].as_str().unwrap_or("/").to_owned();
        let platform = Platform {
            transport: Rc::new(self.around),
            history: Rc::new(self.history(&path)),
            languages: Vec::new(),
        };
        let phone = Rc::clone(self);
        task::spawn(async move {
            let i18n = I18n::load(phone.language).await;
            let handle = mount_to(body, move || view! { <App platform i18n /> });
            *phone.running.borrow_mut() = Some(Box::new(handle));
        });
        if answer["play"] == true {
            self.play(Pace::Leisurely, Until::End);
        }
    }

    fn stop(&self) {
        self.plays.set(self.plays.get() + 1);
    }

    fn take(&self) {
        self.in_hand.set(InHand::Somebodys);
        self.stop();
    }

    fn play(self: &Rc<Self>, pace: Pace, until: Until) {
        if self.in_hand.get() == InHand::Somebodys {
            return;
        }
        self.stop();
        let this = self.plays.get();
        let phone = Rc::clone(self);
        task::spawn(async move {
            play(phone.around, pace, until, || phone.plays.get() != this).await;
        });
    }

    fn history(self: &Rc<Self>, path: &str) -> MemoryHistory {
        let phone = Rc::downgrade(self);
        let language = self.language;
        MemoryHistory::new(path, &format!("lang={}", language.tag())).with_leaving(Box::new(
            move |url| {
                // Signing in begins at the account's menu, as the restart does.
                if url.starts_with("/enter") {
                    if let Some(phone) = phone.upgrade() {
                        phone.restart();
                    }
                } else if let Some(body) = document().body() {
                    // What lies outside the app is not here; it is said what it would be.
                    body.set_text_content(Some(words(language).ordering));
                }
            },
        ))
    }
}

/// Gives the page around a function of this page.
fn export(name: &str, function: impl Fn() + 'static) {
    let function = Closure::<dyn Fn()>::new(function).into_js_value();
    let _ = Reflect::set(&window(), &name.into(), &function);
}

fn listen(event: &str, act: impl Fn(&web_sys::Event) + 'static) {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(move |event| act(&event));
    let _ = document().add_event_listener_with_callback_and_bool(
        event,
        listener.as_ref().unchecked_ref(),
        true,
    );
    listener.forget();
}

/// Links that lead out of the app lead nowhere here.
fn stay(event: &web_sys::Event) {
    let link = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("a[href]").ok().flatten());
    if link.is_some_and(|link| {
        let href = link.get_attribute("href").unwrap_or_default();
        !href.starts_with("tel:")
    }) {
        event.prevent_default();
    }
}

/// Calls a function of the phone in a frame. Returns whether it is there.
pub(crate) fn call(frame: &web_sys::Window, name: &str) -> bool {
    Reflect::get(frame, &name.into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|function| function.call0(&JsValue::NULL))
        .is_ok()
}
