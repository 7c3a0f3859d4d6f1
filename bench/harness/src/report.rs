//! The figures as tables, in Markdown.

use std::fmt::Write as _;

use crate::figures::{Figure, Figures, Unit};

/// A table for each group of figures, with a column for each contestant: the median,
/// and in brackets the least and the most, or of interactions the 95th percentile.
pub(crate) fn tables(figures: &Figures) -> String {
    let mut text = String::new();
    let mut groups: Vec<&str> = Vec::new();
    for figure in &figures.0 {
        if !groups.contains(&figure.group.as_str()) {
            groups.push(&figure.group);
        }
    }
    for group in groups {
        let rows: Vec<_> = figures.0.iter().filter(|it| it.group == group).collect();
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in rows.iter().flat_map(|row| &row.values) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        // Writing to a text does not fail.
        let _ = writeln!(text, "\n| {group} | {} |", names.join(" | "));
        let _ = writeln!(text, "|---|{}", "---:|".repeat(names.len()));
        for row in rows {
            let cells: Vec<_> = names.iter().map(|name| cell(row, name)).collect();
            let _ = writeln!(text, "| {} | {} |", row.what, cells.join(" | "));
        }
    }
    text
}

fn cell(figure: &Figure, name: &str) -> String {
    let Some((_, values)) = figure.values.iter().find(|(who, _)| who == name) else {
        return "–".to_owned();
    };
    let mut sorted = values.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |share| short(quantile(&sorted, share), figure.unit);
    let median = at(0.5);
    if sorted.len() < 2 || at(0.0) == at(1.0) {
        median
    } else if figure.group.ends_with("cards") {
        format!("{median} (p95 {})", at(0.95))
    } else {
        format!("{median} ({}–{})", at(0.0), at(1.0))
    }
}

/// The value below which such a share of `sorted` lies.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let index = (last as f64 * share).ceil() as usize;
    sorted.get(index).copied().unwrap_or(f64::NAN)
}

/// A figure as it is read.
fn short(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Milliseconds | Unit::Count => format!("{value:.0}"),
        Unit::Bytes => format!("{:.1} KB", value / 1000.0),
        Unit::Score if value == 0.0 => "0".to_owned(),
        Unit::Score => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::tables;
    use crate::figures::{Figures, Unit};

    #[test]
    fn a_figure_has_its_median_and_its_spread() {
        let mut figures = Figures::default();
        for value in [30.0, 10.0, 20.0] {
            figures.add("slow", "usable", Unit::Milliseconds, "one", value);
        }
        figures.add("slow", "bytes", Unit::Bytes, "other", 12_345.0);
        for value in (1..=20).rev().map(f64::from) {
            figures.add("20 cards", "sort", Unit::Milliseconds, "one", value);
        }
        assert_eq!(
            tables(&figures),
            "\n| slow | one | other |\n|---|---:|---:|\n\
             | usable | 20 (10–30) | – |\n\
             | bytes | – | 12.3 KB |\n\
             \n| 20 cards | one |\n|---|---:|\n\
             | sort | 11 (p95 20) |\n"
        );
    }
}
