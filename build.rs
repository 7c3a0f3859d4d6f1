//! Keeps, for the build that is split, what splitting needs to know of the
//! linked module. See `xtask/src/link.rs`.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
