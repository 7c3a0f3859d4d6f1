//! The member code.

use kabao_journeys::{
    Failure, Outcome,
    picture::{Area, Picture},
    scanner::scan,
    visit::{Look, Visit},
};
use serde_json::json;

use crate::Journey;

pub(crate) const JOURNEYS: &[Journey] = &[
    (
        "a code that comes back from the background is a new one",
        "statuses",
        back_from_background,
    ),
    (
        "without the backend the offline code is shown, and says so",
        "statuses",
        offline,
    ),
    (
        "a menu entry opens the code of the card in use",
        "case-2",
        from_the_menu,
    ),
    (
        "the screen stays on while the code is shown",
        "case-2",
        wake_lock,
    ),
];

/// What only Chromium's driver can set up.
pub(crate) const IN_CHROMIUM: &[Journey] = &[
    (
        "both codes can be scanned at every pixel density",
        "statuses",
        scannable,
    ),
    (
        "both codes can be scanned from the screen at every density between 1 and 4",
        "statuses",
        scannable_by_eighths,
    ),
    (
        "the bar code alone can be scanned along the longer side of the screen",
        "statuses",
        full_screen,
    ),
    (
        "the codes stay black on white where a phone darkens pages by itself",
        "case-2",
        forced_dark,
    ),
    ("WeChat's menu can't share the code", "case-2", share_menu),
];

fn show_code(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.tap("出示会员码")?;
    visit.see("请向店员出示")
}

/// The number under the codes.
fn number(visit: &Visit<'_>) -> Result<String, Failure> {
    let script = "return document.querySelector('[aria-label=会员码数字]')?.textContent";
    let text = visit.run(script, vec![])?;
    let text = text.as_str().unwrap_or_default();
    Ok(text.chars().filter(char::is_ascii_digit).collect())
}

/// As if another app had been in front for a while.
fn come_back(visit: &Visit<'_>) -> Outcome {
    visit.run(
        "document.dispatchEvent(new Event('visibilitychange'))",
        vec![],
    )?;
    Ok(())
}

fn scannable(visit: &Visit<'_>) -> Outcome {
    show_code(visit, "zhuan")?;
    for (width, pixel_ratio) in [(320, 1.0), (390, 1.0), (390, 2.0), (390, 3.0), (360, 2.75)] {
        for is_dark in [false, true] {
            visit.set_look(Look {
                width,
                pixel_ratio,
                is_dark,
                ..Look::default()
            })?;
            visit.wait("both codes to be read", || {
                let shown = number(visit)?;
                let scanned = scan(&visit.picture()?)?;
                // The code may have changed while it was scanned.
                Ok(shown == number(visit)?
                    && scanned.qr_codes == [shown.clone()]
                    && scanned.bar_codes == [shown])
            })?;
        }
    }
    Ok(())
}

/// What a shop's scanner sees: the screen, and not what is above and below it.
fn scannable_by_eighths(visit: &Visit<'_>) -> Outcome {
    show_code(visit, "zhuan")?;
    for eighths in 8..=32 {
        let pixel_ratio = f64::from(eighths) / 8.0;
        visit.set_look(Look {
            width: 360,
            pixel_ratio,
            ..Look::default()
        })?;
        // A phone has its density from the start.
        visit.reload()?;
        visit.see("请向店员出示")?;
        visit.wait(&format!("both codes at {pixel_ratio}"), || {
            let shown = number(visit)?;
            let scanned = scan(&visit.screenshot()?)?;
            Ok(shown.len() == 18
                && shown == number(visit)?
                && scanned.qr_codes == [shown.clone()]
                && scanned.bar_codes == [shown])
        })?;
    }
    Ok(())
}

/// Whether the codes are black on white on the screen.
fn is_black_on_white(visit: &Visit<'_>) -> Result<bool, Failure> {
    let script = "const plate = document.querySelector('.code-plate__codes'); \
        plate.scrollIntoView({ block: 'center' }); \
        const { x, y, width, height } = plate.getBoundingClientRect(); \
        return [x, y, width, height].map((it) => Math.round(it * devicePixelRatio))";
    let [x, y, width, height] = serde_json::from_value(visit.run(script, vec![])?)?;
    let area = Area {
        x,
        y,
        width,
        height,
    };
    let (black, white) = Picture::read(&visit.screenshot()?)?.black_and_white(area);
    Ok(black > 0.1 && white > 0.5)
}

fn forced_dark(visit: &Visit<'_>) -> Outcome {
    show_code(visit, "chen")?;
    visit.set_look(Look {
        is_dark: true,
        ..Look::default()
    })?;
    visit.force_dark()?;
    visit.wait("black codes on white", || is_black_on_white(visit))?;
    // As if the page had no dark look of its own: all of it is darkened then.
    visit.run(
        "document.documentElement.style.colorScheme = 'light'",
        vec![],
    )?;
    visit.wait("black codes on white still", || is_black_on_white(visit))?;
    // This browser does darken what does not refuse.
    visit.run(
        "document.querySelector('.code-plate').style.colorScheme = 'light'",
        vec![],
    )?;
    visit.wait("the plate to be darkened", || {
        Ok(!is_black_on_white(visit)?)
    })
}

fn back_from_background(visit: &Visit<'_>) -> Outcome {
    show_code(visit, "zhuan")?;
    visit.see("秒后自动刷新")?;
    let old = number(visit)?;
    visit.put_clock_ahead(90)?;
    come_back(visit)?;
    visit.wait("another code", || {
        let new = number(visit)?;
        Ok(!new.is_empty() && new != old)
    })
}

fn offline(visit: &Visit<'_>) -> Outcome {
    show_code(visit, "zhuan")?;
    let old = number(visit)?;
    visit.break_next("GET", "/code", &json!({ "problem": "unavailable" }), 1000)?;
    visit.put_clock_ahead(90)?;
    come_back(visit)?;
    visit.see("离线会员码：只能识别会员，不能付款")?;
    let offline = number(visit)?;
    assert_ne!(offline, old, "an expired code is never shown");
    assert!(
        offline.ends_with("3005"),
        "it identifies the member: {offline}"
    );
    visit.mend()?;
    visit.see_no_more("离线会员码")?;
    visit.see("秒后自动刷新")
}

/// The bar code alone, along the longer side of the phone.
fn full_screen(visit: &Visit<'_>) -> Outcome {
    show_code(visit, "zhuan")?;
    visit.tap("全屏条形码")?;
    for pixel_ratio in [1.0, 1.375, 2.0, 2.75, 3.0] {
        visit.set_look(Look {
            width: 360,
            pixel_ratio,
            ..Look::default()
        })?;
        visit.wait(&format!("the long bar code at {pixel_ratio}"), || {
            let shown = number(visit)?;
            let scanned = scan(&visit.screenshot()?)?;
            Ok(shown == number(visit)? && scanned.bar_codes == [shown])
        })?;
    }
    visit.go_back()?;
    visit.wait("the way back to both codes", || visit.can_tap("全屏条形码"))
}

fn from_the_menu(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.open_screen("/code")?;
    visit.see("请向店员出示")?;
    visit.see("尾号")
}

fn wake_lock(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.run(
        "window.locks = 0; Object.defineProperty(navigator, 'wakeLock', { value: { \
             request: async () => { window.locks += 1; \
                 return { release: async () => { window.locks -= 1; } }; } } })",
        vec![],
    )?;
    visit.tap("出示会员码")?;
    visit.see("请向店员出示")?;
    visit.wait("the screen to be kept on", || {
        Ok(visit.run("return window.locks", vec![])? == 1)
    })?;
    visit.tap("返回")?;
    visit.see("公众号")?;
    visit.wait("the screen to be let go", || {
        Ok(visit.run("return window.locks", vec![])? == 0)
    })
}

fn share_menu(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.run(
        "window.calls = []; window.WeixinJSBridge = { call: (name) => window.calls.push(name) }",
        vec![],
    )?;
    let calls = || visit.run("return window.calls.join()", vec![]);
    visit.tap("出示会员码")?;
    visit.see("请向店员出示")?;
    visit.wait("the menu to be hidden", || Ok(calls()? == "hideOptionMenu"))?;
    visit.tap("返回")?;
    visit.see("公众号")?;
    visit.wait("the menu to be back", || {
        Ok(calls()? == "hideOptionMenu,showOptionMenu")
    })
}
