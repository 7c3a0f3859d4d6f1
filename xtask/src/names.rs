//! The names by which a module and the script beside it know each other.

use std::{
    collections::{HashMap, HashSet},
    convert::Infallible,
};

use wasm_encoder::{
    ExportSection, ImportSection, Module, RawSection,
    reencode::{Error, Reencode, RoundtripReencoder},
};
use wasmparser::{ExportSectionReader, ImportSectionReader, Parser, Payload};

use crate::shell::Failure;

/// What the names begin with that wasm-bindgen has made up. The others are agreed
/// upon with somebody else, such as the lazy modules.
const MADE_UP: [&str; 3] = ["__wbg_", "__wbindgen_", "wasm_bindgen__"];

/// Takes out of `module` the exports for which `script` never asks, so that
/// nothing is kept for them, and gives what both of them name by names that
/// wasm-bindgen has made up short ones. wasm-bindgen's are long, stand in both
/// files, and end in digits that can't be compressed.
pub(crate) fn shorten(module: &[u8], script: &str) -> Result<(Vec<u8>, String), Failure> {
    let mut shortener = Shortener::new(script);
    let mut short = Module::new();
    shortener
        .parse_core_module(&mut short, Parser::new(0), module)
        .map_err(|error| Failure(format!("the module can't be read: {error}")))?;
    let script = words(script)
        .map(|word| shortener.names.get(word).map_or(word, String::as_str))
        .collect();
    Ok((short.finish(), script))
}

/// Takes the exports with `part` in their names out of `module`, whose other
/// sections stay as they are to the byte, because relocations count them.
pub(crate) fn without_exports(module: &[u8], part: &str) -> Result<Vec<u8>, Failure> {
    copied_without(module, part)
        .map_err(|error| Failure(format!("the module can't be read: {error}")))
}

fn copied_without(module: &[u8], part: &str) -> Result<Vec<u8>, Error<Infallible>> {
    let mut copy = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::ExportSection(section) = payload {
            let mut exports = ExportSection::new();
            for export in section {
                let export = export?;
                if !export.name.contains(part) {
                    RoundtripReencoder.parse_export(&mut exports, export)?;
                }
            }
            copy.section(&exports);
        } else if let Some((id, range)) = payload.as_section() {
            copy.section(&RawSection {
                id,
                data: &module[range.start as usize..range.end as usize],
            });
        }
    }
    Ok(copy.finish())
}

struct Shortener<'a> {
    /// The short name of each made-up one that has come by so far.
    names: HashMap<&'a str, String>,
    /// Everything in the script that can be a name.
    words: HashSet<&'a str>,
}

impl<'a> Shortener<'a> {
    fn new(script: &'a str) -> Self {
        Self {
            names: HashMap::new(),
            words: words(script).collect(),
        }
    }

    /// What `name` is called from now on.
    fn short(&mut self, name: &str) -> String {
        let is_made_up = MADE_UP.iter().any(|start| name.starts_with(start));
        let Some(word) = self.words.get(name).filter(|_| is_made_up) else {
            return name.to_owned();
        };
        let next = self.names.len();
        self.names
            .entry(word)
            .or_insert_with(|| letters(next))
            .clone()
    }
}

impl Reencode for Shortener<'_> {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            let import = import?;
            let name = self.short(import.name);
            let kind = self.entity_type(import.ty)?;
            imports.import(import.module, &name, kind);
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for export in section {
            let export = export?;
            if self.words.contains(export.name) {
                let name = self.short(export.name);
                let kind = self.export_kind(export.kind)?;
                let index = self.external_index(export.kind, export.index)?;
                exports.export(&name, kind, index);
            }
        }
        Ok(())
    }
}

/// A text in its words and in what is between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "_$".contains(character);
    let mut rest = text;
    core::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest
            .find(|character| is_part(character) != is_part(first))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// A name for each number: a, b, … z, ba, bb, …
fn letters(mut number: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(b'a' + (number % 26) as u8);
        number /= 26;
        if number == 0 {
            break;
        }
    }
    name.reverse();
    String::from_utf8_lossy(&name).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use wasm_encoder::{
        CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
        ImportSection, Module, TypeSection,
    };
    use wasmparser::{Parser, Payload};

    use super::{letters, shorten, without_exports};

    /// A module that imports functions from `./app.js` and exports one under each
    /// of the names.
    fn module(imported: &[&str], exported: &[&str]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in imported {
            imports.import("./app.js", name, EntityType::Function(0));
        }
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        for name in exported {
            exports.export(name, ExportKind::Func, imported.len() as u32);
        }
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().end();
        code.function(&body);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    fn names(module: &[u8]) -> (Vec<String>, Vec<String>) {
        let (mut imported, mut exported) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload.unwrap() {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported.push(import.unwrap().name.to_owned());
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        exported.push(export.unwrap().name.to_owned());
                    }
                }
                _ => {}
            }
        }
        (imported, exported)
    }

    #[test]
    fn both_sides_know_each_other_by_the_same_short_names() {
        let module = module(
            &["__wbg_back_0123456789abcdef", "__wbg_go_0123456789abcdef"],
            &["__wbindgen_malloc", "memory"],
        );
        let script = "({__wbg_back_0123456789abcdef:()=>x,__wbg_go_0123456789abcdef:()=>y});\
                      s.__wbindgen_malloc(s.memory)";
        let (module, script) = shorten(&module, script).unwrap();
        let (imported, exported) = names(&module);
        assert_eq!(imported, ["a", "b"]);
        assert_eq!(exported, ["c", "memory"]);
        assert_eq!(script, "({a:()=>x,b:()=>y});s.c(s.memory)");
    }

    #[test]
    fn an_export_for_which_nobody_asks_is_gone() {
        let module = module(&[], &["__wbg_source_free", "source_pull", "used"]);
        let (module, _) = shorten(&module, "s.used()").unwrap();
        assert_eq!(names(&module).1, ["used"]);
    }

    #[test]
    fn exports_are_taken_out_and_nothing_else() {
        let whole = module(&["__wbg_back"], &["stream_pull", "main", "stream_free"]);
        let left = without_exports(&whole, "stream").unwrap();
        assert_eq!(left, module(&["__wbg_back"], &["main"]));
    }

    #[test]
    fn no_two_numbers_have_one_name() {
        let names: HashSet<_> = (0..2_000).map(letters).collect();
        assert_eq!(names.len(), 2_000);
    }
}
