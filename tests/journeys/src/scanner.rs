//! A scanner as a shop has it: it sees a picture and reads the codes in it. It
//! is a decoder of its own and shares nothing with what draws the codes.

use rxing::{BarcodeFormat, helpers::detect_multiple_in_luma};

use crate::{Failure, picture::Picture};

/// What a scanner reads in a picture.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scanned {
    /// What the QR codes say.
    pub qr_codes: Vec<String>,
    /// What the Code 128 bar codes say.
    pub bar_codes: Vec<String>,
}

/// Reads the codes in a picture.
///
/// # Errors
///
/// If it is no PNG.
pub fn scan(png: &[u8]) -> Result<Scanned, Failure> {
    let Picture {
        luma,
        width,
        height,
    } = Picture::read(png)?;
    let mut scanned = Scanned::default();
    // Where there is nothing to read, the decoder calls it an error.
    for found in detect_multiple_in_luma(luma, width, height).unwrap_or_default() {
        let text = found.getText().to_owned();
        match found.getBarcodeFormat() {
            BarcodeFormat::QR_CODE => scanned.qr_codes.push(text),
            BarcodeFormat::CODE_128 => scanned.bar_codes.push(text),
            _ => {}
        }
    }
    Ok(scanned)
}
