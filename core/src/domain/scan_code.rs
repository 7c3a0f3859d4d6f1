//! How large a code is drawn for a scanner.

use super::thousandths::Thousandths;

/// Browsers lay out in sixty-fourths of a device pixel, rounded down. So many
/// thousandths of a CSS pixel more keep a width that is not quite exact from losing
/// one of them.
const ROUNDING: u32 = 2;

/// The width of a code of `modules` modules in CSS pixels, at most `available`
/// of them, so that every module is a whole number of device pixels wide and no
/// edge is blurred. A module is never narrower than one device pixel.
#[must_use]
pub fn crisp_width(modules: usize, available: f64, pixel_ratio: f64) -> Thousandths {
    let modules = modules as f64;
    let device_pixels = (available * pixel_ratio / modules).floor().max(1.0);
    let width = device_pixels * modules / pixel_ratio * 1_000.0;
    Thousandths((width as u32).saturating_add(ROUNDING))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn css_pixels(width: Thousandths) -> f64 {
        f64::from(width.0) / 1_000.0
    }

    /// A width as a browser lays it out, in device pixels.
    fn laid_out(width: f64, ratio: f64) -> f64 {
        let exact = (width as f32) * (ratio as f32);
        f64::from((exact * 64.0).floor() / 64.0)
    }

    #[test]
    fn every_module_is_a_whole_number_of_device_pixels() {
        for eighths in 8..=32 {
            let ratio = f64::from(eighths) / 8.0;
            for modules in [29, 33, 121, 154] {
                for available in [140.0, 162.8, 300.0] {
                    let width = css_pixels(crisp_width(modules, available, ratio));
                    let module = laid_out(width, ratio) / modules as f64;
                    assert!(
                        (module - module.round()).abs() < f64::EPSILON,
                        "{modules} modules at {ratio}: {module}"
                    );
                    assert!(module <= 1.0 || width <= available + f64::from(ROUNDING) / 1_000.0);
                    let next = (module.round() + 1.0) * modules as f64 / ratio;
                    assert!(
                        next > available,
                        "{modules} modules at {ratio} could be larger"
                    );
                }
            }
        }
    }

    #[test]
    fn a_module_is_never_less_than_a_device_pixel() {
        assert!((css_pixels(crisp_width(154, 100.0, 1.0)) - 154.0).abs() < 0.01);
    }
}
