//! What the twins share: buses without hardware, whose every byte goes into a checksum, and the
//! smallest executor.
//!
//! Each twin is one program in two binaries, `NAME-async` and `NAME-blocking`. Both drive the same
//! mock hardware; equal checksums say that both did the same. On the async face each transfer is
//! pending once, as it would be with an interrupt behind it.
#![cfg_attr(target_os = "none", no_std)]

pub mod data_logger;
pub mod executor;
pub mod i2c;
pub mod line_protocol;
pub mod radio;
pub mod request_handler;
pub mod sensor_display;
pub mod serial;
pub mod spi;
pub mod trace;

/// The mock hardware has one interrupt, which nobody enables. A real chip's table would be up to
/// 960 bytes that have nothing to do with either face.
#[cfg(all(target_arch = "arm", target_os = "none"))]
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
pub static __INTERRUPTS: [usize; 1] = [0];

/// Makes a program of a function that takes the [`trace::Trace`] and may say what went wrong.
#[macro_export]
macro_rules! main {
    ($run:expr) => {
        #[cfg(target_os = "none")]
        #[board::entry]
        fn main() -> ! {
            $crate::finish($run)
        }

        #[cfg(not(target_os = "none"))]
        fn main() {
            $crate::finish($run)
        }
    };
}

/// Runs a twin, prints its trace, and exits.
pub fn finish(run: fn(&trace::Trace) -> Result<(), &'static str>) -> ! {
    let trace = trace::Trace::default();
    match run(&trace) {
        Ok(()) => {
            trace.print();
            board::exit(0)
        }
        Err(what) => {
            board::print(what);
            board::exit(1)
        }
    }
}
