//! What the first screen costs to load.

use std::{fs, io::Write as _};

use crate::{dist, shell::Failure};

/// What the critical path may cost, in bytes: 110 KB.
const BUDGET: usize = 110_000;

/// Prints the critical path of the wallet: the files that have to be there before
/// the first card is, each as brotli 11 makes it.
pub(crate) fn print() -> Result<(), Failure> {
    let dist = dist::build()?;
    let mut total = 0;
    let mut later = None;
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
        if path.to_string_lossy().ends_with("_later.wasm") {
            later = Some((content.len(), compressed));
            continue;
        }
        total += compressed;
        println!(
            "  {kind:<13} {:>9} → {:>7} bytes",
            content.len(),
            compressed
        );
    }
    println!("  {:<13} {:>9}   {total:>7} bytes of {BUDGET}", "total", "");
    if let Some((size, compressed)) = later {
        println!("Loaded once the wallet is there:");
        println!("  WebAssembly   {size:>9} → {compressed:>7} bytes");
    }
    if total > BUDGET {
        return Err(Failure(format!(
            "over the budget by {} bytes",
            total - BUDGET
        )));
    }
    Ok(())
}

fn compressed(content: &[u8]) -> Result<usize, Failure> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    writer.write_all(content)?;
    Ok(writer.into_inner().len())
}
