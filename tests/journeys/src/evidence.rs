//! What a journey that failed leaves behind: the screen, the page, the console
//! and the requests, so that nobody has to make it again to see what happened.

use std::{
    any::Any,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    Failure, Outcome,
    stage::{Engine, Stage},
    visit::Visit,
};

/// Makes a journey in a world of its own.
///
/// # Errors
///
/// If it fails or panics, in its own words and with the folder where the rest is
/// to be found.
pub fn make(
    stage: &Stage,
    name: &str,
    case: &str,
    journey: impl FnOnce(&Visit<'_>) -> Outcome,
) -> Outcome {
    let folder = folder(stage.engine(), name);
    // What an earlier run has left says nothing of this one.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let visit = Visit::to(stage, case)?;
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        journey(&visit)?;
        keeps_the_policy(&visit)
    }));
    let failure = match outcome {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(failure)) => failure.to_string(),
        Err(panic) => words_of(&*panic),
    };
    keep(&visit, &folder, &failure)
        .map_err(|error| format!("{failure}\n\nNothing could be kept of it: {error}"))?;
    Err(format!(
        "{failure}\n\nWhat there was to see is in {}",
        folder.display()
    )
    .into())
}

/// Nothing on the way was anything that the page's content policy forbids. WebKit's
/// driver does not tell.
fn keeps_the_policy(visit: &Visit<'_>) -> Outcome {
    if visit.stage().engine() == Engine::WebKit {
        return Ok(());
    }
    let console = visit.console()?;
    let is_violation = |line: &&String| line.contains("Content Security Policy");
    match console.iter().find(is_violation) {
        Some(violation) => Err(violation.clone().into()),
        None => Ok(()),
    }
}

/// Where a journey leaves what it saw: below `target/journeys`.
#[must_use]
pub fn folder(engine: Engine, name: &str) -> PathBuf {
    let engine = match engine {
        Engine::Chromium => "chromium",
        Engine::WebKit => "webkit",
    };
    let words: Vec<_> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let workspace = workspace.canonicalize().unwrap_or(workspace);
    workspace
        .join("target/journeys")
        .join(format!("{}-{engine}", words.join("-")))
}

/// What an assertion said.
fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("it panicked").to_owned()
}

fn keep(visit: &Visit<'_>, folder: &Path, failure: &str) -> Outcome {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("failure.txt"), failure)?;
    // In the preview the journey may have turned to the frame.
    visit.look_at_page()?;
    // What one of these can't tell, the others still do.
    let or_error = |text: Result<String, Failure>| text.unwrap_or_else(|error| error.to_string());
    match visit.screenshot() {
        Ok(picture) => fs::write(folder.join("screen.png"), picture)?,
        Err(error) => fs::write(folder.join("screen.txt"), error.to_string())?,
    }
    fs::write(folder.join("page.html"), or_error(visit.html()))?;
    let console = visit.console().map(|lines| lines.join("\n"));
    fs::write(folder.join("console.txt"), or_error(console))?;
    fs::write(folder.join("requests.txt"), or_error(requests(visit)))?;
    if visit.look_at_phone_now()? {
        fs::write(folder.join("phone.html"), or_error(visit.html()))?;
    }
    Ok(())
}

fn requests(visit: &Visit<'_>) -> Result<String, Failure> {
    let mut lines = vec!["What has reached the backend:".to_owned()];
    lines.extend(visit.requests()?.iter().map(line));
    lines.push("\nWhat the page has loaded:".to_owned());
    lines.extend(visit.loaded()?);
    Ok(lines.join("\n"))
}

fn line(call: &Value) -> String {
    let text = |name: &str| call[name].as_str().unwrap_or_default().to_owned();
    let status = match call["status"].as_u64() {
        Some(status) => status.to_string(),
        None => "no answer".to_owned(),
    };
    let fault = match &call["fault"] {
        Value::Null => String::new(),
        fault => format!(" with {fault}"),
    };
    format!("{} {} → {status}{fault}", text("method"), text("path"))
}
