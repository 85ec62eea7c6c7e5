//! Bare metal: text and exit go through semihosting, which QEMU and debug probes answer.

#[cfg(target_arch = "arm")]
pub use cortex_m_rt::entry;
#[cfg(any(target_arch = "riscv32", target_arch = "riscv64"))]
pub use riscv_rt::entry;
pub use semihosting::println;

/// Writes text as it is: no formatting machinery comes into the program.
pub fn print(text: &str) {
    use semihosting::io::Write;
    if let Ok(mut out) = semihosting::io::stdout() {
        let _ = out.write_all(text.as_bytes());
    }
}

/// Ends the program; the code becomes QEMU's own.
pub fn exit(code: i32) -> ! {
    semihosting::process::exit(code)
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    #[cfg(feature = "panic-message")]
    println!("{info}");
    #[cfg(not(feature = "panic-message"))]
    let _ = info;
    exit(101)
}
