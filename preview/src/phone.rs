//! The customer's phone: the app itself, over the backend of the page around
//! it.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Reflect};
use kabao::{
    api::transport::{PendingResponse, Request, Response, Transport, TransportError},
    app::{App, Platform},
    browser::{history::MemoryHistory, storage, task},
    i18n::{I18n, Language},
};
use kabao_preview::words::words;
use leptos::{mount::mount_to, prelude::*};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// The function of the page around that answers for the backend.
pub(crate) const ASK: &str = "kabaoPreview";
/// The function of this page that lets the app begin anew.
pub(crate) const RESTART: &str = "kabaoRestart";

/// Asks the page around.
fn ask(question: &Value) -> Option<Value> {
    let parent = web_sys::window()?.parent().ok()??;
    let function: Function = Reflect::get(&parent, &ASK.into()).ok()?.dyn_into().ok()?;
    let answer = function
        .call1(&JsValue::NULL, &question.to_string().into())
        .ok()?
        .as_string()?;
    serde_json::from_str(&answer).ok()
}

/// A request of the app, as the page around is asked it.
pub(crate) fn question(request: &Request) -> Value {
    json!({
        "ask": "answer", "method": request.method.name(), "path": request.path,
        "key": request.idempotency_key, "fan": request.fan, "if_match": request.if_match,
        "language": request.accept_language, "body": request.body,
    })
}

struct PageAround;

impl Transport for PageAround {
    fn send(&self, request: Request) -> PendingResponse {
        let response = ask(&question(&request))
            .and_then(|answer| {
                Some(Response {
                    status: u16::try_from(answer["status"].as_u64()?).ok()?,
                    body: answer["body"].as_str()?.to_owned(),
                    ..Response::default()
                })
            })
            .ok_or(TransportError::Unreachable);
        Box::pin(async move { response })
    }
}

/// Shows the app, and shows it anew whenever the page around says so.
pub(crate) fn run(language: Language) {
    storage::forbid();
    if let Some(root) = document().document_element() {
        root.set_class_name("phone-page");
    }
    let running = Rc::new(RefCell::new(None::<Box<dyn core::any::Any>>));
    let restart: Rc<dyn Fn()> = Rc::new(move || {
        // The app of before has to be gone before the next one begins.
        drop(running.borrow_mut().take());
        let body = document().body();
        if let Some(body) = &body {
            body.set_inner_html("");
        }
        let path = ask(&json!({ "ask": "sign_in" }))
            .and_then(|answer| Some(answer["path"].as_str()?.to_owned()))
            .unwrap_or_else(|| "/".to_owned());
        let Some(body) = body else { return };
        let platform = Platform {
            transport: Rc::new(PageAround),
            history: Rc::new(history(&path, language)),
            languages: Vec::new(),
        };
        let running = Rc::clone(&running);
        task::spawn(async move {
            let i18n = I18n::load(language).await;
            let handle = mount_to(body, move || view! { <App platform i18n /> });
            *running.borrow_mut() = Some(Box::new(handle));
        });
    });
    restart();
    let restart = Closure::<dyn Fn()>::new(move || restart()).into_js_value();
    let _ = Reflect::set(&window(), &RESTART.into(), &restart);
    stay();
}

fn history(path: &str, language: Language) -> MemoryHistory {
    MemoryHistory::new(path, &format!("lang={}", language.tag())).with_leaving(Box::new(
        move |url| {
            // Signing in begins at the account's menu, as the restart does.
            if url.starts_with("/enter") {
                let restart = Reflect::get(&window(), &RESTART.into());
                if let Some(restart) = restart.ok().and_then(|it| it.dyn_into::<Function>().ok()) {
                    let _ = restart.call0(&JsValue::NULL);
                }
            } else if let Some(body) = document().body() {
                // What lies outside the app is not here; it is said what it would be.
                body.set_text_content(Some(words(language).ordering));
            }
        },
    ))
}

/// Links that lead out of the app lead nowhere here.
fn stay() {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
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
    });
    let _ = document().add_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
    listener.forget();
}
