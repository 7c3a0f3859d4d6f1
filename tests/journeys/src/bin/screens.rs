//! Takes pictures of every screen, in both languages, light and dark, at two
//! sizes of text, and puts them on one page.
//!
//! `cargo xtask screens` runs it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
    thread,
};

use kabao_journeys::{
    Outcome,
    screens::{SCREENS, Screen},
    stage::Stage,
    visit::{Look, Visit},
    words::{LANGUAGES, Words},
};

/// How many browsers work at the same time.
const BROWSERS: usize = 2;

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "target/screens".into()));
    let name = arguments.next().unwrap_or_default();
    match take_all(&folder, &name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn take_all(folder: &Path, name: &str) -> Outcome {
    fs::create_dir_all(folder)?;
    let stage = Stage::set()?;
    let wanted = SCREENS.iter().filter(|screen| screen.name.contains(name));
    let mut left: Vec<_> = wanted
        .clone()
        .flat_map(|screen| LANGUAGES.iter().map(|words| (*screen, *words)))
        .collect();
    left.reverse();
    let (left, failed) = (Mutex::new(left), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..BROWSERS {
            scope.spawn(|| {
                while let Some((screen, words)) = left.lock().ok().and_then(|mut it| it.pop()) {
                    let result = take(&stage, screen, words, folder);
                    if let (Err(error), Ok(mut failed)) = (result, failed.lock()) {
                        failed.push(format!("{} ({}): {error}", screen.name, words.tag));
                    }
                }
            });
        }
    });
    let names: Vec<_> = wanted.map(|screen| screen.name).collect();
    fs::write(folder.join("index.html"), contact_sheet(&names))?;
    println!(
        "{} screens in {}",
        names.len(),
        folder.join("index.html").display()
    );
    let failed = failed.into_inner().unwrap_or_default();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(failed.join("\n\n").into())
    }
}

/// Goes to a screen once, and takes it in every look.
/// Whether the pictures of the page are loaded and its elements have been the same for
/// half a second: what can wait is fetched after the first screen.
const HAS_SETTLED: &str = "\
    const count = document.querySelectorAll('*').length; \
    const isLoaded = [...document.images].every((image) => image.complete); \
    const now = performance.now(); \
    if (!isLoaded || window.settled?.count !== count) window.settled = { count, since: now }; \
    return now - window.settled.since > 500";

fn take(stage: &Stage, screen: Screen, words: &'static Words, folder: &Path) -> Outcome {
    let visit = Visit::in_language(stage, screen.case, words)?;
    (screen.walk)(&visit)?;
    visit.wait("the parts that come later", || {
        Ok(visit.run(HAS_SETTLED, vec![])? == true)
    })?;
    for (is_dark, text_percent) in looks() {
        visit.set_look(Look {
            is_dark,
            text_percent,
            ..Look::default()
        })?;
        let file = file_name(screen.name, words.tag, is_dark, text_percent);
        fs::write(folder.join(file), visit.picture()?)?;
    }
    Ok(())
}

fn looks() -> [(bool, u32); 4] {
    [(false, 100), (true, 100), (false, 150), (true, 150)]
}

fn file_name(screen: &str, language: &str, is_dark: bool, text_percent: u32) -> String {
    let shade = if is_dark { "dark" } else { "light" };
    format!("{screen}.{language}.{shade}.{text_percent}.png")
}

fn contact_sheet(names: &[&str]) -> String {
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>Screens</title><style>\
         body{font:14px system-ui;margin:2rem}section{display:flex;gap:1rem;overflow-x:auto;\
         align-items:start}img{width:240px;border:1px solid #ccc}</style><h1>Screens</h1>",
    );
    for name in names {
        page.push_str(&format!("<h2>{name}</h2><section>"));
        for words in LANGUAGES {
            for (is_dark, text_percent) in looks() {
                let file = file_name(name, words.tag, is_dark, text_percent);
                page.push_str(&format!(
                    "<a href='{file}'><img loading=lazy src='{file}' alt='{file}'></a>"
                ));
            }
        }
        page.push_str("</section>");
    }
    page
}
