//! The app's calls of the boot script, and a panic.

use std::{
    panic,
    sync::atomic::{AtomicBool, Ordering},
};

use js_sys::Function;
use kabao::{
    browser::boot::{self, MissingFile},
    components::qr_code,
};
use kabao_core::{domain::code128, percent::percent_encoded};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_test::wasm_bindgen_test;

/// Runs JavaScript and gives what it returns.
fn script(source: &str) -> JsValue {
    Function::new_no_args(source)
        .call0(&JsValue::UNDEFINED)
        .expect("a script that runs")
}

#[wasm_bindgen_test]
fn a_panic_calls_for_help_and_says_nothing_of_what_was_typed() {
    script(
        "window.failures = [];
         window.kabaoFailed = (...told) => failures.push(told);
         window.logged = [];
         window.consoleError = console.error;
         console.error = (...told) => logged.push(told);",
    );
    // After a panic the hook can't be changed any more, so it is told apart
    // whose panic it is: that of another test is the runner's.
    static IS_TRIED: AtomicBool = AtomicBool::new(true);
    let runner = panic::take_hook();
    boot::install_panic_hook();
    let app = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let hook = if IS_TRIED.load(Ordering::Relaxed) {
            &app
        } else {
            &runner
        };
        hook(panic);
    }));
    let stop = Closure::once_into_js(|| -> () { panic!("13800138000") });
    let stopped = stop.unchecked_ref::<Function>().call0(&JsValue::UNDEFINED);
    IS_TRIED.store(false, Ordering::Relaxed);
    script("console.error = consoleError");
    assert!(stopped.is_err(), "a panic ends the call");
    let told = script("return JSON.stringify(failures)");
    assert_eq!(told.as_string().as_deref(), Some("[[]]"));
    let logged = script("return JSON.stringify(logged)");
    let logged = logged.as_string().expect("text");
    assert!(logged.contains("boot.rs"), "{logged}");
    assert!(!logged.contains("13800138000"), "{logged}");
}

#[wasm_bindgen_test]
fn the_first_screen_is_told_to_the_boot_script() {
    script("window.isReady = false; window.kabaoReady = () => { isReady = true; };");
    boot::app_is_ready();
    assert_eq!(script("return isReady"), JsValue::TRUE);
}

#[wasm_bindgen_test]
async fn the_boot_script_says_why_a_file_is_missing() {
    for (answer, expected) in [
        ("() => Promise.resolve('replaced')", MissingFile::Replaced),
        (
            "() => Promise.resolve('unreachable')",
            MissingFile::Unreachable,
        ),
        ("() => Promise.resolve('present')", MissingFile::Unreachable),
        ("() => Promise.reject(1)", MissingFile::Unreachable),
        ("undefined", MissingFile::Unreachable),
    ] {
        script(&format!("window.kabaoMissing = {answer}"));
        assert_eq!(boot::why_missing().await, expected, "{answer}");
    }
}

/// What paints the member code until the app does.
const FIRST_CODE: &str = include_str!("../../../../first_code.js");

#[wasm_bindgen_test]
fn the_codes_that_the_page_paints_are_the_apps() {
    script(&format!(
        "window.kabaoPaintCode = () => {{}};\n{FIRST_CODE}"
    ));
    let text = |source: String| script(&source).as_string().expect("text");
    // Digits of every kind, by the multiples of a prime.
    let payloads = (1..=400_u64).map(|step| {
        let digits = format!(
            "{:018}",
            step * 1_000_003 * 977_777 % 1_000_000_000_000_000_000
        );
        let length = 12 + step as usize % 4 * 2;
        digits[18 - length..].to_owned()
    });
    for payload in payloads.chain(["000000000000", "999999999999999999"].map(str::to_owned)) {
        let square = text(format!("return kabaoFirstCode.squarePicture('{payload}')"));
        let path = &square[square.find("<path").expect("a path")..];
        let path = path.strip_suffix("</svg>").expect("a picture");
        let ours = qr_code::data_url(&payload).expect("a QR code");
        assert!(ours.contains(&percent_encoded(path)), "{payload}: {square}");
        let bars = text(format!("return kabaoFirstCode.bars('{payload}').join('')"));
        let ours = code128::modules(&payload).expect("a bar code");
        let ours: String = ours
            .iter()
            .map(|bar| if *bar { '1' } else { '0' })
            .collect();
        assert_eq!(bars, ours, "{payload}");
    }
}
