//! One person with one browser window in a world of their own.

mod backend;
mod chromium;
mod inspection;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver, WebElement};
use tokio::runtime::Runtime;

use crate::{
    Failure, Outcome,
    stage::{Engine, Stage},
    words::{LANGUAGES, Words},
};

/// How long something may take to appear. It is no measure of speed: machines
/// that run tests are busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// Finds what a person can tap or type into, by the name that it is announced
/// with.
const FIND: &str = r"
const [selector, name] = arguments;
// Nobody taps what is still moving.
const isMoving = document.getAnimations().some((animation) => animation.playState === 'running' &&
    animation.effect && animation.effect.getTiming().iterations !== Infinity);
if (isMoving) return null;
const plain = (text) => (text || '').replace(/\s+/g, ' ').trim();
const nameOf = (element) => plain(
    element.getAttribute('aria-label') ||
    (element.getAttribute('aria-labelledby') || '').split(' ')
        .map((id) => document.getElementById(id)?.textContent || '').join(' ').trim() ||
    [...(element.labels || [])].map((label) => label.textContent).join(' ').trim() ||
    element.textContent || element.value || element.alt);
const isThere = (element) => element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility !== 'hidden' && !element.closest('[inert]');
const found = [...document.querySelectorAll(selector)].filter(isThere);
return found.find((element) => nameOf(element) === name) ||
    found.find((element) => nameOf(element).includes(name)) || null;
";
/// How long WebKit is left alone after a tap, in milliseconds. Its driver stops
/// drawing now and then when it is given keys right after a click, and what it
/// waits for can't be seen from outside.
const WEBKIT_PAUSE: u32 = 400;
/// Whether an element is where it was when it was looked at last, and the last tap
/// is so many milliseconds ago.
const KEEPS_ITS_PLACE: &str = r"
const [element, pause] = arguments;
const { x, y, width, height } = element.getBoundingClientRect();
const place = [x, y, width, height].join();
const last = document.journeyLook;
document.journeyLook = { element, place };
const isOver = performance.now() - (document.journeyTappedAt ?? -Infinity) >= pause;
return isOver && last?.element === element && last.place === place;
";
/// From here on the next click is noticed once it has passed the window: the app's
/// guard there drops the second half of a double tap that would hit something else
/// than the first.
const AWAIT_CLICK: &str = r"
document.journeyTap = 'awaited';
const notice = () => {
    document.journeyTap = 'noticed';
    document.journeyTappedAt = performance.now();
};
document.addEventListener('click', notice, { capture: true, once: true });
";
/// Whether the click that [`AWAIT_CLICK`] waits for came through. Another
/// page than before says that it did.
const CAME_THROUGH: &str = "return document.journeyTap !== 'awaited'";
/// Whether this page is in a frame of another one. WebKit's driver now and then never
/// comes back from a tap in a frame (it did so for every tap on the button below a card
/// that came back), and there the page taps by itself. Chromium taps as a person does.
const IS_IN_FRAME: &str = "return window.frameElement !== null";
const CAN_BE_TAPPED: &str = "button, a[href], input[type=checkbox], input[type=radio], summary";
const CAN_BE_TYPED_INTO: &str = "input, textarea";

/// How somebody has set up the phone.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The width of the window, in CSS pixels.
    pub width: u32,
    /// Device pixels for each CSS pixel.
    pub pixel_ratio: f64,
    /// Whether the phone is set to dark.
    pub is_dark: bool,
    /// The size of text, in percent.
    pub text_percent: u32,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: 390,
            pixel_ratio: 2.0,
            is_dark: false,
            text_percent: 100,
        }
    }
}

/// A visit.
#[derive(Debug)]
pub struct Visit<'a> {
    words: &'static Words,
    stage: &'a Stage,
    runtime: Runtime,
    driver: Option<WebDriver>,
    world: Value,
}

impl<'a> Visit<'a> {
    /// Opens a browser window on a fresh copy of a case.
    ///
    /// # Errors
    ///
    /// If the browser or the sandbox refuses.
    pub fn to(stage: &'a Stage, case: &str) -> Result<Self, Failure> {
        Self::in_language(stage, case, LANGUAGES[0])
    }

    /// Opens a browser window on a fresh copy of a case, for somebody who speaks
    /// the language of these words.
    ///
    /// # Errors
    ///
    /// If the browser or the sandbox refuses.
    pub fn in_language(
        stage: &'a Stage,
        case: &str,
        words: &'static Words,
    ) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let world = stage.tell("worlds", &json!({ "case": case }))?;
        let wanted: Capabilities = serde_json::from_value(stage.capabilities())?;
        let driver = runtime.block_on(WebDriver::new(stage.driver(), wanted))?;
        runtime.block_on(driver.set_script_timeout(PATIENCE))?;
        let _ = runtime.block_on(driver.set_window_rect(0, 0, 390, 844));
        Ok(Self {
            words,
            stage,
            runtime,
            driver: Some(driver),
            world,
        })
    }

    fn driver(&self) -> &WebDriver {
        self.driver
            .as_ref()
            .expect("the window is open until the visit ends")
    }

    /// The stage.
    #[must_use]
    pub const fn stage(&self) -> &Stage {
        self.stage
    }

    /// The account that the world's people are in.
    #[must_use]
    pub fn account(&self) -> &str {
        self.world["account"].as_str().unwrap_or_default()
    }

    fn person(&self, key: &str) -> Result<&Value, Failure> {
        self.world["people"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|person| person["key"] == key)
            .ok_or_else(|| format!("nobody here is called {key}").into())
    }

    /// Everybody who is there: how they are called, and the path that signs them in.
    #[must_use]
    pub fn people(&self) -> Vec<(String, String)> {
        let people = self.world["people"].as_array().into_iter().flatten();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        people
            .map(|person| (text(&person["key"]), text(&person["sign_in"])))
            .collect()
    }

    /// Someone's phone number.
    ///
    /// # Errors
    ///
    /// If there is nobody of that name.
    pub fn phone_of(&self, key: &str) -> Result<String, Failure> {
        Ok(self.person(key)?["phone"]
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// The table codes of the world's first merchant: code, and whether it lives.
    #[must_use]
    pub fn table_codes(&self) -> Vec<(String, bool)> {
        let codes = self.world["tables"].as_array().into_iter().flatten();
        codes
            .map(|table| {
                (
                    table["code"].as_str().unwrap_or_default().to_owned(),
                    table["is_live"].as_bool().unwrap_or_default(),
                )
            })
            .collect()
    }

    /// Takes up someone's phone and taps the menu of the account.
    ///
    /// # Errors
    ///
    /// If the page does not load.
    pub fn arrive_as(&self, key: &str) -> Outcome {
        let sign_in = self.person(key)?["sign_in"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        self.open_anywhere(&sign_in)
    }

    /// Opens a path of the site.
    ///
    /// # Errors
    ///
    /// If the page does not load.
    pub fn open(&self, path: &str) -> Outcome {
        let address = format!("{}{path}", self.stage.site());
        Ok(self.runtime.block_on(self.driver().goto(address))?)
    }

    /// Opens an address outside the site.
    ///
    /// # Errors
    ///
    /// If the page does not load.
    pub fn open_address(&self, address: &str) -> Outcome {
        Ok(self.runtime.block_on(self.driver().goto(address))?)
    }

    /// Opens a path of the site in the visitor's language.
    ///
    /// # Errors
    ///
    /// If the page does not load.
    pub fn open_anywhere(&self, path: &str) -> Outcome {
        self.open(&format!("{path}?lang={}", self.words.tag))?;
        self.wait_for_the_app()
    }

    /// Waits until the app has taken over from what the page shows before, or the page
    /// of help has, unless a journey holds the app back: what a journey does to the
    /// page by a script is for the app.
    fn wait_for_the_app(&self) -> Outcome {
        let is_there = "return !document.querySelector('#shell') || document.querySelector('main:not(#shell)') !== null \
            || !document.querySelector('#help')?.hidden \
            || 'releaseApp' in window || 'releaseWallet' in window";
        self.wait("the app", || Ok(self.run(is_there, vec![])? == true))
    }

    /// What the visitor reads, in the visitor's language.
    #[must_use]
    pub const fn words(&self) -> &'static Words {
        self.words
    }

    /// Opens the card in use, or what is below its path.
    ///
    /// # Errors
    ///
    /// If there is no card in use on the screen.
    pub fn open_current_card(&self, below: &str) -> Outcome {
        let script = "return document.querySelector('.wallet__current a[href]').pathname";
        let path = self.run(script, vec![])?;
        self.open_anywhere(&format!("{}{below}", path.as_str().unwrap_or_default()))
    }

    /// Opens a screen of the app, below the account's own path.
    ///
    /// # Errors
    ///
    /// If the page does not load.
    pub fn open_screen(&self, path: &str) -> Outcome {
        self.open_anywhere(&format!("/a/{}{path}", self.account()))
    }

    /// Loads the page anew.
    ///
    /// # Errors
    ///
    /// If the page does not load.
    pub fn reload(&self) -> Outcome {
        self.runtime.block_on(self.driver().refresh())?;
        self.wait_for_the_app()
    }

    /// Goes back.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn go_back(&self) -> Outcome {
        Ok(self.runtime.block_on(self.driver().back())?)
    }

    /// Goes forward, to where Back has come from.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn go_forward(&self) -> Outcome {
        Ok(self.runtime.block_on(self.driver().forward())?)
    }

    /// The path of the address.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn path(&self) -> Result<String, Failure> {
        let text = self.run("return location.pathname", vec![])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    ///
    /// If the script throws.
    pub fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Failure> {
        let result = self
            .runtime
            .block_on(self.driver().execute(script, arguments))?;
        Ok(result.json().clone())
    }

    /// Waits until `look` says yes.
    ///
    /// # Errors
    ///
    /// If it does not come true in time.
    pub fn wait(&self, what: &str, look: impl Fn() -> Result<bool, Failure>) -> Outcome {
        let begun = Instant::now();
        let mut last = None;
        while begun.elapsed() < PATIENCE {
            match look() {
                Ok(true) => return Ok(()),
                Ok(false) => last = None,
                // While a page changes, what was found a moment ago is gone.
                Err(error) => last = Some(error),
            }
            self.runtime
                .block_on(async { tokio::time::sleep(Duration::from_millis(30)).await });
        }
        let text = self.text().unwrap_or_default();
        let path = self.path().unwrap_or_default();
        let cause = last.map(|error| format!(" ({error})")).unwrap_or_default();
        Err(format!("waited for {what}{cause}. On {path} there is:\n{text}").into())
    }

    /// Everything that can be read.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn text(&self) -> Result<String, Failure> {
        let text = self.run("return document.body.innerText", vec![])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until `text` can be read.
    ///
    /// # Errors
    ///
    /// If it does not appear.
    pub fn see(&self, text: &str) -> Outcome {
        self.wait(&format!("“{text}”"), || Ok(self.text()?.contains(text)))
    }

    /// Waits until `text` can't be read any more.
    ///
    /// # Errors
    ///
    /// If it stays.
    pub fn see_no_more(&self, text: &str) -> Outcome {
        self.wait(&format!("“{text}” to go"), || {
            Ok(!self.text()?.contains(text))
        })
    }

    /// Waits until the address has this path.
    ///
    /// # Errors
    ///
    /// If it does not come to that.
    pub fn be_at(&self, path: &str) -> Outcome {
        self.wait(&format!("the path {path}"), || Ok(self.path()? == path))
    }

    fn find(&self, selector: &str, name: &str) -> Result<Option<WebElement>, Failure> {
        let arguments = vec![json!(selector), json!(name)];
        let found = self
            .runtime
            .block_on(self.driver().execute(FIND, arguments))?;
        if found.json().is_null() {
            Ok(None)
        } else {
            Ok(Some(found.element()?))
        }
    }

    /// Waits until something of that name can be tapped, and does so.
    ///
    /// # Errors
    ///
    /// If it can't be tapped.
    pub fn tap(&self, name: &str) -> Outcome {
        self.wait(&format!("“{name}” to tap"), || {
            match self.find(CAN_BE_TAPPED, name)? {
                Some(element) => self.tap_on(&element),
                None => Ok(false),
            }
        })
    }

    /// Taps on an element that keeps its place, as a person does who sees it
    /// first. The result is whether the tap came through; if not, it had no effect.
    fn tap_on(&self, element: &WebElement) -> Result<bool, Failure> {
        if !self.keeps_its_place(element)? {
            return Ok(false);
        }
        if self.stage.engine() == Engine::WebKit && self.run(IS_IN_FRAME, vec![])? == true {
            self.run("arguments[0].click()", vec![element.to_json()?])?;
            return Ok(true);
        }
        self.run(AWAIT_CLICK, vec![])?;
        self.runtime.block_on(element.click())?;
        Ok(self.run(CAME_THROUGH, vec![])? == true)
    }

    /// Whether an element is where it was when it was looked at last.
    fn keeps_its_place(&self, element: &WebElement) -> Result<bool, Failure> {
        let pause = match self.stage.engine() {
            Engine::Chromium => 0,
            Engine::WebKit => WEBKIT_PAUSE,
        };
        let arguments = vec![element.to_json()?, json!(pause)];
        Ok(self.run(KEEPS_ITS_PLACE, arguments)? == true)
    }

    /// Waits until something of exactly that name can be tapped, and does so.
    ///
    /// # Errors
    ///
    /// If it can't be tapped.
    pub fn tap_exactly(&self, name: &str) -> Outcome {
        self.wait(&format!("exactly “{name}” to tap"), || {
            let Some(element) = self.find(CAN_BE_TAPPED, name)? else {
                return Ok(false);
            };
            if self.runtime.block_on(element.text())?.trim() != name {
                return Ok(false);
            }
            self.tap_on(&element)
        })
    }

    /// Taps twice within one task of the page, so that nothing can be shown in
    /// between.
    ///
    /// # Errors
    ///
    /// If it can't be tapped.
    pub fn double_tap(&self, name: &str) -> Outcome {
        self.wait(&format!("“{name}” to tap"), || {
            let Some(element) = self.find(CAN_BE_TAPPED, name)? else {
                return Ok(false);
            };
            let twice = "arguments[0].click(); arguments[0].click();";
            let element = element.to_json()?;
            self.runtime
                .block_on(self.driver().execute(twice, vec![element]))?;
            Ok(true)
        })
    }

    /// Whether something of that name can be tapped now.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn can_tap(&self, name: &str) -> Result<bool, Failure> {
        self.stand_still()?;
        Ok(self.find(CAN_BE_TAPPED, name)?.is_some())
    }

    /// Types into the field of that name.
    ///
    /// # Errors
    ///
    /// If there is no such field.
    pub fn type_into(&self, name: &str, text: &str) -> Outcome {
        self.wait(&format!("the field “{name}”"), || {
            let Some(element) = self.find(CAN_BE_TYPED_INTO, name)? else {
                return Ok(false);
            };
            if !self.keeps_its_place(&element)? {
                return Ok(false);
            }
            self.runtime.block_on(element.send_keys(text))?;
            Ok(true)
        })
    }

    /// Chooses a file in the field of that name.
    ///
    /// # Errors
    ///
    /// If there is no such field.
    pub fn choose_file(&self, name: &str, file: &Path) -> Outcome {
        self.type_into(name, &file.to_string_lossy())
    }

    /// Types into the field of that name in place of what it holds.
    ///
    /// # Errors
    ///
    /// If there is no such field.
    pub fn clear_and_type(&self, name: &str, text: &str) -> Outcome {
        self.wait(&format!("the field “{name}”"), || {
            Ok(self.find(CAN_BE_TYPED_INTO, name)?.is_some())
        })?;
        let element = self.find(CAN_BE_TYPED_INTO, name)?;
        let element = element.ok_or("there is no such field")?;
        self.runtime.block_on(element.clear())?;
        self.type_into(name, text)
    }

    /// What the field of that name holds.
    ///
    /// # Errors
    ///
    /// If there is no such field.
    pub fn typed_in(&self, name: &str) -> Result<String, Failure> {
        let element = self
            .find(CAN_BE_TYPED_INTO, name)?
            .ok_or("there is no such field")?;
        Ok(self
            .runtime
            .block_on(element.prop("value"))?
            .unwrap_or_default())
    }

    /// Waits until the field of that name holds `text`.
    ///
    /// # Errors
    ///
    /// If it does not.
    pub fn see_typed(&self, name: &str, text: &str) -> Outcome {
        self.wait(&format!("“{text}” in the field “{name}”"), || {
            Ok(self.typed_in(name)? == text)
        })
    }
}

impl Visit<'_> {
    /// Turns to the frame in the page, once it is there: the phone of the preview.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn look_at_phone(&self) -> Outcome {
        self.wait("the phone", || self.look_at_phone_now())
    }

    /// Turns to the frame in the page, if there is one now.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn look_at_phone_now(&self) -> Result<bool, Failure> {
        let is_there = self.run("return frames.length === 1", vec![])? == true;
        if is_there {
            self.runtime.block_on(self.driver().enter_frame(0))?;
        }
        Ok(is_there)
    }

    /// Turns back to the page itself.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn look_at_page(&self) -> Outcome {
        Ok(self.runtime.block_on(self.driver().enter_default_frame())?)
    }

    /// Makes the window as large as a desktop's.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn sit_down_at_a_desk(&self) -> Outcome {
        let rect = self.driver().set_window_rect(0, 0, 1280, 1000);
        self.runtime.block_on(rect)?;
        if self.stage.engine() == Engine::Chromium {
            let metrics = json!({
                "width": 1280, "height": 1000, "deviceScaleFactor": 1, "mobile": false,
            });
            self.chromium("Emulation.setDeviceMetricsOverride", metrics)?;
        }
        Ok(())
    }

    /// Waits until nothing moves.
    fn stand_still(&self) -> Outcome {
        self.wait("everything to stand still", || {
            let still = "return document.getAnimations().every((animation) => \
                animation.playState !== 'running' || \
                animation.effect.getTiming().iterations === Infinity)";
            Ok(self.run(still, vec![])? == true)
        })
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            let _ = self.runtime.block_on(driver.quit());
        }
    }
}
