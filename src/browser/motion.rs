//! Things that move to where they are now.

use leptos::task::spawn_local;

use super::object;

/// How long a card is on its way, in milliseconds.
const DURATION: u32 = 320;

/// Once the page has been drawn anew, lets what is inside the element with this
/// `id` slide into its place from where `from` is now. It is in its place at once
/// where the person wants less motion, or the browser can't.
pub fn slide_from(from: &impl AsRef<web_sys::Element>, id: &'static str) {
    if wants_less_motion() {
        return;
    }
    let before = from.as_ref().get_bounding_client_rect().top();
    spawn_local(async move {
        let moved = super::page::element(id).and_then(|place| place.first_element_child());
        let Some(moved) = moved else {
            return;
        };
        // Whole pixels: what writes fractions would add 6.5 KB to the first module.
        let distance = (before - moved.get_bounding_client_rect().top()) as i32;
        let frames =
            format!(r#"[{{"transform":"translateY({distance}px)"}},{{"transform":"none"}}]"#);
        let timing = format!(r#"{{"duration":{DURATION},"easing":"cubic-bezier(0.2,0.8,0.2,1)"}}"#);
        if let (Ok(frames), Ok(timing)) =
            (js_sys::JSON::parse(&frames), js_sys::JSON::parse(&timing))
        {
            object::call(&moved, "animate", &[frames, timing]);
        }
    });
}

fn wants_less_motion() -> bool {
    web_sys::window()
        .and_then(|window| {
            window
                .match_media("(prefers-reduced-motion: reduce)")
                .ok()?
        })
        .is_some_and(|query| query.matches())
}
