//! A checksum over everything that a program did to its hardware.

use core::cell::Cell;

/// FNV-1a, and a count.
pub struct Trace {
    hash: Cell<u32>,
    events: Cell<u32>,
}

impl Default for Trace {
    fn default() -> Self {
        Self { hash: Cell::new(0x811c_9dc5), events: Cell::new(0) }
    }
}

impl Trace {
    /// Adds bytes that went over a bus, after a byte that says which way.
    pub fn add(&self, way: u8, bytes: &[u8]) {
        let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash = bytes.iter().fold(step(self.hash.get(), way), |hash, byte| step(hash, *byte));
        self.hash.set(hash);
        self.events.set(self.events.get().wrapping_add(1));
    }

    /// Prints count and checksum, without core's formatting: twins are small.
    pub fn print(&self) {
        print_hex(self.events.get());
        board::print(" transfers, checksum ");
        print_hex(self.hash.get());
        board::print("\n");
    }
}

#[inline(never)]
fn print_hex(value: u32) {
    for digit in (0..8).rev() {
        let digit = (value >> (4 * digit)) as usize & 15;
        board::print(&"0123456789abcdef"[digit..=digit]);
    }
}
