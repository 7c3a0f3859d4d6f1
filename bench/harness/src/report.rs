//! The figures as tables.

use crate::measure::{Figures, Values};

/// Prints each figure with its median and its spread, a contestant each.
pub(crate) fn print(figures: &Figures) {
    for (figure, contestants) in &figures.0 {
        println!("\n{figure}");
        for (who, values) in contestants {
            let sorted = sorted(values);
            println!(
                "  {who:<16} {:>10}   {} to {}{}",
                short(quantile(&sorted, 0.5)),
                short(quantile(&sorted, 0.0)),
                short(quantile(&sorted, 1.0)),
                if sorted.len() >= 9 && figure.contains("cards") {
                    format!(", p95 {}", short(quantile(&sorted, 0.95)))
                } else {
                    String::new()
                },
            );
        }
    }
}

fn sorted(values: &Values) -> Values {
    let mut values = values.clone();
    values.sort_by(f64::total_cmp);
    values
}

/// The value below which such a share of `sorted` lies.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let index = (last as f64 * share).ceil() as usize;
    sorted.get(index).copied().unwrap_or(f64::NAN)
}

/// A figure as it is read: whole, unless it is a small one.
fn short(value: f64) -> String {
    if value.abs() < 10.0 && value.fract() != 0.0 {
        format!("{value:.3}")
    } else {
        format!("{value:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::{quantile, short, sorted};

    #[test]
    fn a_median_and_a_95th_percentile() {
        let values: Vec<f64> = (1..=20).rev().map(f64::from).collect();
        let sorted = sorted(&values);
        assert_eq!(short(quantile(&sorted, 0.5)), "11");
        assert_eq!(short(quantile(&sorted, 0.95)), "20");
        assert_eq!(short(quantile(&sorted, 0.0)), "1");
        assert_eq!(short(0.0), "0");
        assert_eq!(short(0.0312), "0.031");
    }
}
