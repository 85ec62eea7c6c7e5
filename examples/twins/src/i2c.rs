//! An I2C bus with one device, and delays.

use core::convert::Infallible;

use embedded_hal::i2c::{ErrorType, I2c, Operation};

use crate::executor::once_pending;
use crate::trace::Trace;

/// What sits at the other end of the bus.
pub trait Device {
    fn write(&mut self, bytes: &[u8]);
    fn read(&mut self, bytes: &mut [u8]);
}

/// A device that is written to only.
pub struct Sink;

impl Device for Sink {
    fn write(&mut self, _: &[u8]) {}
    fn read(&mut self, _: &mut [u8]) {}
}

/// The bus as a driver has it.
pub struct Bus<'a, D> {
    trace: &'a Trace,
    device: D,
}

impl<'a, D: Device> Bus<'a, D> {
    pub fn new(trace: &'a Trace, device: D) -> Self {
        Self { trace, device }
    }

    fn transfer(&mut self, address: u8, operations: &mut [Operation<'_>]) {
        for operation in operations {
            match operation {
                Operation::Write(bytes) => {
                    self.trace.add(address << 1, bytes);
                    self.device.write(bytes);
                }
                Operation::Read(bytes) => {
                    self.device.read(bytes);
                    self.trace.add(address << 1 | 1, bytes);
                }
            }
        }
    }
}

impl<D> ErrorType for Bus<'_, D> {
    type Error = Infallible;
}

impl<D: Device> I2c for Bus<'_, D> {
    fn transaction(
        &mut self,
        address: u8,
        operations: &mut [Operation<'_>],
    ) -> Result<(), Infallible> {
        self.transfer(address, operations);
        Ok(())
    }
}

impl<D: Device> embedded_hal_async::i2c::I2c for Bus<'_, D> {
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
