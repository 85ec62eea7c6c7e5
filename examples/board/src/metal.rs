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
    #[cfg(all(feature = "stack-mark", target_arch = "arm"))]
    println!("stack used: {} bytes", stack_used());
    semihosting::process::exit(code)
}

/// Bytes of the stack from its start down to the deepest word that is not as it was painted.
#[cfg(all(feature = "stack-mark", target_arch = "arm"))]
fn stack_used() -> usize {
    unsafe extern "C" {
        static _stack_start: u32;
        static _stack_end: u32;
    }
    let start = &raw const _stack_start as usize;
    let mut at = &raw const _stack_end as usize;
    // SAFETY: all from the stack's end to its start is RAM that nothing else uses.
    while at < start
        && unsafe { (at as *const u32).read_volatile() } == cortex_m_rt::STACK_PAINT_VALUE
    {
        at += 4;
    }
    start - at
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    #[cfg(feature = "panic-message")]
    println!("{info}");
    #[cfg(not(feature = "panic-message"))]
    let _ = info;
    exit(101)
}
