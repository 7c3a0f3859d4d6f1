//! The page around the phone, which answers for the backend.

use js_sys::{Function, Reflect};
use kabao::api::transport::{PendingResponse, Request, Response, Transport, TransportError};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};

/// The function of the page around that answers.
pub(crate) const ASK: &str = "kabaoPreview";

/// The page around, as a phone or as the picture of one asks it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageAround {
    /// Which picture this is; each has a world of its own.
    pub(crate) picture: Option<usize>,
}

impl PageAround {
    pub(crate) fn ask(self, mut question: Value) -> Option<Value> {
        question["picture"] = json!(self.picture);
        let parent = web_sys::window()?.parent().ok()??;
        let function: Function = Reflect::get(&parent, &ASK.into()).ok()?.dyn_into().ok()?;
        let answer = function
            .call1(&JsValue::NULL, &question.to_string().into())
            .ok()?
            .as_string()?;
        serde_json::from_str(&answer).ok()
    }
}

/// A request of the app, as the page around is asked it.
pub(crate) fn question(request: &Request) -> Value {
    json!({
        "ask": "answer", "method": request.method.name(), "path": request.path,
        "key": request.idempotency_key, "fan": request.fan, "if_match": request.if_match,
        "language": request.accept_language, "body": request.body,
    })
}

impl Transport for PageAround {
    fn send(&self, request: Request) -> PendingResponse {
        let response = self
            .ask(question(&request))
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
