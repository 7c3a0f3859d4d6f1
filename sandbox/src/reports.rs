//! What pages have reported, for as long as the sandbox runs.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use kabao_rules::{report::Report, timestamp::Timestamp};

/// So many kinds of reports are counted. Anybody can make kinds up, and nobody looks
/// through more.
const MOST_KINDS: usize = 100;

/// How often the same was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) times: u32,
    /// When it was last.
    pub(crate) last: Timestamp,
}

#[derive(Debug, Default)]
pub(crate) struct Reports {
    counts: Mutex<BTreeMap<Report, Count>>,
}

impl Reports {
    pub(crate) fn add(&self, report: Report, now: Timestamp) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST_KINDS && !counts.contains_key(&report) {
            return;
        }
        let count = counts.entry(report).or_insert(Count {
            times: 0,
            last: now,
        });
        count.times = count.times.saturating_add(1);
        count.last = now;
    }

    /// All of them, in the order of their numbers.
    pub(crate) fn all(&self) -> Vec<(Report, Count)> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts
            .iter()
            .map(|(report, count)| (report.clone(), *count))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(version: u32) -> Report {
        Report {
            number: 96,
            version: Some(version.to_string()),
        }
    }

    #[test]
    fn kinds_that_somebody_makes_up_take_no_more_room_than_there_is() {
        let reports = Reports::default();
        for version in 0..10_000 {
            let now = Timestamp::from_milliseconds(version.into());
            reports.add(report(version), now);
            reports.add(report(0), now);
        }
        let all = reports.all();
        assert_eq!(all.len(), MOST_KINDS);
        let last = Timestamp::from_milliseconds(9_999);
        let times = 10_001;
        assert_eq!(all[0], (report(0), Count { times, last }));
    }
}
