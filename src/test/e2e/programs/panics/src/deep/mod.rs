//! A file beside another, and one under it.

pub mod er;

/// Panics here.
pub fn other(value: u32) {
    if value < 3 {
        panic!("{value} in {}", module_path!());
    }
}
