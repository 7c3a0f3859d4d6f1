//! What the first screen costs to load.

use std::fs;

use crate::{compress, dist, shell::Failure, succession};

/// What the critical path may cost, in bytes. `ARCHITECTURE.md` has the breakdown.
const BUDGET: usize = 135_000;

/// Prints the critical path of the wallet, which is the entry page and the code
/// that it names, and then every lazy module; each as brotli 11 makes it.
pub(crate) fn print() -> Result<(), Failure> {
    let dist = dist::build()?;
    let page = fs::read_to_string(dist.join("index.html"))?;
    // The page names them for whoever wants the code, and the wallet does not load
    // them.
    let code = page
        .lines()
        .find(|line| line.starts_with("<meta name=\"kabao:code\""))
        .unwrap_or_default();
    let (mut critical, mut lazy) = (Vec::new(), Vec::new());
    for name in succession::files(&dist)? {
        // The page once more, under the name with its digest; and a page of its own.
        if name.starts_with("index-") || name.contains('/') {
            continue;
        }
        let is_code = [".html", ".js", ".wasm"]
            .iter()
            .any(|ending| name.ends_with(ending));
        if !is_code {
            continue;
        }
        let is_critical = name == "index.html" || (page.contains(&name) && !code.contains(&name));
        let list = if is_critical {
            &mut critical
        } else {
            &mut lazy
        };
        let file = dist.join(&name);
        let plain = usize::try_from(fs::metadata(&file)?.len()).unwrap_or(usize::MAX);
        list.push((name, plain, compress::sent(&file)?));
    }
    println!("Critical path of the wallet, brotli 11:");
    let total = print_all(&critical);
    println!("  of the budget of {BUDGET} bytes");
    println!("Lazy, brotli 11:");
    print_all(&lazy);
    if total > BUDGET {
        return Err(Failure(format!(
            "over the budget by {} bytes",
            total - BUDGET
        )));
    }
    Ok(())
}

/// Prints files with their sizes, and returns the sum of what they are compressed.
fn print_all(files: &[(String, usize, usize)]) -> usize {
    for (name, plain, compressed) in files {
        println!("  {name:<40} {plain:>9} → {compressed:>7} bytes");
    }
    let total = files.iter().map(|(_, _, compressed)| compressed).sum();
    println!("  {:<40} {:>9}   {total:>7} bytes", "total", "");
    total
}
