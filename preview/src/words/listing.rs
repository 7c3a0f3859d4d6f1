/// Some things in a row, the last of them joined by `last`.
pub(super) fn listed(all: impl Iterator<Item = &'static str>, between: &str, last: &str) -> String {
    let all: Vec<_> = all.collect();
    match all.split_last() {
        Some((end, before)) if !before.is_empty() => {
            format!("{}{last}{end}", before.join(between))
        }
        _ => all.concat(),
    }
}
