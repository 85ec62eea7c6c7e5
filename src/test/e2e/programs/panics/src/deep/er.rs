//! A file with a short name.

/// Panics here.
pub fn here(value: u32) {
    u8::try_from(value + 300).unwrap();
}
