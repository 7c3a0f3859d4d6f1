//! Plays the customer: types, ticks and taps on the phone what they would, so that
//! whoever looks on sees where it leads.

use core::time::Duration;

use kabao::browser::clock;
use leptos::prelude::{document, window};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use web_sys::{Event, EventInit, FocusOptions, HtmlElement, HtmlInputElement};

use super::around::PageAround;

/// What is about to be touched. It has a frame meanwhile.
const MARK: &str = "is-touched";
/// How long a screen may take to be followed by another one.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long it is seen what is about to be touched.
const PAUSE: Duration = Duration::from_millis(900);
const POLL: Duration = Duration::from_millis(50);

/// How fast somebody is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pace {
    /// So that an onlooker can follow.
    Leisurely,
    /// For a picture of what comes in the end.
    AtOnce,
}

/// How far to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    /// Up to this screen.
    Screen(Screen),
    End,
}

/// A screen of the app that the customer comes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Wallet,
    /// Where the phone number is typed.
    Phone,
    /// Where the code of the message is typed.
    Code,
    /// The cards that were found, or that none was.
    Found,
    Done,
}

impl Screen {
    fn shown() -> Option<Self> {
        [
            (Self::Code, "#claim-code"),
            (Self::Phone, "#claim-phone"),
            (Self::Done, ".claim__summary"),
            (Self::Found, ".claim"),
            (Self::Wallet, ".strip"),
        ]
        .into_iter()
        .find_map(|(screen, selector)| find(selector).map(|_| screen))
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten()?;
    found.dyn_into().ok()
}

/// What the customer does, as the rules have them do it.
struct Customer {
    phone: String,
    claims: bool,
    /// Whether they open a new card where none is found.
    opens_new: bool,
    /// Whose avatar they tap in the end.
    taps: Option<Avatar>,
}

/// Whose avatar is tapped.
enum Avatar {
    /// That of the card with this id.
    Of(String),
    /// That of the first card that is not in use.
    First,
}

impl Customer {
    fn ask(around: PageAround) -> Option<Self> {
        let answer = around.ask(json!({ "ask": "customer" }))?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Some(Self {
            phone: text(&answer["phone"])?,
            claims: answer["claims"] == true,
            opens_new: answer["opens_new"] == true,
            taps: match (answer["taps"] == true, text(&answer["old_card"])) {
                (false, _) => None,
                (true, Some(card)) => Some(Avatar::Of(card)),
                (true, None) => Some(Avatar::First),
            },
        })
    }
}

/// What comes next.
enum Next {
    /// The screen is not ready.
    Wait,
    /// There is nothing left to do.
    End,
    Type(HtmlElement, String),
    Tap(HtmlElement),
    /// A tap with which all is done.
    LastTap(HtmlElement),
}

struct Play {
    customer: Customer,
    around: PageAround,
    has_claimed: bool,
}

/// Plays the customer until the end, or until `is_over`: somebody else has taken the
/// phone.
pub(crate) async fn play(around: PageAround, pace: Pace, until: Until, is_over: impl Fn() -> bool) {
    let Some(customer) = Customer::ask(around) else {
        return;
    };
    let mut play = Play {
        customer,
        around,
        has_claimed: false,
    };
    let focus = FocusAround::now();
    // The screen that has been dealt with, and waits for the backend.
    let mut dealt_with = None;
    let mut waited = Duration::ZERO;
    while waited < PATIENCE && !is_over() {
        focus.give_back();
        let screen = Screen::shown();
        if screen.is_some_and(|screen| until == Until::Screen(screen)) {
            break;
        }
        let next = match screen {
            Some(screen) if dealt_with != Some(screen) => play.next(screen),
            _ => Next::Wait,
        };
        let is_end = matches!(next, Next::LastTap(_));
        let (element, typed) = match next {
            Next::Wait => {
                clock::sleep(POLL).await;
                waited += POLL;
                continue;
            }
            Next::End => break,
            Next::Type(element, text) => (element, Some(text)),
            Next::Tap(element) | Next::LastTap(element) => (element, None),
        };
        waited = Duration::ZERO;
        match pace {
            Pace::Leisurely => {
                bring_into_view(&element);
                let _ = element.class_list().add_1(MARK);
                clock::sleep(PAUSE).await;
                let _ = element.class_list().remove_1(MARK);
            }
            Pace::AtOnce => clock::sleep(POLL).await,
        }
        if is_over() {
            break;
        }
        // What moves to the next screen is done once.
        let is_last = match (screen, &typed) {
            (Some(Screen::Phone), Some(_)) => false,
            (Some(Screen::Phone), None) => !element.is_instance_of::<HtmlInputElement>(),
            _ => true,
        };
        if is_last {
            dealt_with = screen;
        }
        match typed {
            Some(text) => type_into(&element, &text),
            None => element.click(),
        }
        if is_end {
            break;
        }
    }
    clock::sleep(POLL).await;
    if !is_over() {
        focus.give_back();
    }
    while matches!(pace, Pace::AtOnce) && is_counting() && !is_over() {
        clock::sleep(POLL).await;
    }
    around.ask(json!({ "ask": "played" }));
}

/// Scrolls this page and none around it, whose reader is reading.
fn bring_into_view(element: &HtmlElement) {
    let place = element.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|it| it.as_f64());
    let height = height.unwrap_or_default();
    if place.top() < 0.0 || place.bottom() > height {
        window().scroll_by_with_x_and_y(0.0, place.top() - height / 3.0);
    }
}

/// Where the focus is in the page around. The app gives it to its own fields as they
/// come, which is right for a customer's finger and wrong for somebody who is ticking
/// off steps by keyboard beside it.
struct FocusAround(Option<HtmlElement>);

impl FocusAround {
    fn now() -> Self {
        Self(Self::elsewhere())
    }

    /// What has the focus, if it is not the frame of this page.
    fn elsewhere() -> Option<HtmlElement> {
        let around = window().parent().ok().flatten()?;
        let focused = around.document()?.active_element()?;
        let frame = window().frame_element().ok().flatten();
        // An element of another page is an instance of that page's classes.
        (Some(&focused) != frame.as_ref()).then(|| focused.unchecked_into())
    }

    /// Gives the focus back, if the phone has taken it.
    fn give_back(&self) {
        if let (None, Some(element)) = (Self::elsewhere(), &self.0) {
            let quietly = FocusOptions::new();
            quietly.set_prevent_scroll(true);
            let _ = element.focus_with_options(&quietly);
        }
    }
}

/// Whether the amount that came back is still counted up for the eye: a screen reader
/// is told all of it at once.
fn is_counting() -> bool {
    let words = |selector: &str| -> Option<String> {
        let text = find(selector)?.text_content()?;
        Some(text.split_whitespace().collect())
    };
    words(".claim__recovered > .unseen") != words(".claim__recovered > [aria-hidden]")
}

fn type_into(element: &HtmlElement, text: &str) {
    if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
        field.set_value(text);
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &bubbles) {
            let _ = field.dispatch_event(&event);
        }
    }
}

impl Play {
    fn next(&mut self, screen: Screen) -> Next {
        match screen {
            Screen::Wallet if self.customer.claims && !self.has_claimed => {
                tap(".lead:not(.lead--found) > .button, .app > .button--quiet")
            }
            Screen::Wallet => match &self.customer.taps {
                Some(card) => avatar(card),
                None => Next::End,
            },
            Screen::Done if self.customer.taps.is_some() => {
                last_tap(".claim__bound .card-face__avatar--action")
            }
            Screen::Done => Next::End,
            Screen::Phone => {
                self.has_claimed = true;
                self.ask_for_code()
            }
            Screen::Code => {
                let code = self.around.ask(json!({ "ask": "code" }));
                match (field("#claim-code"), code) {
                    (Some(field), Some(code)) => match code["code"].as_str() {
                        Some(code) => Next::Type(field.into(), code.to_owned()),
                        None => Next::Wait,
                    },
                    _ => Next::Wait,
                }
            }
            Screen::Found if find(".claim__main-action").is_some() => {
                tap(".claim__main-action .button--primary")
            }
            Screen::Found if self.customer.opens_new => tap(".claim > .button--primary"),
            Screen::Found => Next::End,
        }
    }

    /// The number, the consent, and then the button.
    fn ask_for_code(&self) -> Next {
        let (Some(number), Some(consent)) = (field("#claim-phone"), field(".consent__box")) else {
            return Next::Wait;
        };
        if number.value().is_empty() {
            Next::Type(number.into(), self.customer.phone.clone())
        } else if !consent.checked() {
            Next::Tap(consent.into())
        } else {
            tap("form > .button--primary")
        }
    }
}

fn tap(selector: &str) -> Next {
    find(selector).map_or(Next::Wait, Next::Tap)
}

fn field(selector: &str) -> Option<HtmlInputElement> {
    find(selector)?.dyn_into().ok()
}

fn last_tap(selector: &str) -> Next {
    find(selector).map_or(Next::Wait, Next::LastTap)
}

/// The avatar that switches to a card, or the button of the panel that the card is in.
fn avatar(avatar: &Avatar) -> Next {
    if let Some(button) = find(".lead--found > .button") {
        return Next::LastTap(button);
    }
    let Avatar::Of(card) = avatar else {
        return last_tap(".card-face__avatar--action");
    };
    let link = find(&format!(".card-face__open[href*='/cards/{card}']"));
    let face = link.and_then(|link| link.closest(".card-face").ok().flatten());
    let avatar = face
        .and_then(|face| {
            let action = face.query_selector(".card-face__avatar--action");
            action.ok().flatten()
        })
        .and_then(|avatar| avatar.dyn_into().ok());
    avatar.map_or(Next::Wait, Next::LastTap)
}
