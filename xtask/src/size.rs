//! What the first screen costs to load.

use std::fs;

use crate::{compress, dist, shell::Failure};

/// What the critical path may cost, in bytes. `ARCHITECTURE.md` has the breakdown.
const BUDGET: usize = 135_000;

/// Prints the critical path of the wallet, which is the entry page and the code
/// that it names, and then every lazy module; each as brotli 11 makes it.
pub(crate) fn print() -> Result<(), Failure> {
    let dist = dist::build()?;
    let page = fs::read_to_string(dist.join("index.html"))?;
    let mut files: Vec<_> = fs::read_dir(&dist)?.flatten().collect();
    files.sort_by_key(fs::DirEntry::file_name);
    // The page names them for whoever wants the code, and the wallet does not load
    // them.
    let code = page
        .lines()
        .find(|line| line.starts_with("<meta name=\"kabao:code\""))
        .unwrap_or_default();
    let (mut critical, mut lazy) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        // The page once more, under the name with its digest.
        if name.starts_with("index-") {
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
        let plain = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
        list.push((name, plain, compress::sent(&file.path())?));
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
