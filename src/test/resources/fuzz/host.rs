//! The host: a plain process. With a number as its argument it prints one program's trace.

pub fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(text.as_bytes());
}

pub fn main(programs: &[fn()]) {
    let only = std::env::args().nth(1).and_then(|a| a.parse().ok());
    #[cfg(panic = "unwind")]
    std::panic::set_hook(std::boxed::Box::new(|info| {
        use crate::rt::{PLACE, hash, log};
        // Pollard may give the panics of a future polled after its end one place for all.
        let resumed = info.payload().downcast_ref::<&str>().is_some_and(|t| t.starts_with("`async"));
        if let Some(place) = info.location().filter(|_| !resumed) {
            log(PLACE, hash(place.file().rsplit('/').next().unwrap_or("").as_bytes()));
            log(PLACE, place.line() << 8 | place.column() & 0xff);
        }
    }));
    crate::rt::run_all(programs, only);
}
