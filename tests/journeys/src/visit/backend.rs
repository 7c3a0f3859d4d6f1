//! What a journey asks and tells the backend, behind the page's back.

use serde_json::{Value, json};

use super::Visit;
use crate::{Failure, Outcome};

impl Visit<'_> {
    /// The newest code that was sent to someone.
    ///
    /// # Errors
    ///
    /// If none was.
    pub fn newest_code(&self, key: &str) -> Result<String, Failure> {
        let codes = self.codes(key)?;
        codes
            .first()
            .cloned()
            .ok_or_else(|| format!("no code was sent to {key}").into())
    }

    /// The codes that were sent to someone, the newest first.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn codes(&self, key: &str) -> Result<Vec<String>, Failure> {
        let sent = self
            .stage
            .control(&format!("sms?phone={}", self.phone_of(key)?))?;
        Ok(serde_json::from_value(sent)?)
    }

    /// Taps twice on what sends a call, and has the backend keep its reply until
    /// both taps are made: the second one comes before the first has any effect.
    ///
    /// # Errors
    ///
    /// If it can't be tapped, or more than the one call is sent.
    pub fn double_tap_that_sends(&self, name: &str, method: &str, path: &str) -> Outcome {
        let before = self.calls(method, path)?.len();
        self.break_next(method, path, &json!("hold_reply"), 1)?;
        self.double_tap(name)?;
        self.wait(&format!("{method} {path} to arrive"), || {
            Ok(self.calls(method, path)?.len() > before)
        })?;
        let under_way = self.calls(method, path)?;
        if under_way.get(before) != Some(&Value::Null) {
            return Err(format!("{method} {path} was answered before it was let go").into());
        }
        self.mend()?;
        // What the page sends in one task leaves in order, and arrives so.
        self.wait(&format!("{method} {path} to be answered"), || {
            Ok(self.calls(method, path)?.iter().all(|it| !it.is_null()))
        })?;
        match self.calls(method, path)?.len() - before {
            1 => Ok(()),
            count => Err(format!("two taps on “{name}” sent {count} calls").into()),
        }
    }

    /// The status of each call whose path ends so, in the order of their arrival;
    /// `null` for those that are not answered.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn calls(&self, method: &str, path: &str) -> Result<Vec<Value>, Failure> {
        let calls = self.requests()?;
        let is_it = |call: &&Value| {
            call["method"] == method && call["path"].as_str().is_some_and(|it| it.ends_with(path))
        };
        Ok(calls
            .iter()
            .filter(is_it)
            .map(|call| call["status"].clone())
            .collect())
    }

    /// Every call that has arrived from this world: its `method`, `path`, `status`
    /// and the `fault` that was put in its way.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn requests(&self) -> Result<Vec<Value>, Failure> {
        let calls = self
            .stage
            .control(&format!("requests?account={}", self.account()))?;
        Ok(serde_json::from_value(calls)?)
    }

    /// What the backend knows of someone.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn known_of(&self, key: &str) -> Result<Value, Failure> {
        let rows = self
            .stage
            .control(&format!("state?account={}", self.account()))?;
        let fan = rows["fans"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|fan| fan["key"] == key);
        fan.cloned()
            .ok_or_else(|| format!("the backend does not know {key}").into())
    }

    /// Carries out a set-up command in this world.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn command(&self, mut command: Value) -> Outcome {
        command["world"] = json!(self.account());
        self.stage.tell("commands", &command)?;
        Ok(())
    }

    /// Has something go wrong with the next `times` calls whose path ends so.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn break_next(&self, method: &str, path: &str, fault: &Value, times: u32) -> Outcome {
        let rule = json!({
            "account": self.account(), "method": method, "path": path, "fault": fault,
            "times": times,
        });
        self.stage.tell("faults", &rule)?;
        Ok(())
    }

    /// Nothing goes wrong any more.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn mend(&self) -> Outcome {
        self.stage.mend(self.account())
    }

    /// Puts the backend's clock of this world ahead.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn put_clock_ahead(&self, seconds: i64) -> Outcome {
        let clock = json!({ "account": self.account(), "offset_seconds": seconds });
        self.stage.tell("clock", &clock)?;
        Ok(())
    }
}
