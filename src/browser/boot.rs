//! The app's side of the boot script, which runs in the page before the app
//! does. A page without it (the preview, a test) has none of its functions, so
//! none of them is relied on.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::object;

/// For how long a reply may have lain there, in milliseconds. A member code may have
/// ended since, and the backend's clock is read off the reply as if it had just come.
const FRESH: f64 = 10_000.0;

/// A `GET` that the boot script sent while the app was on its way. It is aborted
/// when this is dropped, so that a request that nobody waits for does not hold
/// up the next one for the same address.
pub struct EarlyRequest {
    request: Object,
}

/// What the backend replied to an [`EarlyRequest`].
pub struct EarlyReply {
    pub status: u16,
    /// The `Retry-After` header, as it was sent.
    pub retry_after: Option<String>,
    pub body: String,
}

/// Why an [`EarlyRequest`] has no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlyError {
    /// None came within the boot script's deadline, which begins with the page
    /// and not with the app.
    Timeout,
    Unreachable,
    /// It came, too long ago.
    Old,
}

impl EarlyRequest {
    /// The request for `path`, if the boot script has sent it and nobody has
    /// taken it yet.
    #[must_use]
    pub fn take(path: &str) -> Option<Self> {
        let requests: Object = object::property(&web_sys::window()?.into(), "kabaoEarly")?;
        let request: Object = object::property(&requests, path)?;
        let _ = Reflect::set(&requests, &path.into(), &JsValue::UNDEFINED);
        Some(Self { request })
    }

    /// # Errors
    ///
    /// [`EarlyError`] if there is no reply.
    pub async fn reply(self) -> Result<EarlyReply, EarlyError> {
        let reply: Promise =
            object::property(&self.request, "reply").ok_or(EarlyError::Unreachable)?;
        let reply = JsFuture::from(reply).await.map_err(|error| {
            if object::text(&error, "name").as_deref() == Some("TimeoutError") {
                EarlyError::Timeout
            } else {
                EarlyError::Unreachable
            }
        })?;
        let status = object::property::<JsValue>(&reply, "status")
            .and_then(|status| status.as_f64())
            .ok_or(EarlyError::Unreachable)?;
        let age = object::call(&reply, "age", &[]).and_then(|age| age.as_f64());
        if age.is_some_and(|age| age > FRESH) {
            return Err(EarlyError::Old);
        }
        Ok(EarlyReply {
            status: status as u16,
            retry_after: object::text(&reply, "retryAfter"),
            body: object::text(&reply, "body").unwrap_or_default(),
        })
    }

    /// Gives up waiting. After the reply it does nothing.
    pub fn abort(&self) {
        object::call(&self.request, "abort", &[]);
    }
}

impl Drop for EarlyRequest {
    fn drop(&mut self) {
        self.abort();
    }
}

/// Tells the boot script that the app has its first screen, so that it takes away
/// what it shows until then.
pub fn app_is_ready() {
    call("kabaoReady", &[]);
}

/// Tells the boot script that the app runs and waits for the wallet: what it has
/// painted itself may stay until the wallet is there.
pub fn app_is_waiting() {
    call("kabaoReady", &[JsValue::TRUE]);
}

/// Lets the boot script replace the app by its page of help when the app panics.
///
/// Nothing of the panic is logged, because its message can hold what a fan has
/// typed; a development build logs where it happened.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|_panic| {
        #[cfg(debug_assertions)]
        if let Some(place) = _panic.location() {
            leptos::logging::error!("panicked at {place}");
        }
        call("kabaoFailed", &[]);
    }));
}

/// Has the backend told of a problem that a fan was shown and that it can't notice
/// itself, by the problem's number in a staff code.
pub fn report(number: u8) {
    call("kabaoReport", &[number.into()]);
}

/// Why a file of the app could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingFile {
    /// The server has a newer version, and this one no more. The boot script
    /// loads the page anew, or has put its page of help in the app's place.
    Replaced,
    /// The network failed, or the server did.
    Unreachable,
}

/// Finds out why a file of the app could not be fetched, by asking for all of
/// them again.
pub async fn why_missing() -> MissingFile {
    let promise = call("kabaoMissing", &[]).and_then(|promise| promise.dyn_into::<Promise>().ok());
    let reason = match promise {
        Some(promise) => JsFuture::from(promise).await.ok(),
        None => None,
    };
    match reason.and_then(|reason| reason.as_string()).as_deref() {
        Some("replaced") => MissingFile::Replaced,
        _ => MissingFile::Unreachable,
    }
}

/// Calls a function of the boot script, and returns what it returns.
fn call(name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    object::call(&web_sys::window()?.into(), name, arguments)
}
