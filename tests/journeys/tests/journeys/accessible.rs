//! Nobody is kept out: every screen in every state is checked with axe-core, in
//! light and dark, and holds together on a narrow phone and with large text.

use std::{env, fs};

use kabao_journeys::{
    Failure, Outcome,
    screens::{SCREENS, Screen},
    stage::Engine,
    visit::{Look, Visit},
};

/// The screens that are checked in WebKit too, which the driver can't set up.
const IN_WEBKIT: [&str; 7] = [
    "wallet",
    "card",
    "code",
    "claim-phone",
    "claim-candidates",
    "profile",
    "problem-internal",
];

/// The screens that are checked in `engine`.
pub(crate) fn screens(engine: Engine) -> impl Iterator<Item = Screen> {
    let is_checked = move |screen: &&Screen| match engine {
        Engine::Chromium => true,
        Engine::WebKit => IN_WEBKIT.contains(&screen.name),
    };
    SCREENS.iter().filter(is_checked).copied()
}

/// Goes to a screen and checks it.
pub(crate) fn check(visit: &Visit<'_>, screen: Screen) -> Outcome {
    let axe = axe()?;
    (screen.walk)(visit)?;
    if visit.stage().engine() == Engine::WebKit {
        return nothing_wrong("", &visit.axe_violations(&axe)?);
    }
    for is_dark in [false, true] {
        visit.set_look(Look {
            is_dark,
            ..Look::default()
        })?;
        let look = if is_dark { "dark" } else { "light" };
        nothing_wrong(look, &visit.axe_violations(&axe)?)?;
    }
    for (width, text_percent) in [
        (280, 100),
        (320, 100),
        (430, 100),
        // A phone that lies on its side.
        (780, 100),
        (390, 150),
        (390, 200),
        (320, 150),
    ] {
        visit.set_look(Look {
            width,
            text_percent,
            ..Look::default()
        })?;
        let look = format!("{width} pixels wide, text at {text_percent} %");
        // Codes are drawn anew once the browser has told their new size.
        visit.wait("everything to fit", || {
            nothing_wrong(&look, &visit.overflow()?).map(|()| true)
        })?;
    }
    Ok(())
}

fn nothing_wrong(look: &str, found: &[String]) -> Outcome {
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!("{look}:\n{}", found.join("\n")).into())
    }
}

/// The program of axe-core.
fn axe() -> Result<String, Failure> {
    let path = env::var("KABAO_AXE")
        .map_err(|_| "KABAO_AXE is not set; run `cargo xtask test`".to_owned())?;
    Ok(fs::read_to_string(path)?)
}
