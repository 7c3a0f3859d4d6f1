//! The WebAssembly features that a shipped module may use.

use std::path::Path;

use walkdir::WalkDir;
use wasmparser::{Validator, WasmFeatures};

use crate::shell::Failure;

/// Version 1 of WebAssembly and what both Chromium 89 and iOS 15 have beyond it.
/// Reference types came with Chromium 96, SIMD with Chromium 91 and iOS 16.4. Both
/// engines have multi-value; it is off because `dist.rs` turns it off, so that a
/// module that has it was built without those flags.
const ALLOWED: WasmFeatures = WasmFeatures::WASM1
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::BULK_MEMORY);

/// Fails when a module in `dist` uses another feature than the allowed ones, or
/// when there is no module to look at.
pub(crate) fn check_modules(dist: &Path) -> Result<(), Failure> {
    let files = WalkDir::new(dist).into_iter().flatten();
    let modules: Vec<_> = files
        .map(walkdir::DirEntry::into_path)
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "wasm")
        })
        .collect();
    for folder in [dist, &dist.join("preview")] {
        if !modules.iter().any(|path| path.parent() == Some(folder)) {
            return Err(Failure(format!(
                "{} holds no WebAssembly",
                folder.display()
            )));
        }
    }
    for path in modules {
        check(&std::fs::read(&path)?)
            .map_err(|failure| Failure(format!("{}: {failure}", path.display())))?;
    }
    Ok(())
}

fn check(module: &[u8]) -> Result<(), Failure> {
    Validator::new_with_features(ALLOWED)
        .validate_all(module)
        .map(|_| ())
        .map_err(|error| Failure(format!("not for Chromium 89 and iOS 15: {error}")))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        BlockType, CodeSection, Function, FunctionSection, Instruction, MemorySection, MemoryType,
        Module, TypeSection, ValType,
    };

    use super::check;

    /// A module with one memory and one function.
    fn module(
        parameters: &[ValType],
        results: &[ValType],
        instructions: &[Instruction<'_>],
    ) -> Vec<u8> {
        let mut types = TypeSection::new();
        types
            .ty()
            .function(parameters.iter().copied(), results.iter().copied());
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut function = Function::new([]);
        for instruction in instructions {
            function.instruction(instruction);
        }
        function.instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&function);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&memories)
            .section(&code);
        module.finish()
    }

    #[track_caller]
    fn refused(module: &[u8]) -> String {
        check(module)
            .expect_err("the module is refused")
            .to_string()
    }

    #[test]
    fn a_module_with_the_allowed_features_passes() {
        let sign_extension = [
            Instruction::LocalGet(0),
            Instruction::I32Extend8S,
            Instruction::Drop,
        ];
        let saturating = [
            Instruction::F32Const(0.5.into()),
            Instruction::I32TruncSatF32S,
            Instruction::Drop,
        ];
        let bulk_memory = [
            Instruction::I32Const(0),
            Instruction::I32Const(0),
            Instruction::I32Const(0),
            Instruction::MemoryFill(0),
        ];
        for instructions in [&sign_extension[..], &saturating, &bulk_memory] {
            let module = module(&[ValType::I32], &[], instructions);
            assert_eq!(
                check(&module).map_err(|failure| failure.to_string()),
                Ok(())
            );
        }
    }

    #[test]
    fn a_module_with_externref_is_refused() {
        let module = module(&[ValType::EXTERNREF], &[], &[]);
        assert!(refused(&module).contains("reference types"));
    }

    #[test]
    fn a_module_with_multi_value_is_refused() {
        let two = [Instruction::I32Const(1), Instruction::I32Const(2)];
        let function = module(&[], &[ValType::I32, ValType::I32], &two);
        assert!(refused(&function).contains("multi-value"));

        let block = [
            Instruction::LocalGet(0),
            Instruction::Block(BlockType::FunctionType(0)),
            Instruction::Drop,
            Instruction::End,
        ];
        assert!(refused(&module(&[ValType::I32], &[], &block)).contains("multi-value"));
    }

    #[test]
    fn a_module_with_simd_is_refused() {
        let vector = [Instruction::V128Const(0), Instruction::Drop];
        assert!(refused(&module(&[], &[], &vector)).contains("SIMD"));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let cut = &module(&[], &[], &[])[..20];
        assert!(refused(cut).contains("unexpected end"));
    }
}
