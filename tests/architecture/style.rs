//! Colours in a style sheet.

/// The lines that name a colour by its value.
pub(crate) fn colours(sheet: &str) -> Vec<&str> {
    sheet
        .lines()
        .filter(|line| {
            let has_hash = line.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8) && line.contains(':')
            });
            let has_function = ["rgb(", "rgba(", "hsl(", "hsla("]
                .iter()
                .any(|name| line.contains(name));
            has_hash || has_function
        })
        .collect()
}

#[test]
fn a_colour_is_found_and_an_identifier_is_none() {
    for line in [
        "  color: #fff;",
        "  border: 1px solid #10aeff;",
        "  background: rgba(0, 0, 0, 0.5);",
        "  background: linear-gradient(hsl(0 0% 0%), var(--page));",
    ] {
        assert_eq!(colours(line), [line]);
    }
    for line in ["#face {", "  color: var(--text);"] {
        assert_eq!(colours(line), [""; 0]);
    }
}
