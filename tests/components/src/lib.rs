//! Component tests, which run in a real browser: see `tests/components.rs`.
