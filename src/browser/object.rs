//! JavaScript objects that may not be there, or may be something else.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A property of `object`, if it is an object that has it.
pub(super) fn property<T: JsCast>(object: &JsValue, name: &str) -> Option<T> {
    // `Reflect::get` throws on what is no object.
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

/// A property of `object` that is text.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    property::<JsValue>(object, name)?.as_string()
}

/// Calls a method of `object` with `arguments`, and returns what it returns. None
/// if there is no such method or it throws.
pub(super) fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = property(object, name)?;
    method.apply(object, &arguments.iter().collect()).ok()
}
