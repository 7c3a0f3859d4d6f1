//! The figures of a run.

use serde::Serialize;

/// In what a figure is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Milliseconds,
    Bytes,
    Count,
    /// The sum of layout shifts, as browsers count them: 0 is none.
    Score,
}

/// One figure of every contestant.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    /// Under what it was measured.
    pub(crate) group: String,
    pub(crate) what: String,
    pub(crate) unit: Unit,
    /// Each contestant and every value, in the order of the rounds.
    pub(crate) values: Vec<(String, Vec<f64>)>,
}

/// All figures, in the order in which they were first measured.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(crate) struct Figures(pub(crate) Vec<Figure>);

impl Figures {
    pub(crate) fn add(&mut self, group: &str, what: &str, unit: Unit, who: &str, value: f64) {
        let is_it = |figure: &Figure| figure.group == group && figure.what == what;
        let index = self.0.iter().position(is_it).unwrap_or_else(|| {
            self.0.push(Figure {
                group: group.to_owned(),
                what: what.to_owned(),
                unit,
                values: Vec::new(),
            });
            self.0.len() - 1
        });
        let values = &mut self.0[index].values;
        match values.iter_mut().find(|(name, _)| name == who) {
            Some((_, values)) => values.push(value),
            None => values.push((who.to_owned(), vec![value])),
        }
    }
}
