//! The host: the same programs as plain processes, for profilers and quick tests.

pub use std::println;

/// Writes text as it is.
pub fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Ends the program.
pub fn exit(code: i32) -> ! {
    std::process::exit(code)
}
