//! What the first screen costs to load.

use std::{fs, io::Write as _};

use crate::{dist, shell::Failure};

/// What the critical path is meant to cost, in bytes: 110 KB.
const BUDGET: usize = 110_000;
/// What it may cost until it is within the budget, in bytes. It follows the size
/// down, and is never raised.
const CEILING: usize = 132_500;

/// Prints the critical path of the wallet: the files that have to be there before
/// the first card is, each as brotli 11 makes it.
pub(crate) fn print() -> Result<(), Failure> {
    let dist = dist::build()?;
    let mut total = 0;
    println!("Critical path of the wallet, brotli 11:");
    for entry in fs::read_dir(&dist)?.flatten() {
        let path = entry.path();
        let kind = match path.extension().and_then(|extension| extension.to_str()) {
            Some("html") => "HTML and CSS",
            Some("js") => "JavaScript",
            Some("wasm") => "WebAssembly",
            _ => continue,
        };
        let content = fs::read(&path)?;
        let compressed = compressed(&content)?;
        total += compressed;
        println!(
            "  {kind:<13} {:>9} → {:>7} bytes",
            content.len(),
            compressed
        );
    }
    println!("  {:<13} {:>9}   {total:>7} bytes of {BUDGET}", "total", "");
    if total > BUDGET {
        println!("  over the budget by {} bytes", total - BUDGET);
    }
    if total > CEILING {
        return Err(Failure(format!(
            "over the present ceiling of {CEILING} bytes by {}",
            total - CEILING
        )));
    }
    Ok(())
}

fn compressed(content: &[u8]) -> Result<usize, Failure> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    writer.write_all(content)?;
    Ok(writer.into_inner().len())
}
