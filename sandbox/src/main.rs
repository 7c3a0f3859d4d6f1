//! A stand-in for the existing backend: server, store and fake WeChat around the rules.

fn main() {}
