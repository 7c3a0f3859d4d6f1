//! The files of `dist/` as servers send them: compressed once, by the build.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use walkdir::WalkDir;

use crate::shell::{self, Failure};

/// Writes `.br` and `.gz` beside each file in `folder` that becomes at least a tenth
/// smaller either way. Pictures don't, and stay alone; and where there was one without the
/// other, nginx would not tell caches that there are several forms.
pub(crate) fn beside_all(folder: &Path) -> Result<(), Failure> {
    let files: Vec<_> = WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .collect();
    shell::side_by_side(&files, |file| {
        let content = fs::read(file.path())?;
        let forms = [("br", brotli(&content)?), ("gz", gzip(&content)?)];
        let is_worth_it = |small: &[u8]| small.len() * 10 <= content.len() * 9;
        if forms.iter().all(|(_, small)| is_worth_it(small)) {
            for (ending, small) in forms {
                fs::write(beside(file.path(), ending), small)?;
            }
        }
        Ok(())
    })
}

/// How many bytes of a file are sent to a browser that takes brotli.
pub(crate) fn sent(file: &Path) -> Result<usize, Failure> {
    let small = beside(file, "br");
    let file = if small.is_file() { &small } else { file };
    Ok(usize::try_from(fs::metadata(file)?.len()).unwrap_or(usize::MAX))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// In blocks of 64 KB: a module's functions are in order of name, and what is usual
/// among those of one library is not among those of the next.
fn brotli(content: &[u8]) -> Result<Vec<u8>, Failure> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        lgblock: 16,
        ..BrotliEncoderParams::default()
    };
    let mut writer = brotli::CompressorWriter::with_params(Vec::new(), 4096, &parameters);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

fn gzip(content: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        io::{Read as _, Write as _},
    };

    use flate2::read::GzDecoder;

    use super::{beside_all, brotli, sent};

    #[test]
    fn what_is_beside_a_file_is_that_file() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("preview");
        fs::create_dir(&inner).unwrap();
        let text = "member cards ".repeat(100);
        let file = inner.join("index.html");
        fs::write(&file, &text).unwrap();
        beside_all(folder.path()).unwrap();

        let mut plain = Vec::new();
        let small = fs::read(inner.join("index.html.br")).unwrap();
        brotli::DecompressorWriter::new(&mut plain, 4096)
            .write_all(&small)
            .unwrap();
        assert_eq!(plain, text.as_bytes());
        assert_eq!(sent(&file).unwrap(), small.len());

        let mut plain = String::new();
        let small = fs::read(inner.join("index.html.gz")).unwrap();
        GzDecoder::new(small.as_slice())
            .read_to_string(&mut plain)
            .unwrap();
        assert_eq!(plain, text);
    }

    #[test]
    fn what_is_small_already_stays_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("icon.png");
        let small = brotli("member cards ".repeat(100).as_bytes()).unwrap();
        fs::write(&file, &small).unwrap();
        beside_all(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(sent(&file).unwrap(), small.len());
    }

    #[test]
    fn what_one_of_the_two_makes_no_smaller_stays_alone() {
        let folder = tempfile::tempdir().unwrap();
        let text = b"member cards, member cards";
        assert!(brotli(text).unwrap().len() * 10 <= text.len() * 9);
        fs::write(folder.path().join("chunk.wasm"), text).unwrap();
        beside_all(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
