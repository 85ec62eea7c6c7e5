//! An I2C bus with one device of 256 registers at every address.

use core::convert::Infallible;

use embedded_hal::i2c::{ErrorType, I2c, Operation};

use crate::executor::once_pending;
use crate::trace::Trace;

/// A handle to the bus; each of them remembers which register is read next.
pub struct Bus<'a> {
    trace: &'a Trace,
    /// What a register holds.
    registers: fn(u8) -> u8,
    next: u8,
}

impl<'a> Bus<'a> {
    pub fn new(trace: &'a Trace, registers: fn(u8) -> u8) -> Self {
        Self { trace, registers, next: 0 }
    }

    fn transfer(&mut self, address: u8, operations: &mut [Operation<'_>]) {
        for operation in operations {
            match operation {
                Operation::Write(bytes) => {
                    self.trace.add(address << 1, bytes);
                    self.next = bytes.first().copied().unwrap_or(self.next);
                }
                Operation::Read(bytes) => {
                    for byte in bytes.iter_mut() {
                        *byte = (self.registers)(self.next);
                        self.next = self.next.wrapping_add(1);
                    }
                    self.trace.add(address << 1 | 1, bytes);
                }
            }
        }
    }
}

impl ErrorType for Bus<'_> {
    type Error = Infallible;
}

impl I2c for Bus<'_> {
    fn transaction(
        &mut self,
        address: u8,
        operations: &mut [Operation<'_>],
    ) -> Result<(), Infallible> {
        self.transfer(address, operations);
        Ok(())
    }
}

impl embedded_hal_async::i2c::I2c for Bus<'_> {
    async fn transaction(
        &mut self,
        address: u8,
        operations: &mut [Operation<'_>],
    ) -> Result<(), Infallible> {
        once_pending().await;
        self.transfer(address, operations);
        Ok(())
    }
}

/// Delays that only count.
pub struct Delay<'a>(pub &'a Trace);

impl embedded_hal::delay::DelayNs for Delay<'_> {
    fn delay_ns(&mut self, ns: u32) {
        self.0.add(b'd', &ns.to_le_bytes());
    }
}

impl embedded_hal_async::delay::DelayNs for Delay<'_> {
    async fn delay_ns(&mut self, ns: u32) {
        once_pending().await;
        self.0.add(b'd', &ns.to_le_bytes());
    }
}
