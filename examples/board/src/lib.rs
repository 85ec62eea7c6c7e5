//! What the examples need of a board, so that each of them is about its own subject: an entry
//! point, text that a person sees, an exit code, panics, and time.
//!
//! The board follows from the target:
//!
//! | target | board under QEMU | time |
//! |---|---|---|
//! | `thumbv6m-none-eabi` | `microbit` (Cortex-M0, 256 KB flash, 16 KB RAM) | SysTick |
//! | `thumbv7m-none-eabi` | `lm3s6965evb` (Cortex-M3, 256 KB, 64 KB) | SysTick |
//! | `thumbv7em-none-eabi(hf)` | `mps2-an386` (Cortex-M4, 4 MB, 4 MB) | SysTick |
//! | `thumbv8m.main-none-eabi(hf)` | `mps2-an505` (Cortex-M33, 4 MB, 2 MB) | SysTick |
//! | `riscv32imac`, `riscv64imac` and `riscv64gc-unknown-none-elf` | `virt` | `mtime` |
//! | the host | the process itself | that of `std` |
#![cfg_attr(target_os = "none", no_std)]

#[cfg(all(feature = "time", target_arch = "arm", target_os = "none"))]
mod systick;

#[cfg(all(feature = "time", any(target_arch = "riscv32", target_arch = "riscv64")))]
mod mtime;

#[cfg(target_os = "none")]
mod metal;
#[cfg(target_os = "none")]
pub use metal::*;

#[cfg(not(target_os = "none"))]
mod host;
#[cfg(not(target_os = "none"))]
pub use host::*;

/// Starts the clock that embassy-time reads. Call it once, first.
#[cfg(all(feature = "time", target_arch = "arm", target_os = "none"))]
pub use systick::start as start_clock;

/// Starts the clock that embassy-time reads. Call it once, first.
#[cfg(all(feature = "time", any(target_arch = "riscv32", target_arch = "riscv64")))]
pub use mtime::start as start_clock;
